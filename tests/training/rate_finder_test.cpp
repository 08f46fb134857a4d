#include "training/rate_finder.h"

#include <gmock/gmock.h>

#include "toy_data.h"

namespace stepwise {
namespace {

class RateFinderOfToys : public testing::Test {
 protected:
  RateFinderOfToys() { usual.channels = {8, 8}; }

  // After so many steps, or as many as it takes.
  RateSearch found(const Recipe& recipe, std::size_t steps = kRateSteps) const {
    RateFinder finder(recipe, data, torch::kCPU);
    while (!finder.finished() && finder.search().points.size() < steps)
      finder.advance([] { return false; });
    return finder.search();
  }

  const Dataset data = toy_data();
  Recipe usual = toy_recipe(1);  // Its budget does not matter.
};

TEST_F(RateFinderOfToys, SuggestsARateAmongThoseThatItTried) {
  const RateSearch search = found(usual);
  EXPECT_TRUE(is_over(search));
  ASSERT_FALSE(search.points.empty());
  EXPECT_EQ(search.points.front().rate, search.from);
  EXPECT_NEAR(search.points.front().loss, 1, 0.4);  // A network that knows nothing.
  EXPECT_GT(search.suggestion, 10 * search.from);
  EXPECT_LT(search.suggestion, search.points.back().rate);
}

TEST_F(RateFinderOfToys, RatesAtWhichTheLossGrowsAreNeverSuggested) {
  usual.learning_rate = kLearningRate.max;
  const RateSearch search = found(usual);
  ASSERT_TRUE(least_of(search));
  EXPECT_GT(search.points.back().smoothed, 1.2 * least_of(search)->smoothed);
  EXPECT_THAT(words_for(search), testing::HasSubstr("grew"));
  EXPECT_LE(search.suggestion, least_of(search)->rate);
  EXPECT_LT(least_of(search)->rate, search.points.back().rate);
}

TEST_F(RateFinderOfToys, ALossThatIsNoNumberIsAnAnswerAndNoFailure) {
  usual.batch = 4096;
  usual.sigma_mean = -10;  // One over the square of the lowest level is no float any more.
  usual.sigma_std = 10;
  RateFinder finder(usual, data, torch::kCPU);
  finder.advance([] { return false; });
  EXPECT_TRUE(finder.finished());
  EXPECT_EQ(finder.fraction(), 1);
  EXPECT_TRUE(finder.search().diverged);
  EXPECT_TRUE(finder.search().points.empty());
  EXPECT_EQ(finder.search().suggestion, 0);
}

TEST_F(RateFinderOfToys, OneSeedFindsOneCurve) {
  const RateSearch first = found(usual, 12);
  EXPECT_EQ(found(usual, 12), first);
  usual.seed = 2;
  EXPECT_NE(found(usual, 12), first);
}

TEST_F(RateFinderOfToys, DividesNoLossesByWhatIsExpectedOfThem) {
  const RateSearch edm = found(usual, 6);
  usual.weighting = Weighting::kUncertainty;
  EXPECT_EQ(found(usual, 6), edm);
}

TEST_F(RateFinderOfToys, BreaksStepsOffWhereSomebodyAsks) {
  RateFinder finder(usual, data, torch::kCPU);
  finder.advance([] { return true; });
  EXPECT_TRUE(finder.search().points.empty());
  EXPECT_EQ(finder.fraction(), 0);
  finder.advance([] { return false; });
  EXPECT_EQ(finder.search(), found(usual, 1));
}

}  // namespace
}  // namespace stepwise
