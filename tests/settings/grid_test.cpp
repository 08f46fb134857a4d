#include "settings/grid.h"

#include <gtest/gtest.h>

#include <cmath>

namespace stepwise {
namespace {

void expect_falls_from_max_to_min_to_zero(const std::vector<double>& sigmas,
                                          const SampleSettings& s) {
  ASSERT_EQ(int(sigmas.size()), s.steps + 1);
  EXPECT_EQ(sigmas.front(), s.sigma_max);
  EXPECT_EQ(sigmas.back(), 0);
  if (s.steps > 1) {
    EXPECT_EQ(sigmas[s.steps - 1], s.sigma_min);
  }
  for (int i = 0; i < s.steps; ++i) EXPECT_GT(sigmas[i], sigmas[i + 1]);
}

TEST(Grid, FallsFromTheLargestToTheSmallestLevelAndThenToZero) {
  for (const auto& [grid, name] : kGrids)
    for (const int steps : {1, 2, 3, 18, 1000}) {
      SampleSettings settings;
      settings.grid = grid;
      settings.steps = steps;
      expect_falls_from_max_to_min_to_zero(sigma_grid(settings), settings);
      settings.sigma_min = kSigma.min;
      settings.sigma_max = kSigma.max;
      expect_falls_from_max_to_min_to_zero(sigma_grid(settings), settings);
    }
}

TEST(Grid, KarrasGivesTheLevelsOfThePaper) {
  const auto sigmas = karras_sigmas(18, 0.002, 80, 7);
  EXPECT_NEAR(sigmas[1], 57.586, 1e-3);
  EXPECT_NEAR(sigmas[9], 1.9233, 1e-4);
  EXPECT_EQ(karras_sigmas(3, 1, 9, 1)[1], 5);
}

TEST(Grid, LogUniformKeepsTheRatioOfNeighbours) {
  const auto sigmas = log_uniform_sigmas(4, 0.01, 10);
  for (int i = 0; i < 3; ++i) EXPECT_NEAR(sigmas[i] / sigmas[i + 1], 10, 1e-9);
}

TEST(Grid, BetaGivesTheQuantilesOfItsDistribution) {
  const auto sigmas = beta_sigmas(5, 1, 11);
  const double quartile = 0.17568037865269501;  // The lower one of Beta(0.6, 0.6).
  EXPECT_NEAR(sigmas[1], 11 - 10 * quartile, 1e-13);
  EXPECT_NEAR(sigmas[2], 6, 1e-13);
  EXPECT_NEAR(sigmas[3], 1 + 10 * quartile, 1e-13);
}

TEST(Grid, RefusesSettingsOutOfRange) {
  SampleSettings settings;
  settings.steps = 0;
  EXPECT_THROW(sigma_grid(settings), Error);
}

}  // namespace
}  // namespace stepwise
