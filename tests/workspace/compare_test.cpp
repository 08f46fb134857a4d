// The picture under the playhead, held against that of the branch it was forked from.
#include "view/compare.h"

#include <gtest/gtest.h>

#include "view/quantities.h"
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
  EXPECT_FALSE(other->before);
  go_to(stage.view, stage.ui, 1, 3, 0);  // Before the fork they are the same.
  EXPECT_FALSE(other_here(stage.view, stage.ui));
  go_to(stage.view, stage.ui, 0, 6, 0);
  EXPECT_FALSE(other_here(stage.view, stage.ui));
}

TEST_F(Compared, TheCurveGoesFromTheForkToTheEnd) {
  const Apart apart = apart_from(stage.view, stage.ui, 0);
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

TEST_F(Compared, HowFarTheyAreApartIsShownAsADifference) {
  int differences = 0;
  for (const auto& call : stage.gui.pictures.calls)
    differences +=
        call.shown.plus == guess_of(1) && call.shown.minus == guess_of(0) && call.shown.diverging;
  EXPECT_EQ(differences, 1);
}

}  // namespace
}  // namespace stepwise::app
