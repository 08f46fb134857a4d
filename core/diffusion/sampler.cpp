#include "diffusion/sampler.h"

#include <utility>

#include "diffusion/move.h"

namespace stepwise {
namespace {

Tensor moved(const Move& m) {
  switch (m.settings.sampler) {
    case SamplerKind::kEuler:
      return euler(m);
    case SamplerKind::kEulerAncestral:
      return euler_ancestral(m);
    case SamplerKind::kDdim:
      return ddim(m);
    case SamplerKind::kDdpm:
      return ddpm(m);
    case SamplerKind::kConsistency:
      return consistency(m);
    case SamplerKind::kHeun:
      return heun(m);
    case SamplerKind::kDpmPlusPlus2S:
      return dpm_singlestep_2(m);
    case SamplerKind::kDpmPlusPlus3S:
      return dpm_singlestep_3(m);
    case SamplerKind::kDpmPlusPlus2M:
      return dpm_multistep(m, 2, false);
    case SamplerKind::kDpmPlusPlus3M:
      return dpm_multistep(m, 3, false);
    case SamplerKind::kDpmPlusPlus2MSde:
      return dpm_multistep(m, 2, true);
    case SamplerKind::kDpmPlusPlus3MSde:
      return dpm_multistep(m, 3, true);
    case SamplerKind::kUniPc1:
      return unipc(m, 1);
    case SamplerKind::kUniPc2:
      return unipc(m, 2);
    case SamplerKind::kUniPc3:
      return unipc(m, 3);
    case SamplerKind::kLms4:
      return lms(m);
    case SamplerKind::kDeis3:
      return deis(m);
    case SamplerKind::kIpndm4:
      return ipndm(m);
    case SamplerKind::kPndm:
      return pndm(m);
    case SamplerKind::kPredictorCorrector:
      return predictor_corrector(m);
    case SamplerKind::kCold:
      return cold(m);
    case SamplerKind::kColdNaive:
      return cold_naive(m);
  }
  throw Error(text_of("There is no sampler number ", int(m.settings.sampler), "."));
}

// DDIM and PNDM of diffusers go a fixed number of training steps down, wherever the next level is.
double aim(const SampleSettings& settings, const Levels& levels, int step) {
  const bool strides =
      settings.sampler == SamplerKind::kDdim || settings.sampler == SamplerKind::kPndm;
  if (levels.stride == 0 || !strides) return levels.next(step);
  return levels.sigma_before(levels.times[std::size_t(step)] - levels.stride);
}

// Nothing is known of how noise lies on pictures that were made worse in other ways.
void check_suits(const SampleSettings& settings, const Schedule& schedule) {
  require(!schedule.has_severity() || suits(settings.sampler, schedule.degradation()),
          "The sampler ", name_of(settings.sampler).id, " takes noise away, but this model undoes ",
          id_of(schedule.degradation()), ". Choose the sampler ", name_of(SamplerKind::kCold).id,
          " or ", name_of(SamplerKind::kColdNaive).id, ".");
}

// The largest values pressed into [-1, 1], all others with them: per picture.
Tensor thresholded(const SamplerOptions& options, const Tensor& clean) {
  const Tensor sizes = clean.abs().flatten(1);
  const Tensor most = sizes.quantile(options.threshold, 1).clamp(1, options.threshold_max);
  const Tensor bound = most.view({-1, 1, 1, 1});
  return torch::minimum(torch::maximum(clean, -bound), bound) / bound;
}

}  // namespace

void History::remember(Past step) {
  past.insert(past.begin(), std::move(step));
  if (past.size() > 3) past.pop_back();
}

Tensor clipped(const SamplerOptions& options, const Tensor& clean) {
  if (options.threshold > 0) return thresholded(options, clean);
  return options.clip > 0 ? clean.clamp(-options.clip, options.clip) : clean;
}

Tensor next_x(const SampleSettings& settings, const Levels& levels, int step,
              const Denoise& denoise, const Tensor& x, const Guess& guess, History& history,
              const StepNoise& noise) {
  check_suits(settings, levels.schedule);
  const Tensor clean = clipped(settings.options, guess);
  const double sigma = levels.sigmas[std::size_t(step)], next = aim(settings, levels, step);
  const Tensor there =
      moved({settings, levels, step, denoise, x, guess, clean, sigma, next, history, noise});
  // A scheduler that aims beside the next level takes its own x there for x at that level.
  const double level = levels.sigmas[std::size_t(step) + 1];
  if (next == level) return there;
  return there * (levels.schedule.own(next) / levels.schedule.own(level));
}

Step sampler_step(const SampleSettings& settings, const Levels& levels, int step,
                  const Denoise& denoise, const Tensor& x, History& history,
                  const StepNoise& noise) {
  const Guess guess = denoise(x, levels.sigmas[std::size_t(step)]);
  return {next_x(settings, levels, step, denoise, x, guess, history, noise), guess.clean};
}

}  // namespace stepwise
