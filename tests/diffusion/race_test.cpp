// Racers against data whose trajectories are known: what a race says of samplers is what is known
// of them.
#include "diffusion/race.h"

#include <gtest/gtest.h>
#include <torch/utils.h>

#include <map>
#include <memory>

#include "closed_forms.h"
#include "diffusion/draw_all.h"
#include "error_of.h"
#include "settings/race.h"

namespace stepwise {
namespace {

constexpr double kRaceMean = 0.3, kRaceSpread = 0.5;

SampleSettings four_pictures() {
  SampleSettings settings;
  settings.count = 4;
  settings.seed = 5;
  return settings;
}

std::vector<Condition> conditions() { return dealt({}, 0, 4); }

SharedModel model_of(Denoise denoise) {
  return model_with([=](const std::vector<Condition>&) { return denoise; }, {1, 4, 4});
}

// Two modes, so that the way bends.
SharedModel bending() { return model_of(two_modes_denoiser(0.4, 0.2)); }

std::map<SamplerKind, double> ends_of(Racing race) {
  std::map<SamplerKind, double> ends;
  while (const Racer* racer = race.step())
    if (racer != &race.reference()) ends[racer->sampler()] = race.distance_of(*racer);
  return ends;
}

TEST(Racing, TheReferenceEndsWhereTheExactWayDoes) {
  const SharedModel model = model_of(gaussian_denoiser(kRaceMean, kRaceSpread));
  Racing race(four_pictures(), conditions(), {SamplerKind::kEuler}, 7, *model);
  while (race.step()) continue;
  const SampleSettings settings = four_pictures();
  const Tensor start = settings.sigma_max *
                       PictureNoise(5, picture_range(0, 4)).draw(NoiseUse::kStart, 0, {1, 4, 4});
  const Tensor exact = gaussian_ode(start, kRaceMean, kRaceSpread, settings.sigma_max, 0);
  EXPECT_LT((race.reference().guess() - exact).abs().max().item<double>(), 1e-3);
}

TEST(Racing, WithAsManyEvaluationsAHigherOrderEndsNearer) {
  const auto ends = ends_of(Racing(four_pictures(), conditions(),
                                   {SamplerKind::kEuler, SamplerKind::kHeun,
                                    SamplerKind::kDpmPlusPlus2M, SamplerKind::kDpmPlusPlus3M},
                                   25, *bending()));
  ASSERT_EQ(ends.size(), 4u);
  EXPECT_LT(ends.at(SamplerKind::kHeun), ends.at(SamplerKind::kEuler));
  EXPECT_LT(ends.at(SamplerKind::kDpmPlusPlus2M), ends.at(SamplerKind::kEuler));
  EXPECT_LT(ends.at(SamplerKind::kDpmPlusPlus3M), ends.at(SamplerKind::kDpmPlusPlus2M));
}

TEST(Racing, EverySamplerReallyEvaluatesAsOften) {
  for (const SamplerKind sampler : racers_for(four_pictures(), 13)) {
    const auto count = std::make_shared<int>(0);
    const SharedModel model = model_of([=](const Tensor& x, double sigma) {
      ++*count;
      return two_modes_denoiser(0.4, 0.2)(x, sigma);
    });
    Racer racer(racing(four_pictures(), sampler, 13), conditions(), *model);
    while (!racer.finished()) racer.step();
    EXPECT_EQ(*count, 13) << name_of(sampler).id;
    EXPECT_EQ(racer.evaluations(), 13) << name_of(sampler).id;
  }
}

TEST(Racing, EndsWithThePicturesThatTheSamplerDraws) {
  const SampleSettings settings = racing(four_pictures(), SamplerKind::kHeun, 13);
  Racer racer(settings, conditions(), *bending());
  while (!racer.finished()) racer.step();
  EXPECT_TRUE(torch::equal(racer.guess(), draw(Drawing(settings, conditions(), bending()))));
}

TEST(Racing, WhoIsBehindComesNext) {
  Racing race(four_pictures(), conditions(), {SamplerKind::kEuler, SamplerKind::kDpmPlusPlus3S}, 13,
              *bending());
  std::map<SamplerKind, int> at;
  double fraction = 0;
  while (const Racer* racer = race.step()) {
    EXPECT_GT(race.fraction(), fraction);
    fraction = race.fraction();
    if (racer == &race.reference()) continue;
    at[racer->sampler()] = racer->evaluations();
    EXPECT_LE(std::abs(at[SamplerKind::kEuler] - at[SamplerKind::kDpmPlusPlus3S]), 3);
  }
  EXPECT_EQ(race.fraction(), 1);
}

TEST(Racing, GuessesComeNearerOnTheWay) {
  Racing race(four_pictures(), conditions(), {SamplerKind::kDpmPlusPlus2M}, 13, *bending());
  std::vector<double> distances;
  while (const Racer* racer = race.step())
    if (racer != &race.reference()) distances.push_back(race.distance_of(*racer));
  ASSERT_EQ(distances.size(), 13u);
  EXPECT_LT(distances.back(), distances.front() / 10);
}

TEST(Racing, WhatCannotRaceIsRefused) {
  const auto refusal = [](SampleSettings settings, std::vector<SamplerKind> samplers) {
    return error_of([&] { Racing(settings, conditions(), samplers, 13, *bending()); });
  };
  EXPECT_NE(refusal(four_pictures(), {}).find("no sampler"), std::string::npos);
  EXPECT_NE(refusal(four_pictures(), {SamplerKind::kDdpm}).find("DDPM"), std::string::npos);
  SampleSettings settings = four_pictures();
  settings.count = 5;
  EXPECT_NE(refusal(settings, {SamplerKind::kEuler}).find("4 conditions for 5"), std::string::npos);
  settings.count = 101;
  EXPECT_NE(refusal(settings, {SamplerKind::kEuler}).find("101"), std::string::npos);
}

}  // namespace
}  // namespace stepwise
