#include "view/added.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "view/quantities.h"

namespace stepwise::app {
namespace {

BranchStarted started(BranchId id, BranchId parent, int fork) {
  BranchStarted start;
  start.id = id;
  start.parent = parent;
  start.fork = fork;
  start.pictures = {0};
  start.conditions = {{}};
  start.sigmas = {8, 4, 2, 0};
  return start;
}

// One picture of two pixels, whose guesses are known to the bit.
void guessed(View& view, BranchId id, int step, float left, float right) {
  const ImageBatch guess{1, 1, 2, 1, {left, right}};
  apply({kNoJob, FrameReady{id, step, to_bytes(guess)}}, view);
  apply({kNoJob, FrameFetched{id, step, guess, guess}}, view);
}

View finished() {
  View view;
  apply({kNoJob, started(0, -1, 0)}, view);
  guessed(view, 0, 0, -0.5f, -0.5f);
  guessed(view, 0, 1, -0.25f, -0.5f);
  guessed(view, 0, 2, 0.5f, -0.75f);
  guessed(view, 0, 3, 0.5f, -0.875f);
  return view;
}

TEST(Added, WhatTheStepsAddSumsToTheFinishedPicture) {
  const View view = finished();
  for (const int x : {0, 1}) {
    float sum = 0;
    for (int step = 0; step <= 3; ++step)
      sum += shown_quantity(view, 0, step, 0, Quantity::kChange).value(0, x);
    EXPECT_EQ(sum, lookup(view, 0, 3, 0).guess.at(0, x));
  }
}

TEST(Added, EachStepHasTheRootMeanSquareOfItsChangeAndTheFirstThatOfItsGuess) {
  const Added added = added_by_steps(finished(), 0, 0);
  ASSERT_EQ(added.sizes.size(), 4u);
  EXPECT_DOUBLE_EQ(added.sizes[0], 0.5);
  EXPECT_DOUBLE_EQ(added.sizes[1], 0.25 / std::sqrt(2));
  EXPECT_DOUBLE_EQ(added.sizes[2], std::sqrt((0.75 * 0.75 + 0.25 * 0.25) / 2));
  EXPECT_DOUBLE_EQ(added.sizes[3], 0.125 / std::sqrt(2));
  EXPECT_DOUBLE_EQ(added.most, added.sizes[2]);
}

TEST(Added, SharesAreThoseOfTheStepsAfterTheFirstGuess) {
  const Added added = added_by_steps(finished(), 0, 0);
  EXPECT_TRUE(std::isnan(added.share(0)));
  EXPECT_TRUE(std::isnan(added.share(4)));
  EXPECT_DOUBLE_EQ(added.share(1) + added.share(2) + added.share(3), 1);
  EXPECT_DOUBLE_EQ(added.share(1) / added.share(3), 2);
}

TEST(Added, AForkGoesOnFromTheGuessOfItsParent) {
  View view = finished();
  apply({kNoJob, started(1, 0, 2)}, view);
  guessed(view, 1, 2, 0.25f, -0.5f);
  const Added added = added_by_steps(view, 1, 0);
  ASSERT_EQ(added.sizes.size(), 3u);  // As far as it has come.
  EXPECT_DOUBLE_EQ(added.sizes[2], 0.5 / std::sqrt(2));
}

TEST(Added, WhatIsNotKeptCountsWithTheNextThatIs) {
  View view = finished();
  view.full_steps.clear();
  view.branches[0].guesses[1].reset();
  const Added added = added_by_steps(view, 0, 0);
  EXPECT_TRUE(std::isnan(added.sizes[1]));
  EXPECT_NEAR(added.sizes[2], std::sqrt((1 + 0.25 * 0.25) / 2), 0.01);  // Of bytes.
}

TEST(Added, OfNoBranchThereIsNothing) { EXPECT_TRUE(added_by_steps(View{}, 0, 0).sizes.empty()); }

}  // namespace
}  // namespace stepwise::app
