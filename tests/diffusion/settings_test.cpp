#include "settings/sample_settings.h"

#include <gtest/gtest.h>

#include <limits>

#include "closed_forms.h"
#include "diffusion/draw_all.h"

namespace stepwise {
namespace {

TEST(Settings, DefaultsAreInRange) { EXPECT_NO_THROW(check(SampleSettings{})); }

TEST(Settings, EachFieldOutOfRangeIsRefused) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const auto refused = [](auto change) {
    SampleSettings settings;
    change(settings);
    EXPECT_THROW(check(settings), Error);
  };
  refused([](auto& s) { s.count = 0; });
  refused([](auto& s) { s.count = 100001; });
  refused([](auto& s) { s.guidance = -0.1; });
  refused([=](auto& s) { s.guidance = nan; });
  refused([](auto& s) { s.guidance_min = -1; });
  refused([=](auto& s) { s.guidance_max = nan; });
  refused([](auto& s) { s.guidance_min = 3, s.guidance_max = 2; });
  refused([](auto& s) { s.steps = 0; });
  refused([](auto& s) { s.steps = 1001; });
  refused([](auto& s) { s.sigma_min = 0; });
  refused([](auto& s) { s.sigma_max = 1e9; });
  refused([](auto& s) { s.sigma_min = s.sigma_max; });
  refused([=](auto& s) { s.sigma_min = nan; });
  refused([](auto& s) { s.rho = 0.5; });
  refused([](auto& s) { s.eta = 1.1; });
  refused([](auto& s) { s.options.corrections = -1; });
  refused([](auto& s) { s.options.corrections = 101; });
  refused([=](auto& s) { s.options.snr = nan; });
}

TEST(Settings, AMessageNamesTheValueAndTheRange) {
  SampleSettings settings;
  settings.steps = 5000;
  try {
    check(settings);
    FAIL();
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("5000"), std::string::npos);
    EXPECT_NE(std::string(error.what()).find("1000"), std::string::npos);
  }
}

TEST(Settings, SamplersAreFoundByTheirIds) {
  for (const SamplerName& name : kSamplers) {
    EXPECT_EQ(sampler_of(name.id), name.kind);
    EXPECT_EQ(name_of(name.kind).id, name.id);
  }
}

TEST(Settings, AnUnknownSamplerIsRefusedWithTheListOfThose) {
  try {
    sampler_of("eulr");
    FAIL();
  } catch (const Error& error) {
    const std::string text = error.what();
    EXPECT_NE(text.find("eulr"), std::string::npos);
    EXPECT_NE(text.find("dpmpp-2m"), std::string::npos);
  }
}

// Counts what a whole run really evaluates, guidance included.
int counted_evaluations(SampleSettings settings) {
  settings.count = 1;
  int evaluations = 0;
  const auto counted = [&](const Tensor& x, double sigma) {
    ++evaluations;
    return gaussian_denoiser(0, 1)(x, sigma);
  };
  const Denoise denoise = guided(counted, counted, guidance_of(settings));
  const auto denoiser_for = [&](const std::vector<Condition>&) { return denoise; };
  draw(Drawing(settings, {Condition{0}}, model_with(denoiser_for, {1, 1, 1})));
  return evaluations;
}

TEST(Settings, EvaluationsArePredictedExactly) {
  for (const SamplerName& name : kSamplers)
    for (const double w : {0., 1., 2.})
      for (const double from : {0., 0.3, 15.})
        for (const int steps : {1, 2, 18}) {
          SampleSettings settings;
          settings.sampler = name.kind;
          settings.guidance = w;
          settings.guidance_min = from;
          settings.guidance_max = 16;
          settings.steps = steps;
          EXPECT_EQ(evaluations_per_picture(settings), counted_evaluations(settings))
              << name.id << ", w = " << w << " from " << from << ", " << steps << " steps";
        }
}

TEST(Settings, WithoutAClassGuidanceCostsNothing) {
  SampleSettings settings;
  settings.guidance = 3;
  EXPECT_EQ(evaluations_per_picture(settings), 2 * settings.steps);
  EXPECT_EQ(evaluations_per_picture(heeded(settings, {{}, {}})), settings.steps);
  EXPECT_EQ(heeded(settings, {{}, {3}}), settings);
  EXPECT_EQ(heeded(settings, dealt({}, 10, 4)), settings);
  EXPECT_EQ(heeded(settings, dealt({}, 0, 4)).guidance, 1);
  EXPECT_EQ(evaluations_per_picture(heeded(settings, dealt({}, 0, 4))), settings.steps);
}

}  // namespace
}  // namespace stepwise
