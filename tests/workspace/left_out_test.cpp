// Steps that are left out, at a real session.
#include "view/left_out.h"

#include <gtest/gtest.h>

#include <cmath>

#include "view/compare.h"
#include "view/sweep.h"
#include "workspace_fixture.h"

namespace stepwise::app {
namespace {

class LeftOut : public Workspace {
 protected:
  const Branch& newest() const { return stage.view.branches.back(); }
  Picture end_of(const Branch& branch, int picture) const {
    return lookup(stage.view, branch.start.id, branch.steps(), picture).guess;
  }
};

TEST_F(LeftOut, AKeyDrawsTheTreeAgainWithoutTheStepOfThePlayhead) {
  go_to(stage.view, stage.ui, 0, 3, 1);
  stage.key(Key('J'));
  stage.frame();
  const Branch& left = newest();
  EXPECT_EQ(left.start.settings.left_out, std::vector{3});
  EXPECT_EQ(left.start.conditions, find_branch(stage.view, 0)->start.conditions);
  EXPECT_EQ(left.steps(), 7);
  EXPECT_EQ(stage.ui.playhead.branch, left.start.id);
  EXPECT_TRUE(stage.ui.sample.left_out.empty());  // The next tree has all steps again.
  // What it was is what it is held against.
  const auto other = other_here(stage.view, stage.ui);
  ASSERT_TRUE(other);
  EXPECT_EQ(other->kind, Other::Kind::kChosen);
  EXPECT_EQ(other->place.branch, 0);
}

TEST_F(LeftOut, OneAfterTheOtherAreAllLeftOut) {
  go_to(stage.view, stage.ui, 0, 3, 0);
  stage.key(Key('J'));
  stage.frame();
  go_to(stage.view, stage.ui, newest().start.id, 3, 0);
  stage.key(Key('J'));
  stage.frame();
  EXPECT_EQ(newest().start.settings.left_out, (std::vector{3, 4}));
}

TEST_F(LeftOut, TheFirstLevelAndTheLastTwoStay) {
  for (const int step : {0, 7, 8}) {
    EXPECT_FALSE(obstacle_to_leaving_out(stage.view, stage.ui, step).empty()) << step;
    go_to(stage.view, stage.ui, 0, step, 0);
    stage.key(Key('J'));
  }
  EXPECT_EQ(stage.count_asked<Sample>(), 0);
  EXPECT_TRUE(obstacle_to_leaving_out(stage.view, stage.ui, 6).empty());
}

TEST_F(LeftOut, WhatIsMissedIsHowFarTheFinishedPicturesAreApart) {
  EXPECT_TRUE(std::isnan(missed_without(stage.view, stage.ui).at(3)));
  leave_out_step(stage.view, stage.ui, 3, stage.asked);
  stage.ask(stage.asked.back());
  stage.frame();
  go_to(stage.view, stage.ui, 0, 8, 0);
  const std::vector<double> missed = missed_without(stage.view, stage.ui);
  ASSERT_EQ(missed.size(), 9u);
  for (int step = 0; step <= 8; ++step)
    EXPECT_EQ(std::isnan(missed[std::size_t(step)]), step != 3) << step;
  const Branch& all = *find_branch(stage.view, 0);
  EXPECT_EQ(missed[3], rms_apart(end_of(all, 0), end_of(newest(), 0)));
}

TEST_F(LeftOut, SideBySideEachStepIsLeftOutInTurn) {
  go_to_picture(stage.view, stage.ui, 1);
  Commands out;
  begin_sweep(stage.view, stage.ui, SweepKind::kSteps, out);
  ASSERT_EQ(out.size(), 7u);  // All steps, and without each of 1 to 6.
  for (Request& request : out) stage.ask(std::move(request));
  stage.frame();
  go_to(stage.view, stage.ui, 0, 8, 1);
  const std::vector<double> missed = missed_without(stage.view, stage.ui);
  for (int step = 1; step <= 6; ++step) EXPECT_FALSE(std::isnan(missed[std::size_t(step)])) << step;
  go_to(stage.view, stage.ui, 0, 8, 2);  // Another picture was not drawn without them.
  for (const double each : missed_without(stage.view, stage.ui)) EXPECT_TRUE(std::isnan(each));
}

TEST_F(LeftOut, ARightPressOnABarOffersIt) {
  stage.ui.quantity = Quantity::kChange;
  stage.frame();
  // The row of bars lies below the head and the ruler; the cell of step 3 of 8 is in the middle of
  // its left half.
  const ImVec2 bar{150 + (1260 - 150) * 3.5f / 9, 648 + 28 + 28};
  stage.gui.move(bar, stage.draw());
  stage.gui.button(1, true, stage.draw());
  stage.gui.button(1, false, stage.draw());
  EXPECT_EQ(stage.ui.playhead.step, 3);
  EXPECT_GT(ImGui::GetCurrentContext()->OpenPopupStack.Size, 0);
}

}  // namespace
}  // namespace stepwise::app
