// The training pictures in the lab: pages, and corrections by one key.
#include <gtest/gtest.h>

#include "headless_imgui.h"
#include "panels/lab.h"
#include "panels/lab_parts.h"

namespace stepwise::app {
namespace {

constexpr JobId kData = 7;  // What opened the data set.

class LabTraining : public testing::Test {
 protected:
  LabTraining() : gui({400, 2000}) {
    open_data(kData);
    ui.open = true;
  }

  void open_data(JobId job) {
    DataOpened data;
    data.class_names = {"Bag", "Coat", "Shirt"};
    data.train = 60;
    apply({job, data}, view);
  }
  void frame() {
    gui.frame([&] { lab_training(view, ui, gui.pictures, out); });
  }
  void press(const char* label) {
    gui.press(label, [&] { lab_training(view, ui, gui.pictures, out); });
  }
  void key(Key which) {
    gui.key(which, [&] { lab_training(view, ui, gui.pictures, out); });
  }

  // The command of that kind that was posted since the last call, which is on its way now.
  template <class C>
  std::optional<C> posted() {
    std::optional<C> found;
    for (const Request& request : out)
      if (const auto* command = std::get_if<C>(&request.command)) {
        EXPECT_FALSE(found) << "more than one";
        found = *command;
        begin_job(request, view);
      }
    out.clear();
    return found;
  }

  // Answers what was asked last: pictures 100, 101, ... of which each third is a Coat.
  void answer(int total = 60) {
    DataBrowsed page{ui.asked, total, {}, {}, {}, {ui.asked.count, 2, 2, 1, {}}};
    for (int k = 0; k < ui.asked.count; ++k) {
      page.indices.push_back(100 + ui.asked.first + k);
      page.labels.push_back(k % 3);
    }
    page.pictures.pixels.assign(std::size_t(ui.asked.count) * 4, 99);
    apply({ui.job, page}, view);
    apply({ui.job, Finished{}}, view);
  }
  // The first page is there, and its k-th picture in hand.
  void take(int k) {
    frame();
    posted<BrowseData>();
    answer();
    frame();
    const ImVec2 at = gui.pictures.calls[std::size_t(k)].min;
    gui.click({at.x + 5, at.y + 5}, [&] { lab_training(view, ui, gui.pictures, out); });
    ASSERT_EQ(ui.chosen, 100 + k);
    EXPECT_TRUE(out.empty());
  }
  void corrected(std::vector<Correction> pictures) {
    apply({kNoJob, DataCorrected{{.pictures = std::move(pictures)}}}, view);
  }

  HeadlessImGui gui;
  View view;
  BrowseUi ui;
  Commands out;
};

TEST_F(LabTraining, AsksForAPageAndForTheNextOne) {
  frame();
  EXPECT_EQ(posted<BrowseData>(), BrowseData{});
  frame();
  EXPECT_TRUE(out.empty());  // It is on its way.
  answer();
  frame();
  EXPECT_EQ(gui.pictures.calls.size(), 25u);
  EXPECT_TRUE(out.empty());
  press("Next page");
  EXPECT_EQ(posted<BrowseData>(), BrowseData{.first = 25});
  answer();
  press("Page before");
  EXPECT_EQ(posted<BrowseData>(), BrowseData{});
}

TEST_F(LabTraining, FoldedItAsksForNothing) {
  ui.open = false;
  frame();
  EXPECT_TRUE(out.empty());
}

TEST_F(LabTraining, ADigitSetsTheClassOfThePictureInHand) {
  take(2);
  key(Key('1'));
  const auto correct = posted<Correct>();
  ASSERT_TRUE(correct);
  EXPECT_EQ(correct->data, kData);
  EXPECT_EQ(correct->changes, (std::vector<Correction>{{.index = 102, .label = 1}}));
  key(Key('3'));  // There is no such class.
  EXPECT_TRUE(out.empty());
}

TEST_F(LabTraining, XLeavesThePictureOutAndTakesItBack) {
  take(4);
  key(Key('X'));
  auto correct = posted<Correct>();
  ASSERT_TRUE(correct);
  EXPECT_EQ(correct->changes, (std::vector<Correction>{{.index = 104, .left_out = true}}));
  corrected({{.index = 104, .label = 2, .left_out = true}});
  key(Key(ImGuiKey_Delete));
  correct = posted<Correct>();
  ASSERT_TRUE(correct);
  EXPECT_EQ(correct->changes, (std::vector<Correction>{{.index = 104, .label = 2}}));
}

TEST_F(LabTraining, APressGoesOnFromTheOneBeforeAlsoWhileThatIsOnItsWay) {
  take(2);
  key(Key('1'));
  EXPECT_TRUE(posted<Correct>());
  key(Key('X'));
  const auto correct = posted<Correct>();
  ASSERT_TRUE(correct);
  EXPECT_EQ(correct->changes,
            (std::vector<Correction>{{.index = 102, .label = 1, .left_out = true}}));
  corrected({});  // The worker refused both.
  frame();
  EXPECT_TRUE(view.data->corrections.pictures.empty());
}

TEST_F(LabTraining, WithoutAPictureInHandKeysCorrectNothing) {
  take(4);
  ui.chosen = -1;
  key(Key('1'));
  key(Key('X'));
  EXPECT_TRUE(out.empty());
}

TEST_F(LabTraining, ShowsThoseNearestToThePictureInHand) {
  take(3);
  press("Nearest");
  EXPECT_EQ(posted<BrowseData>(), BrowseData{.nearest_to = 103});
}

TEST_F(LabTraining, TakesAllBackAtOnce) {
  corrected({{.index = 3, .label = 2}, {.index = 8, .left_out = true}});
  frame();
  posted<BrowseData>();
  answer();
  press("Take all back");
  const auto correct = posted<Correct>();
  ASSERT_TRUE(correct);
  EXPECT_EQ(correct->changes, (std::vector<Correction>{{.index = 3}, {.index = 8}}));
}

TEST_F(LabTraining, WhatWasCorrectedIsAskedForAgainWhenThereIsMoreOfIt) {
  frame();
  posted<BrowseData>();
  answer();
  ui.wish = {.corrected = true};
  frame();
  EXPECT_EQ(posted<BrowseData>(), BrowseData{.corrected = true});
  answer(0);
  frame();
  EXPECT_TRUE(out.empty());
  corrected({{.index = 3, .label = 2}});
  frame();
  EXPECT_EQ(posted<BrowseData>(), BrowseData{.corrected = true});
}

TEST_F(LabTraining, AnotherDataSetIsLookedThroughFromItsBeginning) {
  take(3);
  press("Next page");
  posted<BrowseData>();
  answer();
  open_data(kData + 1);
  frame();
  EXPECT_EQ(ui.chosen, -1);
  EXPECT_EQ(posted<BrowseData>(), BrowseData{});
}

}  // namespace
}  // namespace stepwise::app
