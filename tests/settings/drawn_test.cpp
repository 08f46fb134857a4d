#include "settings/drawn.h"

#include <gmock/gmock.h>

#include <cmath>

#include "settings/grid.h"
#include "settings/guidance.h"

namespace stepwise {
namespace {

using testing::DoubleNear;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::ThrowsMessage;

TEST(DrawnLine, IsStraightInTheLogarithmOfTheLevelAndLevelBeyondItsEnds) {
  const std::vector<LevelShare> line{{0.1, 0}, {1, 1}, {10, 0.5}};
  EXPECT_EQ(share_at(line, 0.01), 0);
  EXPECT_EQ(share_at(line, 0.1), 0);
  EXPECT_NEAR(share_at(line, std::sqrt(0.1)), 0.5, 1e-12);
  EXPECT_EQ(share_at(line, 1), 1);
  EXPECT_NEAR(share_at(line, std::sqrt(10.)), 0.75, 1e-12);
  EXPECT_EQ(share_at(line, 10), 0.5);
  EXPECT_EQ(share_at(line, 500), 0.5);
  EXPECT_EQ(share_at({{2, 0.3}}, 7), 0.3);
}

TEST(DrawnGuidance, GoesFromOneToItsStrengthWithTheLine) {
  SampleSettings settings;
  settings.guidance = 3;
  settings.guidance_min = 5;  // Holds where nothing is drawn.
  EXPECT_EQ(guidance_of(settings).at(1), 1);
  settings.guidance_shape = {{0.1, 0}, {1, 1}, {10, 0.5}};
  EXPECT_EQ(guidance_of(settings).at(0.05), 1);
  EXPECT_EQ(guidance_of(settings).at(1), 3);
  EXPECT_EQ(guidance_of(settings).at(20), 2);
}

TEST(DrawnGuidance, CostsASecondEvaluationOnlyWhereItActs) {
  SampleSettings settings;
  settings.sampler = SamplerKind::kEuler;
  settings.guidance = 3;
  settings.grid = GridKind::kDrawn;
  settings.sigma_max = 8, settings.sigma_min = 1, settings.steps = 4;  // 8, 4, 2, 1.
  settings.guidance_shape = {{1.9, 0}, {1.95, 1}, {4.1, 1}, {4.2, 0}};
  EXPECT_EQ(evaluations_per_picture(settings), 6);
}

TEST(DrawnGrid, GoesThroughTheLevelsThatWereDrawn) {
  SampleSettings settings;
  settings.grid = GridKind::kDrawn;
  settings.sigma_max = 16, settings.sigma_min = 1;
  settings.steps = 5;
  settings.grid_shape = {0, 0.5, 0.75, 0.875, 1};
  const auto near = [](double level) { return DoubleNear(level, 1e-12); };
  EXPECT_THAT(sigma_grid(settings), ElementsAre(16, near(4), near(2), near(std::sqrt(2.)), 1, 0));
}

TEST(DrawnGrid, WithOtherStepsFollowsTheSameLine) {
  SampleSettings settings;
  settings.grid = GridKind::kDrawn;
  settings.sigma_max = 16, settings.sigma_min = 1;
  settings.grid_shape = {0, 0.5, 1};
  settings.steps = 5;
  const auto near = [](double level) { return DoubleNear(level, 1e-12); };
  EXPECT_THAT(sigma_grid(settings), ElementsAre(16, near(8), near(4), near(2), 1, 0));
  settings.steps = 2;
  EXPECT_THAT(sigma_grid(settings), ElementsAre(16, 1, 0));
  settings.steps = 1;
  EXPECT_THAT(sigma_grid(settings), ElementsAre(16, 0));
}

TEST(Drawn, WhatIsOutOfOrderOrRangeIsRefusedByItsValue) {
  SampleSettings settings;
  const auto refused = [&](const char* words) {
    EXPECT_THAT([&] { check(settings); }, ThrowsMessage<Error>(HasSubstr(words)));
    settings = {};
  };
  settings.grid_shape = {0, 0.5, 0.5, 1}, refused("from 0.5 to 0.5");
  settings.grid_shape = {0.1, 1}, refused("from 0, the first level, to 1");
  settings.grid_shape = {0}, refused("from 0, the first level, to 1");
  settings.grid_shape = {0, std::nan(""), 1}, refused("nan");
  settings.guidance_shape = {{1, 0.5}, {1, 1}}, refused("The noise level 1 stands after 1");
  settings.guidance_shape = {{1, 1.5}}, refused("1.5");
  settings.guidance_shape = {{-1, 1}}, refused("-1");
}

}  // namespace
}  // namespace stepwise
