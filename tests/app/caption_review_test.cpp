#include <gtest/gtest.h>

#include <optional>

#include "panel_fixture.h"
#include "panels/runs_parts.h"

namespace stepwise::app {
namespace {

class CaptionPanel : public PanelTest {
 protected:
  CaptionPanel() : PanelTest({400, 2000}) {
    ModelOpened model;
    model.id = 3;
    model.class_names = {"Bag", "Coat"};
    apply({kNoJob, model}, view);
    ui.model = 3;
  }

  void draw() { caption_review(view, ui, gui.pictures, out); }
  void press(const char* label) {
    gui.press(label, [&] { draw(); });
  }
  void answer(JobId job, int doubts, JobId data = kNoJob) {
    CaptionsReviewed e{"net", {}, {doubts, 2, 2, 1, {}}};
    e.review.count = 200;
    e.data = data;
    e.review.disputed = doubts;
    e.review.effects = {{0.5, 0.01}, {2, 0.4}};
    for (int i = 0; i < doubts; ++i) e.review.doubts.push_back({i, 0, 1, 0.5, false});
    e.pictures.pixels.assign(std::size_t(doubts) * 4, 99);
    apply({job, e}, view);
    apply({job, Finished{}}, view);
  }

  // Presses the first picture; what is asked for then.
  std::optional<Correct> correct_first() {
    out.clear();
    gui.frame([&] { draw(); });
    const ImVec2 at = gui.pictures.calls[0].min;
    gui.click({at.x + 5, at.y + 5}, [&] { draw(); });
    if (out.empty()) return std::nullopt;
    return std::get<Correct>(out[0].command);
  }
};

TEST_F(CaptionPanel, AsksTheModelInUse) {
  press("Ask it");
  ASSERT_EQ(out.size(), 1u);
  EXPECT_EQ(std::get<ReviewCaptions>(out[0].command).model, 3u);
  begin_job(out[0], view);
  press("Stop asking");
  ASSERT_EQ(out.size(), 2u);
  EXPECT_EQ(std::get<Cancel>(out[1].command).job, out[0].id);
}

TEST_F(CaptionPanel, AModelWithoutClassesIsNotAsked) {
  view.models[0].class_names.clear();
  press("Ask it");
  EXPECT_TRUE(out.empty());
}

TEST_F(CaptionPanel, ShowsEachPictureThatItDoubts) {
  answer(7, 12);
  gui.frame([&] { draw(); });
  ASSERT_EQ(gui.pictures.calls.size(), 12u);
  EXPECT_EQ(gui.pictures.calls[5].min.y, gui.pictures.calls[9].min.y);  // Five in a row.
  answer(8, 0);
  gui.frame([&] { draw(); });
  EXPECT_TRUE(gui.pictures.calls.empty());
}

TEST_F(CaptionPanel, APressTakesWhatTheModelBelievesAndASecondOneTakesThatBack) {
  DataOpened data;
  data.class_names = {"Bag", "Coat"};
  apply({9, data}, view);
  answer(7, 3, 9);
  const auto taken = correct_first();
  ASSERT_TRUE(taken);
  EXPECT_EQ(taken->data, 9u);
  EXPECT_EQ(taken->changes, (std::vector<Correction>{{.index = 0, .label = 1}}));
  apply({10, DataCorrected{{.pictures = taken->changes}}}, view);
  const auto back = correct_first();
  ASSERT_TRUE(back);
  EXPECT_EQ(back->changes, (std::vector<Correction>{{.index = 0, .label = 0}}));
}

TEST_F(CaptionPanel, WhatIsLeftOutStaysLeftOut) {
  DataOpened data;
  data.class_names = {"Bag", "Coat"};
  data.corrections.pictures = {{.index = 0, .left_out = true}};
  apply({9, data}, view);
  answer(7, 3, 9);
  const auto taken = correct_first();
  ASSERT_TRUE(taken);
  EXPECT_EQ(taken->changes, (std::vector<Correction>{{.index = 0, .label = 1, .left_out = true}}));
}

TEST_F(CaptionPanel, PicturesOfADataSetThatIsNotOpenAreNotCorrected) {
  apply({9, DataOpened{}}, view);
  answer(7, 3);
  EXPECT_FALSE(correct_first());
  answer(8, 3, 6);  // That one was open then.
  EXPECT_FALSE(correct_first());
}

}  // namespace
}  // namespace stepwise::app
