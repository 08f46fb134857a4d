// Settings that draw again as they change, with the real worker, by mouse and keys.
#include "view/live.h"

#include <gtest/gtest.h>

#include "item_finder.h"
#include "stage.h"
#include "view/trees.h"

namespace stepwise::app {
namespace {

class LiveWindow : public testing::Test {
 protected:
  LiveWindow() {
    ImGui::GetIO().DisplaySize = {1280, 1400};  // All settings are on screen.
    stage.sample();
    stage.frame();
    stage.frame();
    stage.ui.draws_live = true;
    stage.frame();
  }
  void frames(int count = 3) {
    for (int i = 0; i < count; ++i) stage.frame();
  }
  void choose(double guidance) {
    stage.ui.sample.guidance = guidance;
    frames();
  }
  // By so many moves of the mouse; drawn after each.
  void drag_strength(int moves) {
    const ImVec2 slider = find_item(stage, "##Strength");
    ASSERT_GT(slider.x, 0);
    stage.gui.move(slider, stage.draw());
    stage.gui.button(0, true, stage.draw());
    for (int i = 1; i <= moves; ++i) {
      stage.gui.move({slider.x + 4 * float(i), slider.y}, stage.draw());
      frames(2);
    }
    stage.gui.button(0, false, stage.draw());
    frames();
  }
  using Ids = std::vector<BranchId>;
  Ids there() {
    Ids ids;
    for (const Branch& branch : stage.view.branches)
      if (is_there(stage.view, stage.ui, branch.start.id)) ids.push_back(branch.start.id);
    return ids;
  }
  const Branch& branch(BranchId id) { return *find_branch(stage.view, id); }

  Stage stage;
  Commands out;
};

TEST_F(LiveWindow, AChangedSettingIsSeenAtOnceAtTheSamePlace) {
  go_to(stage.view, stage.ui, 0, 3, 1);
  choose(4);
  EXPECT_EQ(there(), (Ids{0, 1}));
  EXPECT_EQ(stage.ui.playhead.branch, 1);
  EXPECT_EQ(stage.ui.playhead.step, 3);
  EXPECT_EQ(stage.ui.playhead.picture, 1);
  EXPECT_EQ(branch(1).start.settings.guidance, 4);
  EXPECT_EQ(branch(1).start.settings.seed, branch(0).start.settings.seed);
  EXPECT_EQ(stage.canvas().shown.plus, lookup(stage.view, 1, 3, 1).guess);
}

TEST_F(LiveWindow, ATreeThatCameSoMakesPlaceForTheNextAndUndoGoesBackOneByOne) {
  choose(4);
  choose(6);
  EXPECT_EQ(there(), (Ids{0, 2}));
  EXPECT_EQ(stage.count_asked<CloseTree>(), 0);
  stage.key('Z', true);
  frames();
  EXPECT_EQ(there(), (Ids{0, 1}));
  EXPECT_EQ(stage.ui.playhead.branch, 1);
  EXPECT_EQ(stage.ui.sample.guidance, 4);
  stage.key('Z', true);
  frames();
  EXPECT_EQ(there(), (Ids{0}));
  EXPECT_EQ(stage.ui.playhead.branch, 0);
  stage.key('Y', true);
  stage.key('Y', true);
  frames();
  EXPECT_EQ(there(), (Ids{0, 2}));
  EXPECT_EQ(stage.ui.playhead.branch, 2);
  EXPECT_EQ(stage.count_asked<Sample>(), 2);  // All that was there already is not drawn again.
}

TEST_F(LiveWindow, ADragIsOneChangeAndLeavesOneTree) {
  drag_strength(5);
  const int drawn = stage.count_asked<Sample>();
  EXPECT_GE(drawn, 5);
  EXPECT_EQ(stage.count_asked<CloseTree>(), drawn - 1);
  EXPECT_EQ(there().size(), 2u);
  EXPECT_EQ(branch(there().back()).start.settings, stage.ui.sample);
  EXPECT_EQ(stage.ui.history.undoable()->what, "change of guidance");
  stage.key('Z', true);
  frames();
  EXPECT_EQ(stage.ui.sample.guidance, 1);
  EXPECT_EQ(there(), (Ids{0}));
  EXPECT_EQ(stage.count_asked<Sample>(), drawn);
}

TEST_F(LiveWindow, WhatWasThereBeforeTheDragIsTheOneBefore) {
  drag_strength(3);
  ASSERT_TRUE(place_before(stage.view, stage.ui));
  EXPECT_EQ(place_before(stage.view, stage.ui)->branch, 0);
  EXPECT_EQ(words_before(stage.view, stage.ui), "guidance 1");
}

TEST_F(LiveWindow, WhatWasStarredForkedOrPaintedOnStays) {
  choose(2);
  stage.ui.starred.insert(1);
  choose(3);
  EXPECT_EQ(there(), (Ids{0, 1, 2}));

  stage.ui.noise = NoiseSource::kFresh;
  go_to(stage.view, stage.ui, 4);
  resample(stage.view, stage.ui, out);
  stage.ask(out.back());
  stage.ui.noise = NoiseSource::kImplied;
  frames();
  EXPECT_EQ(there(), (Ids{0, 1, 2, 3}));
  choose(4);
  EXPECT_EQ(there(), (Ids{0, 1, 2, 3, 4}));

  go_to(stage.view, stage.ui, 4);
  stage.stroke(5.5f, 6.5f, 12.5f, 6.5f);
  ASSERT_TRUE(painting_here(stage.view, stage.ui));
  go_to(stage.view, stage.ui, 2);
  choose(5);
  EXPECT_EQ(there(), (Ids{0, 1, 2, 3, 4, 5}));
  choose(6);
  EXPECT_EQ(there(), (Ids{0, 1, 2, 3, 4, 6}));  // Nobody touched the fifth.
}

TEST_F(LiveWindow, WhatWasNamedStays) {
  choose(2);
  rename_branch(stage.view, stage.ui, 1, "The best one");
  choose(3);
  choose(4);
  EXPECT_EQ(there(), (Ids{0, 1, 3}));
}

TEST_F(LiveWindow, WhatIsPaintedIsNotLeftForWhatSettingsDraw) {
  stage.stroke(5.5f, 6.5f, 12.5f, 6.5f);
  choose(4);
  EXPECT_EQ(stage.count_asked<Sample>(), 0);
  EXPECT_EQ(stage.ui.playhead.branch, 0);
  EXPECT_EQ(stage.view.preview->job, stage.ui.preview_asked);  // It shows what they make of it.
  stage.key(ImGuiKey_Escape);
  frames();
  EXPECT_EQ(stage.count_asked<Sample>(), 0);
}

TEST_F(LiveWindow, TheSettingsOfATreeThatIsThereLeadBackToIt) {
  choose(4);
  choose(1);
  EXPECT_EQ(stage.ui.playhead.branch, 0);
  EXPECT_EQ(there(), (Ids{0}));
  EXPECT_EQ(stage.count_asked<Sample>(), 1);
}

TEST_F(LiveWindow, ThePlayheadComesBackToItsLevelFromCoarserSteps) {
  go_to(stage.view, stage.ui, 5);
  const auto sigma = [&] {
    const Playhead& at = stage.ui.playhead;
    return branch(at.branch).start.sigmas[std::size_t(at.step)];
  };
  const double before = sigma();
  stage.ui.sample.steps = 2;
  frames();
  EXPECT_NE(sigma(), before);
  stage.ui.sample.steps = 8;
  stage.ui.sample.guidance = 2;
  frames();
  EXPECT_EQ(sigma(), before);
  EXPECT_EQ(stage.ui.playhead.step, 5);
}

TEST_F(LiveWindow, AFinishedPictureStaysFinished) {
  go_to(stage.view, stage.ui, 8);
  stage.ui.sample.steps = 3;
  frames();
  EXPECT_EQ(stage.ui.playhead.step, 3);
}

TEST_F(LiveWindow, TheCanvasShowsWhatWasBeforeWhileCIsHeldOrTheMouseIsOverIt) {
  choose(4);
  const int step = stage.ui.playhead.step;
  EXPECT_EQ(stage.canvas().shown.plus, lookup(stage.view, 1, step, 0).guess);
  stage.gui.hold('C', true);
  frames(2);
  EXPECT_EQ(stage.canvas().shown.plus, lookup(stage.view, 0, step, 0).guess);
  stage.gui.hold('C', false);
  frames(2);
  EXPECT_EQ(stage.canvas().shown.plus, lookup(stage.view, 1, step, 0).guess);

  const Picture ended = lookup(stage.view, 0, 8, 0).guess;
  ImVec2 over{0, 0};
  for (const auto& call : stage.gui.pictures.calls)
    if (call.shown.plus == ended && call.max.x < 960) over = {call.min.x + 4, call.min.y + 4};
  ASSERT_GT(over.x, 0);
  stage.gui.move(over, stage.draw());
  frames(2);
  EXPECT_EQ(stage.canvas().shown.plus, lookup(stage.view, 0, step, 0).guess);
  stage.gui.move({5, 5}, stage.draw());
  frames(2);
  EXPECT_EQ(stage.canvas().shown.plus, lookup(stage.view, 1, step, 0).guess);
}

TEST_F(LiveWindow, ThereIsNothingFromBeforeWhereNothingWasDrawnAgain) {
  EXPECT_FALSE(place_before(stage.view, stage.ui));
  choose(4);
  ASSERT_TRUE(place_before(stage.view, stage.ui));
  go_to(stage.view, stage.ui, 0, 4, 0);
  EXPECT_FALSE(place_before(stage.view, stage.ui));
}

TEST_F(LiveWindow, TheCanvasIsNeverWithoutAPicture) {
  for (const Quantity quantity : {Quantity::kNoisy, Quantity::kNoise, Quantity::kGuess}) {
    stage.ui.quantity = quantity;
    frames();
    const BranchId before = stage.ui.playhead.branch;
    stage.ui.sample.guidance += 1;
    for (int i = 0; i < 5; ++i) {
      stage.frame();
      EXPECT_GT(stage.canvas().max.x - stage.canvas().min.x, 300) << i;
      EXPECT_TRUE(stage.canvas().shown.plus) << i;
    }
    EXPECT_NE(stage.ui.playhead.branch, before);
  }
}

TEST_F(LiveWindow, TheRowTurnsItOnAndOff) {
  const ImVec2 box = find_item(stage, "##Live");
  ASSERT_GT(box.x, 0);
  stage.gui.click(box, stage.draw());
  EXPECT_FALSE(stage.ui.draws_live);
  choose(4);
  EXPECT_EQ(stage.count_asked<Sample>(), 0);
}

}  // namespace
}  // namespace stepwise::app
