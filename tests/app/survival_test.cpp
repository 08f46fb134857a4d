#include "view/survival.h"

#include <gtest/gtest.h>

#include <cmath>

#include "view/follow.h"

namespace stepwise::app {
namespace {

// Two levels and two sizes, in no order.
const std::vector<Survival> kTable{{4, 2, 0}, {1, 8, 0.75}, {1, 2, 0.5}, {4, 8, 0.25}};

TEST(SurvivalAt, IsWhatWasMeasuredWhereItWas) {
  for (const Survival& row : kTable)
    EXPECT_DOUBLE_EQ(*survival_at(kTable, row.sigma, row.size), row.share);
}

TEST(SurvivalAt, GoesStraightAlongTheLogarithmsOfBoth) {
  EXPECT_DOUBLE_EQ(*survival_at(kTable, 2, 2), 0.25);
  EXPECT_DOUBLE_EQ(*survival_at(kTable, 1, 4), 0.625);
  EXPECT_DOUBLE_EQ(*survival_at(kTable, 2, 4), 0.375);
  EXPECT_DOUBLE_EQ(*survival_at(kTable, 2 * std::sqrt(2.), 2), 0.125);
}

TEST(SurvivalAt, StaysBeyondItsEndsAsItIsThere) {
  EXPECT_DOUBLE_EQ(*survival_at(kTable, 100, 2), 0);
  EXPECT_DOUBLE_EQ(*survival_at(kTable, 0.01, 2), 0.5);
  EXPECT_DOUBLE_EQ(*survival_at(kTable, 0, 2), 0.5);
  EXPECT_DOUBLE_EQ(*survival_at(kTable, 1, 1), 0.5);
  EXPECT_DOUBLE_EQ(*survival_at(kTable, 1, 32), 0.75);
  EXPECT_DOUBLE_EQ(*survival_at(std::span(kTable).first(1), 0.1, 30), 0);
}

TEST(SurvivalAt, IsNothingWithoutATable) { EXPECT_FALSE(survival_at({}, 1, 2)); }

TEST(SurvivalInWords, SaysWhatIsLeftOrThatNothingWillBe) {
  EXPECT_EQ(words_for_survival(0.604), "About 60 % of a stroke this size will be left");
  EXPECT_EQ(words_for_survival(0.05), "About 5 % of a stroke this size will be left");
  EXPECT_EQ(words_for_survival(0.049), "A stroke of this size will vanish from here");
  EXPECT_EQ(words_for_survival(0.604, true), "About 60 % will be left");
  EXPECT_EQ(words_for_survival(0.049, true), "Vanishes from here");
}

class SurvivalHere : public testing::Test {
 protected:
  SurvivalHere() {
    ModelOpened model;
    model.id = 7;
    model.survival = kTable;
    apply({kNoJob, model}, view);
    desk.model = 7;
    desk.brush.size = 2;
    begin({8, 4, 2, 1, 0});
  }

  // A finished branch of one picture.
  void begin(std::vector<double> sigmas) {
    BranchStarted start;
    start.model = 7;
    start.pictures = {0};
    start.conditions = {{0}};
    start.sigmas = std::move(sigmas);
    view.branches.clear();
    desk.follow = {};
    apply({kNoJob, start}, view);
    for (int k = 0; k < int(start.sigmas.size()); ++k)
      apply({kNoJob, FrameReady{0, k, {1, 1, 1, 1, {0}}}}, view);
    follow(view, desk, 0);
  }

  View view;
  Desk desk;
};

TEST_F(SurvivalHere, IsOfTheBrushAtThePlayhead) {
  go_to(view, desk, 2);
  EXPECT_DOUBLE_EQ(*survival_here(view, desk), 0.25);
  desk.brush.size = 4;
  EXPECT_DOUBLE_EQ(*survival_here(view, desk), 0.375);
  go_to(view, desk, 3);
  EXPECT_DOUBLE_EQ(*survival_here(view, desk), 0.625);
}

TEST_F(SurvivalHere, IsNothingWhereNoBrushWouldPaintOnAGuess) {
  go_to(view, desk, 2);
  for (const Tool tool : {Tool::kLock, Tool::kEraser, Tool::kHand}) {
    desk.tool = tool;
    EXPECT_FALSE(survival_here(view, desk));
  }
  desk.tool = Tool::kPaint;
  for (const Quantity quantity : {Quantity::kNoisy, Quantity::kNoise, Quantity::kChange}) {
    desk.quantity = quantity;
    EXPECT_FALSE(survival_here(view, desk));
  }
  desk.quantity = Quantity::kAll;
  EXPECT_TRUE(survival_here(view, desk));
  go_to(view, desk, 4);  // The finished picture.
  EXPECT_FALSE(survival_here(view, desk));
}

TEST_F(SurvivalHere, IsOfTheModelInUseAlone) {
  go_to(view, desk, 2);
  ModelOpened other;
  other.id = 8;
  apply({kNoJob, other}, view);
  desk.model = 8;
  EXPECT_FALSE(survival_here(view, desk));
  desk.model = kNoModel;
  EXPECT_FALSE(survival_here(view, desk));
}

TEST_F(SurvivalHere, TheFirstPicturesRestWhereHalfOfAStrokeIsLeft) {
  EXPECT_EQ(desk.playhead.step, 3);  // Half of one of 2 pixels is left at sigma = 1,
  desk.brush.size = 8;
  begin({8, 4, 2, 1, 0});
  EXPECT_EQ(desk.playhead.step, 2);  //   and of one of 8 at sigma = 2.
}

TEST_F(SurvivalHere, WhereItNeverIsTheyRestWhereTheMostIsLeft) {
  view.models.back().survival = {{2, 2, 0.25}, {4, 2, 0.125}};
  begin({8, 4, 2, 1, 0});
  EXPECT_EQ(desk.playhead.step, 2);
}

}  // namespace
}  // namespace stepwise::app
