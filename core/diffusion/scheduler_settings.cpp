#include "diffusion/scheduler_settings.h"

#include <algorithm>

namespace stepwise {
namespace {

using Kind = SchedulerClass;

constexpr int kPipelineSteps = 50;

SamplerKind multistep_of(const SchedulerConfig& c) {
  const bool stochastic = c.algorithm_type.starts_with("sde-");
  if (c.solver_order > 2)
    return stochastic ? SamplerKind::kDpmPlusPlus3MSde : SamplerKind::kDpmPlusPlus3M;
  return stochastic ? SamplerKind::kDpmPlusPlus2MSde : SamplerKind::kDpmPlusPlus2M;
}

SamplerKind sampler_of(const SchedulerConfig& c) {
  switch (c.kind) {
    case Kind::kDdpm:
      return SamplerKind::kDdpm;
    case Kind::kDdim:
      return SamplerKind::kDdim;
    case Kind::kPndm:
      return SamplerKind::kPndm;
    case Kind::kEuler:
    case Kind::kEdmEuler:
      return SamplerKind::kEuler;
    case Kind::kEulerAncestral:
      return SamplerKind::kEulerAncestral;
    case Kind::kHeun:
      return SamplerKind::kHeun;
    case Kind::kLms:
      return SamplerKind::kLms4;
    case Kind::kDpmMultistep:
    case Kind::kEdmDpmMultistep:
      return multistep_of(c);
    case Kind::kUniPc:
      return c.solver_order == 1   ? SamplerKind::kUniPc1
             : c.solver_order == 2 ? SamplerKind::kUniPc2
                                   : SamplerKind::kUniPc3;
    case Kind::kFlowEuler:
      return c.stochastic_sampling ? SamplerKind::kConsistency : SamplerKind::kEuler;
    case Kind::kScoreSdeVe:
      return SamplerKind::kPredictorCorrector;
  }
  throw Error(text_of("There is no scheduler number ", int(c.kind), "."));
}

Variance variance_of(const std::string& type) {
  if (type == "fixed_large") return Variance::kLarge;
  if (type == "learned") return Variance::kLearned;
  return type == "learned_range" ? Variance::kLearnedRange : Variance::kSmall;
}

SamplerOptions options_of(const SchedulerConfig& c) {
  SamplerOptions o;
  if (c.clip_sample) o.clip = c.clip_sample_range;
  // UniPC on the noise never looks at the picture.
  const bool thresholds = c.thresholding && (c.kind != Kind::kUniPc || c.predict_x0);
  if (thresholds) o.threshold = c.dynamic_thresholding_ratio;
  o.threshold_max = c.sample_max_value;
  o.variance = variance_of(c.variance_type);
  if (c.solver_type == "heun") o.second_order = SecondOrder::kHeun;
  o.order_limit = c.solver_order;
  o.extrapolate_noise = c.kind == Kind::kUniPc ? !c.predict_x0 : !c.algorithm_type.ends_with("++");
  o.lower_order_final = c.lower_order_final;
  o.euler_at_final = c.euler_at_final;
  o.third_order_as_diffusers = c.solver_order == 3;
  o.bh1 = c.solver_type == "bh1";
  o.no_corrector_after = c.disable_corrector;
  o.skip_runge_kutta = c.skip_prk_steps;
  o.corrections = c.correct_steps;
  o.snr = c.snr;
  return o;
}

// The pipeline of score SDEs takes 2000 steps, which is more than anyone can look at here.
int steps_of(const SchedulerConfig& c) {
  const int pipeline = c.kind == Kind::kScoreSdeVe ? kSteps.max : kPipelineSteps;
  return std::min(pipeline, c.num_train_timesteps);
}

// Where people choose the levels themselves.
void set_range(SampleSettings& s, const Schedule& schedule) {
  const SchedulerConfig& c = schedule.config();
  double low = std::min(schedule.sigma_min(), 1.), high = std::clamp(schedule.sigma_max(), 2., 80.);
  if (c.kind == Kind::kEdmEuler || c.kind == Kind::kEdmDpmMultistep)
    low = *c.sigma_min, high = *c.sigma_max;
  if (c.kind == Kind::kScoreSdeVe) low = schedule.sigma_min(), high = schedule.sigma_max();
  s.sigma_min = std::clamp(low, kSigma.min, kSigma.max);
  s.sigma_max = std::clamp(high, kSigma.min, kSigma.max);
}

}  // namespace

SampleSettings settings_of(const Schedule& schedule) {
  SampleSettings s;
  s.sampler = sampler_of(schedule.config());
  s.options = options_of(schedule.config());
  s.grid = GridKind::kModel;
  s.steps = steps_of(schedule.config());
  s.eta = s.sampler == SamplerKind::kDdim ? 0 : 1;
  set_range(s, schedule);
  return s;
}

}  // namespace stepwise
