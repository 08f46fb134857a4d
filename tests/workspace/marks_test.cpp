// Tools that say where the picture goes back, and where it shows another class, with the mouse in
// the whole window.
#include "view/marks.h"

#include <gtest/gtest.h>

#include "painting/level_map.h"
#include "press_in.h"
#include "workspace_fixture.h"

namespace stepwise::app {
namespace {

class Marks : public Workspace {
 protected:
  void go_to_step(int step) {
    go_to(stage.view, stage.ui, 0, step, 0);
    stage.frame();
  }
  const Branch& newest() const { return stage.view.branches.back(); }
  Picture end_of(BranchId branch) { return lookup(stage.view, branch, 8, 0).guess; }

  // The upper half, with the tool of that key.
  void mark_upper_half(char tool) {
    stage.key(tool);
    stage.key('M');
    stage.stroke(0, 0, 28, 14);
  }
};

TEST_F(Marks, AFinishedPictureIsPaintedOnOnlyToGoBack) {
  go_to_step(8);
  stage.key('P');
  stage.stroke(5, 6, 12, 6);
  EXPECT_FALSE(painting_here(stage.view, stage.ui));
  stage.key('T');
  stage.stroke(5, 6, 12, 6);
  ASSERT_TRUE(painting_here(stage.view, stage.ui));
  EXPECT_TRUE(rewinds(painting_here(stage.view, stage.ui)->layers));
}

TEST_F(Marks, RewindBeginsAtItsLevelAndKeepsTheRestOfTheFinishedPicture) {
  go_to_step(8);
  stage.ui.rewind = stage.view.branches.front().start.sigmas[3];
  mark_upper_half('T');
  const Image levels = levels_here(stage.view, stage.ui);
  EXPECT_NEAR(levels.at(3, 3), stage.ui.rewind, 1e-3 * stage.ui.rewind);
  EXPECT_EQ(levels.at(20, 3), 0);
  stage.key('R');
  ASSERT_EQ(stage.view.branches.size(), 2u);
  EXPECT_EQ(newest().start.fork, 3);
  EXPECT_FALSE(painting_here(stage.view, stage.ui));
  EXPECT_TRUE(stage.ui.history.now().paintings.empty());  // The branch has it now.
  const Picture before = end_of(0), after = end_of(newest().start.id);
  for (int y = 14; y < kClosedFormSide; ++y)
    for (int x = 0; x < kClosedFormSide; ++x) EXPECT_EQ(after.at(y, x), before.at(y, x));
}

TEST_F(Marks, WhatABranchStillHoldsIsSeenAsLocked) {
  go_to_step(8);
  stage.ui.rewind = stage.view.branches.front().start.sigmas[2];
  mark_upper_half('T');
  stage.key('R');
  go_to(stage.view, stage.ui, newest().start.id, 4, 0);
  const Image held = held_here(stage.view, stage.ui);
  EXPECT_EQ(held.at(3, 3), 0);
  EXPECT_EQ(held.at(20, 3), 1);
}

TEST_F(Marks, EachRewindHasNoiseOfItsOwn) {
  go_to_step(8);
  mark_upper_half('T');
  stage.key('R');
  const BranchId first = newest().start.id;
  go_to_step(8);
  mark_upper_half('T');
  stage.key('R');
  EXPECT_NE(std::get<Resample>(newest().start.begun).fork.edit.noise_seed,
            std::get<Resample>(stage.view.branches[1].start.begun).fork.edit.noise_seed);
  EXPECT_NE(newest().start.id, first);
}

TEST_F(Marks, UndoOfARewindLeadsBackToTheFinishedPicture) {
  go_to_step(8);
  mark_upper_half('T');
  stage.key('R');
  ASSERT_EQ(stage.ui.playhead.branch, newest().start.id);
  stage.key('Z', true);
  EXPECT_EQ(stage.ui.playhead.branch, 0);
  EXPECT_EQ(stage.ui.playhead.step, 8);
  EXPECT_TRUE(painting_here(stage.view, stage.ui));
}

TEST_F(Marks, TheClassToolAsksForAnotherClassWhereItCovers) {
  go_to_step(2);
  stage.ui.region = 8;
  mark_upper_half('N');
  const auto regions = regions_here(stage.view, stage.ui);
  ASSERT_EQ(regions.size(), 1u);
  EXPECT_EQ(regions[0].label, 8);
  EXPECT_EQ(regions[0].name, "Bag");
  EXPECT_EQ(regions[0].share.at(3, 3), 1);
  EXPECT_EQ(regions[0].share.at(20, 3), 0);
  stage.key('R');
  ASSERT_EQ(stage.view.branches.size(), 2u);
  EXPECT_EQ(newest().start.fork, 2);
  EXPECT_NE(image_of(end_of(newest().start.id)), image_of(end_of(0)));
  EXPECT_EQ(regions_here(stage.view, stage.ui).size(), 1u);  // The branch goes on with it.
}

TEST_F(Marks, TheClassIsChosenInTheSettingsOfTheTool) {
  go_to_step(2);
  stage.key('N');
  press_in(stage.gui, "left", "##region", stage.draw());
  stage.gui.press("Dress", stage.draw(), "##Combo");
  EXPECT_EQ(stage.ui.region, 3);
}

}  // namespace
}  // namespace stepwise::app
