// What networks are trained on, held against how they are sampled.
#include "diffusion/regression.h"

#include <gtest/gtest.h>
#include <torch/utils.h>

#include <cmath>

#include "diffusion/denoiser.h"

namespace stepwise {
namespace {

constexpr double kSigmaData = 0.71;

SchedulerConfig edm() {
  SchedulerConfig config = scheduler_defaults(SchedulerClass::kEdmEuler);
  config.sigma_data = kSigmaData;
  return config;
}

SchedulerConfig flow() { return scheduler_defaults(SchedulerClass::kFlowEuler); }

SchedulerConfig with_betas(const char* prediction_type, const char* beta_schedule) {
  SchedulerConfig config = scheduler_defaults(SchedulerClass::kDdim);
  config.prediction_type = prediction_type;
  config.beta_schedule = beta_schedule;
  return config;
}

std::vector<SchedulerConfig> all_configs() {
  std::vector<SchedulerConfig> configs{edm(), flow(),
                                       scheduler_defaults(SchedulerClass::kScoreSdeVe)};
  for (const char* type : {"epsilon", "sample", "v_prediction"})
    for (const char* betas : {"linear", "scaled_linear", "squaredcos_cap_v2"})
      configs.push_back(with_betas(type, betas));
  return configs;
}

std::string words_for(const SchedulerConfig& config) {
  return std::string(id_of(config.kind)) + ' ' + config.prediction_type + ' ' +
         config.beta_schedule;
}

Regressor regressor_of(const SchedulerConfig& config) {
  return {Schedule(config), kSigmaData, torch::kCPU};
}

Tensor pictures(int count = 3) {
  torch::manual_seed(4);
  return torch::randn({count, 1, 4, 4}, torch::kDouble);
}

TEST(Regression, OfEdmHasInputsAndTargetsOfUnitVarianceAtEveryLevel) {
  torch::manual_seed(3);
  const Tensor sigma = torch::logspace(-3, 3, 25, 10, torch::kDouble);
  const Tensor clean = kSigmaData * torch::randn({25, 1, 64, 64}, torch::kDouble);
  const Regression r = regressor_of(edm())(clean, torch::randn_like(clean), sigma, Weighting::kEdm);
  const auto variance = [](const Tensor& pictures) { return pictures.square().mean({1, 2, 3}); };
  EXPECT_TRUE(torch::allclose(variance(r.input), torch::ones_like(sigma), 0.1));
  EXPECT_TRUE(torch::allclose(variance(r.target), torch::ones_like(sigma), 0.1));
  EXPECT_TRUE(torch::allclose(r.timestep, sigma.log() / 4));
}

TEST(Regression, ANetworkThatHitsItsTargetDenoisesPerfectly) {
  const Tensor clean = pictures().tanh(), noise = torch::randn_like(clean);
  for (const SchedulerConfig& config : all_configs())
    for (const double sigma : {0.02, 0.5, 45.}) {
      SCOPED_TRACE(text_of(words_for(config), " at ", sigma));
      const Regression r = regressor_of(config)(
          clean, noise, torch::full({3}, sigma, torch::kDouble), Weighting::kUniform);
      const Network perfect = [&](const Tensor& in, const Tensor& t, const Conditioning&) {
        EXPECT_TRUE(torch::allclose(in, r.input));
        EXPECT_TRUE(torch::allclose(t, r.timestep));
        return r.target;
      };
      const Denoise denoise = network_denoiser(perfect, {Schedule(config), {}, {}});
      EXPECT_TRUE(torch::allclose(denoise(clean + sigma * noise, sigma), clean, 1e-9, 1e-9));
    }
}

TEST(Regression, TargetsAreThoseOfThePapers) {
  const Tensor clean = pictures(), noise = torch::randn_like(clean);
  const double sigma = 0.8, alpha = 1 / std::hypot(1, sigma);
  const auto target = [&](const SchedulerConfig& config) {
    return regressor_of(config)(clean, noise, torch::full({3}, sigma, torch::kDouble),
                                Weighting::kUniform)
        .target;
  };
  EXPECT_TRUE(torch::allclose(target(with_betas("epsilon", "linear")), noise));
  EXPECT_TRUE(torch::allclose(target(with_betas("sample", "linear")), clean));
  EXPECT_TRUE(torch::allclose(target(with_betas("v_prediction", "linear")),
                              alpha * noise - alpha * sigma * clean));
  EXPECT_TRUE(torch::allclose(target(flow()), noise - clean));
}

// At both levels the network guesses the same, which is not the clean picture.
TEST(Regression, OfConsistencyIsHitByANetworkThatGuessesAlikeAtBothLevels) {
  const Tensor clean = pictures(), noise = torch::randn_like(clean);
  const Tensor sigma = torch::tensor({0.05, 1., 50.}, torch::kDouble), below = 0.75 * sigma;
  const Regressor regressor = regressor_of(edm());
  const Regression high = regressor(clean, noise, sigma, Weighting::kEdm),
                   low = regressor(clean, noise, below, Weighting::kEdm),
                   both = regressor.consistent(clean, noise, sigma, below, Weighting::kEdm);
  const auto answer = [&](const Regression& regression, const Tensor& levels) {
    const Tensor out = levels * kSigmaData / (levels.square() + kSigmaData * kSigmaData).sqrt();
    return regression.target + 0.3 / out.view({-1, 1, 1, 1});
  };
  EXPECT_TRUE(torch::equal(both.input, high.input));
  EXPECT_TRUE(torch::allclose(both.own.input, low.input));
  EXPECT_TRUE(torch::allclose(both.own.timestep, low.timestep));
  EXPECT_TRUE(torch::allclose(both.target + both.own.scale * answer(low, below),
                              answer(high, sigma), 1e-9, 1e-9));
  EXPECT_TRUE(torch::allclose(both.weight, 4 * high.weight));  // A quarter of sigma lies between.
  EXPECT_TRUE(torch::allclose(both.edm_weight, 4 * high.edm_weight));
}

TEST(Regression, OfConsistencyWithNoNoiseIsPlainDenoisingToTheLastBit) {
  const Tensor clean = pictures().to(torch::kFloat), noise = torch::randn_like(clean);
  const Tensor sigma = torch::tensor({0.01f, 1.f, 80.f});
  const Regressor regressor = regressor_of(edm());
  for (const auto& [weighting, name] : kWeightings) {
    const Regression plain = regressor(clean, noise, sigma, weighting),
                     tuned =
                         regressor.consistent(clean, noise, sigma, torch::zeros({3}), weighting);
    EXPECT_TRUE(torch::equal(tuned.input, plain.input)) << name;
    EXPECT_TRUE(torch::equal(tuned.target + tuned.own.scale * 7, plain.target)) << name;
    EXPECT_TRUE(torch::equal(tuned.weight, plain.weight)) << name;
    EXPECT_TRUE(tuned.own.timestep.isfinite().all().item<bool>()) << name;
  }
}

TEST(Regression, EachPictureHasItsOwnLevel) {
  const Tensor clean = pictures(), noise = torch::randn_like(clean);
  const Tensor sigma = torch::tensor({0.02, 1., 50.}, torch::kDouble);
  for (const SchedulerConfig& config : all_configs()) {
    const Regressor regressor = regressor_of(config);
    const Regression all = regressor(clean, noise, sigma, Weighting::kMinSnr);
    for (int i = 0; i < 3; ++i) {
      const auto own = [i](const Tensor& tensor) { return tensor.slice(0, i, i + 1); };
      const Regression one = regressor(own(clean), own(noise), own(sigma), Weighting::kMinSnr);
      EXPECT_TRUE(torch::equal(all.input[i], one.input[0])) << words_for(config);
      EXPECT_TRUE(torch::equal(all.target[i], one.target[0])) << words_for(config);
      EXPECT_TRUE(torch::equal(all.timestep[i], one.timestep[0])) << words_for(config);
      EXPECT_TRUE(torch::equal(all.weight[i], one.weight[0])) << words_for(config);
    }
  }
}

// The squared error of D, from that of the answer.
TEST(Regression, WeightsErrorsOfTheGuessAlikeForEveryAnswer) {
  const Tensor clean = pictures(1), noise = torch::randn_like(clean);
  for (const SchedulerConfig& config : all_configs())
    for (const double sigma : {0.1, 0.3, 3.}) {
      SCOPED_TRACE(text_of(words_for(config), " at ", sigma));
      const double out = Schedule(config).at(sigma).out;
      const auto weight = [&](Weighting weighting) {
        const Regression r =
            regressor_of(config)(clean, noise, torch::full({1}, sigma, torch::kDouble), weighting);
        return r.weight.item<double>() / (out * out);
      };
      const double data = kSigmaData * kSigmaData, level = sigma * sigma;
      EXPECT_NEAR(weight(Weighting::kEdm) * level * data / (level + data), 1, 1e-9);
      EXPECT_NEAR(weight(Weighting::kMinSnr), std::min(1 / level, 5.), 1e-9);
      EXPECT_NEAR(weight(Weighting::kUniform) * out * out, 1, 1e-9);
    }
}

TEST(Regression, KnowsWhatErrorsCountForEdmWhateverTheyCount) {
  const Tensor clean = pictures(3), noise = torch::randn_like(clean);
  const Tensor sigma = torch::tensor({0.1, 1., 20.}, torch::kDouble);
  for (const SchedulerConfig& config : all_configs()) {
    const Regressor regressor = regressor_of(config);
    const Tensor edm = regressor(clean, noise, sigma, Weighting::kEdm).weight;
    for (const auto& [weighting, name] : kWeightings)
      EXPECT_TRUE(torch::equal(regressor(clean, noise, sigma, weighting).edm_weight, edm))
          << name << ' ' << words_for(config);
  }
}

TEST(Regression, OfEdmCountsEveryAnswerOnce) {
  const Tensor clean = pictures(2);
  const Regression r = regressor_of(edm())(clean, clean, torch::tensor({0.01, 30.}, torch::kDouble),
                                           Weighting::kEdm);
  EXPECT_TRUE(torch::allclose(r.weight, torch::ones_like(r.weight)));
}

TEST(Regression, TimesAreThoseOfTheSchedule) {
  const Tensor sigma = torch::logspace(std::log10(0.015), 2, 60, 10, torch::kDouble);
  const Tensor clean = torch::zeros({60, 1, 2, 2}, torch::kDouble);
  for (const SchedulerConfig& config : all_configs()) {
    const Schedule schedule(config);
    const Regression r = regressor_of(config)(clean, clean, sigma, Weighting::kUniform);
    for (int i = 0; i < 60; ++i)
      EXPECT_NEAR(r.timestep[i].item<double>(), schedule.time(sigma[i].item<double>()), 1e-6)
          << words_for(config);
  }
}

TEST(Regression, KeepsSinglePrecision) {
  const Tensor clean = pictures().to(torch::kFloat);
  for (const SchedulerConfig& config : all_configs()) {
    const Regression r =
        regressor_of(config)(clean, clean, torch::full({3}, 0.5f), Weighting::kEdm);
    for (const Tensor& tensor : {r.input, r.timestep, r.target, r.weight})
      EXPECT_EQ(tensor.scalar_type(), torch::kFloat) << words_for(config);
  }
}

}  // namespace
}  // namespace stepwise
