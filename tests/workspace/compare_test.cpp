// The picture under the playhead, held against that of the branch it was forked from.
#include "view/compare.h"

#include <gtest/gtest.h>

#include "view/quantities.h"
#include "view/trees.h"
#include "workspace_fixture.h"

namespace stepwise::app {
namespace {

TEST(ShareApart, IsTheMeanDifferenceOfTheRange) {
  const Picture black = picture_of(Image(40, 40, 1, -1.f)), grey = picture_of(Image(40, 40, 1));
  EXPECT_EQ(share_apart(black, black), 0);
  EXPECT_EQ(share_apart(black, grey), 0.5);
  EXPECT_EQ(share_apart(grey, black), 0.5);
  EXPECT_TRUE(std::isnan(share_apart(black, {})));
  EXPECT_TRUE(std::isnan(share_apart(black, picture_of(Image(8, 8, 1)))));
}

class Compared : public Workspace {
 protected:
  Compared() {
    fork(1);
    go_to(stage.view, stage.ui, 1, 6, 0);
    for (int i = 0; i < 3; ++i) stage.frame();  // Until both steps have come in full.
  }
  Picture guess_of(BranchId branch, int step = 6) const {
    return lookup(stage.view, branch, step, 0).guess;
  }
};

TEST_F(Compared, ABranchIsHeldAgainstTheOneItWasForkedFrom) {
  const auto other = other_here(stage.view, stage.ui);
  ASSERT_TRUE(other);
  EXPECT_EQ(other->place, (Place{0, 6, 0}));
  EXPECT_EQ(other->words, "Sample");
  EXPECT_EQ(other->kind, Other::Kind::kParent);
  go_to(stage.view, stage.ui, 1, 3, 0);  // Before the fork they are the same.
  EXPECT_FALSE(other_here(stage.view, stage.ui));
  go_to(stage.view, stage.ui, 0, 6, 0);
  EXPECT_FALSE(other_here(stage.view, stage.ui));
}

TEST_F(Compared, TheCurveGoesFromTheForkToTheEnd) {
  const Apart apart = apart_from(stage.view, stage.ui, *other_here(stage.view, stage.ui));
  EXPECT_EQ(apart.steps, (std::vector<double>{4, 5, 6, 7, 8}));
  ASSERT_EQ(apart.shares.size(), 5u);
  EXPECT_FLOAT_EQ(apart.shares[2], float(share_apart(guess_of(1), guess_of(0))));
  EXPECT_GT(apart.shares.back(), 0);
}

TEST_F(Compared, WhileCIsHeldTheParentIsOnTheCanvas) {
  EXPECT_EQ(stage.canvas().shown.plus, guess_of(1));
  stage.gui.hold('C', true);
  stage.frame();
  stage.frame();
  EXPECT_EQ(stage.canvas().shown.plus, guess_of(0));
  stage.gui.hold('C', false);
  stage.frame();
  stage.frame();
  EXPECT_EQ(stage.canvas().shown.plus, guess_of(1));
}

TEST_F(Compared, WithShiftBothAreOnTheCanvasAtTheSamePlace) {
  stage.gui.hold('C', true, false, true);
  stage.frame();
  stage.frame();
  const Rect area{stage.canvas().min, stage.canvas().max};
  std::vector<Picture> there;
  for (const auto& call : stage.gui.pictures.calls)
    if (call.min.x == area.min.x && call.max.x == area.max.x) there.push_back(call.shown.plus);
  EXPECT_EQ(there, (std::vector<Picture>{guess_of(1), guess_of(0)}));
}

TEST_F(Compared, APictureThatWasChosenIsTheOtherOfAllOthers) {
  go_to(stage.view, stage.ui, 0, 3, 1);
  stage.key(Key('X'));
  stage.frame();
  EXPECT_FALSE(other_here(stage.view, stage.ui));  // Not of itself.
  go_to(stage.view, stage.ui, 0, 6, 0);
  const auto other = other_here(stage.view, stage.ui);
  ASSERT_TRUE(other);
  EXPECT_EQ(other->kind, Other::Kind::kChosen);
  EXPECT_EQ(other->place, (Place{0, 6, 1}));
  EXPECT_EQ(other->words, "Sample, picture 2");
  const Apart apart = apart_from(stage.view, stage.ui, *other);
  ASSERT_EQ(apart.shares.size(), 9u);
  EXPECT_FLOAT_EQ(apart.shares[6],
                  float(share_apart(guess_of(0), lookup(stage.view, 0, 6, 1).guess)));
  go_to(stage.view, stage.ui, 1, 6, 0);
  EXPECT_EQ(other_here(stage.view, stage.ui)->place, (Place{0, 6, 1}));  // Before the parent.
  go_to(stage.view, stage.ui, 0, 3, 1);
  stage.key(Key('X'));
  stage.frame();
  go_to(stage.view, stage.ui, 0, 6, 0);
  EXPECT_FALSE(other_here(stage.view, stage.ui));
}

TEST_F(Compared, ABranchThatWasDeletedIsNotComparedWith) {
  choose_other(stage.ui);
  go_to(stage.view, stage.ui, 0, 6, 0);
  ASSERT_TRUE(other_here(stage.view, stage.ui));
  Commands out;
  delete_branch(stage.view, stage.ui, 1, out);
  EXPECT_FALSE(other_here(stage.view, stage.ui));
}

TEST(ChosenOther, IsNothingBeforeThereIsABranch) {
  const Desk desk;
  EXPECT_FALSE(is_chosen_other(desk, desk.playhead));
}

TEST(DriftBetween, IsTheMeanOfWhereLayersCoverAndOfTheRest) {
  Image brighter(4, 4, 1);
  for (int x = 0; x < 4; ++x) brighter.at(0, x) = 0.5f, brighter.at(3, x) = -0.25f;
  const Picture here = picture_of(brighter), there = picture_of(Image(4, 4, 1));
  Layer upper{Polygon{{{0, 0}, {4, 0}, {4, 2}, {0, 2}}}, Lock{}};
  const Drift drift = drift_between(here, there, {upper});
  EXPECT_DOUBLE_EQ(drift.inside, 0.125);
  EXPECT_DOUBLE_EQ(drift.outside, -0.0625);
  upper.hidden = true;
  EXPECT_TRUE(std::isnan(drift_between(here, there, {upper}).inside));
  EXPECT_DOUBLE_EQ(drift_between(here, there, {upper}).outside, 0.03125);
  EXPECT_TRUE(std::isnan(drift_between(here, there, {{Everywhere{}, Lock{}}}).outside));
  for (const Picture& other : {Picture(), picture_of(Image(5, 4, 1)), picture_of(Image(4, 4, 3))}) {
    EXPECT_TRUE(std::isnan(drift_between(here, other, {upper}).outside));
    EXPECT_TRUE(std::isnan(drift_between(other, here, {upper}).outside));
  }
}

TEST_F(Compared, HowFarTheyAreApartIsShownAsADifference) {
  int differences = 0;
  for (const auto& call : stage.gui.pictures.calls)
    differences +=
        call.shown.plus == guess_of(1) && call.shown.minus == guess_of(0) && call.shown.diverging;
  EXPECT_EQ(differences, 1);
}

}  // namespace
}  // namespace stepwise::app
