#include "settings/race.h"

#include <gmock/gmock.h>

#include "error_of.h"

namespace stepwise {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Not;

TEST(Race, EveryRacerCostsJustSoManyEvaluations) {
  for (const int evaluations : {7, 13, 19, 20, 25, 31, 49})
    for (const SamplerKind sampler : racers_for({}, evaluations)) {
      const SampleSettings settings = racing({}, sampler, evaluations);
      EXPECT_EQ(settings.sampler, sampler);
      EXPECT_EQ(evaluations_per_picture(settings), evaluations) << name_of(sampler).id;
    }
}

TEST(Race, AllWithoutFreshNoiseCanComeToAnyOfSix) {
  std::size_t all = 0;
  for (const SamplerName& sampler : kSamplers) all += can_race(sampler);
  for (const int evaluations : {13, 19, 25, 31, 37, 49})
    EXPECT_EQ(racers_for({}, evaluations).size(), all) << evaluations;
  EXPECT_THAT(racers_for({}, 12), Not(Contains(SamplerKind::kHeun)));
  EXPECT_THAT(racers_for({}, 12), Contains(SamplerKind::kEuler));
}

TEST(Race, GuidanceCountsForAllAlike) {
  SampleSettings guided;
  guided.guidance = 3;
  EXPECT_EQ(racing(guided, SamplerKind::kHeun, 13).steps, 7);
  EXPECT_EQ(racing(guided, SamplerKind::kHeun, 13).guidance, 3);
}

TEST(Race, WhatIsNotComparableIsRefused) {
  EXPECT_THAT(error_of([] { racing({}, SamplerKind::kDdpm, 13); }), HasSubstr("fresh noise"));
  EXPECT_THAT(error_of([] { racing({}, SamplerKind::kHeun, 12); }),
              HasSubstr("cannot come to just 12 evaluations"));
  EXPECT_THAT(error_of([] { racing({}, SamplerKind::kEuler, 0); }),
              HasSubstr("number of evaluations is 0"));
}

TEST(Race, AllGoFromTheSameLevelToTheSameLevelWithoutNoise) {
  SampleSettings settings;
  settings.grid = GridKind::kModel;
  settings.options.timesteps = {900, 40, 0};
  settings.options.churn = 10;
  settings.left_out = {1};
  for (const SampleSettings& racer :
       {racing(settings, SamplerKind::kEuler, 13), race_reference(settings)}) {
    EXPECT_EQ(racer.grid, GridKind::kKarras);
    EXPECT_EQ(racer.options, SamplerOptions());
    EXPECT_EQ(steps_taken(racer), racer.steps);
    EXPECT_EQ(racer.sigma_max, settings.sigma_max);
    EXPECT_EQ(racer.sigma_min, settings.sigma_min);
  }
  EXPECT_GE(race_reference(settings).steps, 100);
}

}  // namespace
}  // namespace stepwise
