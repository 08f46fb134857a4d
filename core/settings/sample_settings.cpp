#include "settings/sample_settings.h"

#include <string>

#include "settings/grid.h"
#include "settings/guidance.h"
#include "settings/left_out.h"

namespace stepwise {
namespace {

constexpr Range<double> kGuidanceInterval{0, kSigma.max};
constexpr Range<double> kClip{0, 1e6};
constexpr Range<double> kThreshold{0, 1};
constexpr Range<double> kThresholdMax{1e-6, 1e6};
constexpr Range<double> kChurn{0, 1e6};
constexpr Range<double> kChurnNoise{0, 10};
constexpr Range<int> kOrderLimit{1, 3};

// Network evaluations of one picture at one level, in units of calls of D.
int evaluations_at(const Guidance& guidance, double sigma) {
  const double w = guidance.at(sigma);
  return w == 0 || w == 1 ? 1 : 2;
}

// The levels at which a step evaluates D beside the one it starts from.
std::vector<double> inner_levels(const SampleSettings& s, int step, double sigma, double next) {
  if (s.sampler == SamplerKind::kPredictorCorrector)
    return std::vector<double>(std::size_t(s.options.corrections), sigma);
  if (next == 0) return {};
  const double middle = (sigma + next) / 2;
  switch (s.sampler) {
    case SamplerKind::kHeun:
      return {next};
    case SamplerKind::kDpmPlusPlus2S:
      return {between(sigma, next, 1. / 2)};
    case SamplerKind::kDpmPlusPlus3S:
      return {between(sigma, next, 1. / 3), between(sigma, next, 2. / 3)};
    case SamplerKind::kPndm:
      if (s.options.skip_runge_kutta) return std::vector<double>(step == 0 ? 1 : 0, next);
      return step < 3 ? std::vector<double>{middle, middle, next} : std::vector<double>{};
    default:
      return {};
  }
}

}  // namespace

SampleSettings heeded(SampleSettings settings, const std::vector<Condition>& conditions) {
  if (!asks_for_classes(conditions)) settings.guidance = 1;
  return settings;
}

void check(const SamplerOptions& o) {
  kClip.check("The range guesses are clipped to", o.clip);
  kThreshold.check("The quantile of dynamic thresholding", o.threshold);
  kThresholdMax.check("The largest value of dynamic thresholding", o.threshold_max);
  kChurn.check("The churn", o.churn);
  kChurnNoise.check("The noise of the churn", o.churn_noise);
  kOrderLimit.check("The limit of the order", o.order_limit);
  kCorrections.check("The number of corrections", o.corrections);
  kSnr.check("The signal-to-noise ratio of a correction", o.snr);
  for (std::size_t i = 0; i < o.timesteps.size(); ++i)
    require(o.timesteps[i] >= 0 && (i == 0 || o.timesteps[i] < o.timesteps[i - 1]), "The timestep ",
            o.timesteps[i], " is number ", i + 1,
            " of the list, but the list must fall and end at 0 or above.");
}

void check(const SampleSettings& s) {
  kCount.check("The number of pictures", s.count);
  kGuidance.check("The guidance", s.guidance);
  kGuidanceInterval.check("The lower end of the guidance interval", s.guidance_min);
  kGuidanceInterval.check("The upper end of the guidance interval", s.guidance_max);
  require(s.guidance_min <= s.guidance_max,
          "The guidance interval starts at sigma = ", s.guidance_min, ", above its end at ",
          s.guidance_max, ". Swap the two.");
  check_guidance_shape(s.guidance_shape);
  kSteps.check("The number of steps", s.steps);
  if (s.border != 0) kSigma.check("The border between two models", s.border);
  kSigma.check("The smallest sigma", s.sigma_min);
  kSigma.check("The largest sigma", s.sigma_max);
  require(s.sigma_min < s.sigma_max, "The smallest sigma is ", s.sigma_min,
          ", but must lie below the largest, ", s.sigma_max, ".");
  kRho.check("rho", s.rho);
  check_grid_shape(s.grid_shape);
  check_left_out(s);
  kEta.check("eta", s.eta);
  check(s.options);
}

SamplerKind sampler_of(std::string_view id) {
  if (const auto kind = named<SamplerKind>(id)) return *kind;
  throw Error(
      text_of("There is no sampler '", id, "'. Choose one of: ", all_names<SamplerKind>(), "."));
}

Beginning beginning_of(std::string_view id) {
  if (const auto begin = named<Beginning>(id)) return *begin;
  throw Error(text_of("Pictures cannot begin with '", id,
                      "'. Choose one of: ", all_names<Beginning>(), "."));
}

const SamplerName& name_of(SamplerKind kind) {
  for (const SamplerName& name : kSamplers)
    if (name.kind == kind) return name;
  throw Error(text_of("There is no sampler number ", int(kind), "."));
}

std::vector<SamplerName> samplers_for(const DegradationStack& degradation) {
  std::vector<SamplerName> suited;
  for (const SamplerName& name : kSamplers)
    if (suits(name.kind, degradation)) suited.push_back(name);
  return suited;
}

int evaluations_per_picture(const SampleSettings& s) {
  std::vector<double> sigmas = sigma_grid(s);
  leave_out(s.left_out, sigmas);
  const Guidance guidance = guidance_of(s);
  int evaluations = 0;
  for (std::size_t i = 0; i + 1 < sigmas.size(); ++i) {
    evaluations += evaluations_at(guidance, sigmas[i]);
    for (const double inner : inner_levels(s, int(i), sigmas[i], sigmas[i + 1]))
      evaluations += evaluations_at(guidance, inner);
  }
  return evaluations;
}

}  // namespace stepwise
