// What a scheduler's file may say: values in range, and combinations that have a meaning here.
#include <initializer_list>

#include "error.h"
#include "first_of.h"
#include "model/scheduler_config.h"
#include "range.h"
#include "settings/sample_settings.h"

namespace stepwise {
namespace {

using Kind = SchedulerClass;

constexpr Range<double> kBeta{0, 0.9999};
constexpr Range<double> kSigmaData{1e-6, 1e6};
constexpr Range<int> kTrainTimesteps{2, 1'000'000};
constexpr Range<double> kShift{1e-3, 1e3};

void one_of(const char* key, const std::string& value, std::initializer_list<const char*> known) {
  for (const char* name : known)
    if (value == name) return;
  throw Error(text_of(key, " is '", value, "', but should be one of: ", joined(known), "."));
}

// At most one: diffusers too refuses more. Of use_lu_lambdas it says nothing.
void check_spacing(const SchedulerConfig& c) {
  const int respacings = c.use_karras_sigmas + c.use_exponential_sigmas + c.use_beta_sigmas;
  require(respacings <= 1,
          "Only one of use_karras_sigmas, use_exponential_sigmas and use_beta_sigmas may be true.");
  one_of("timestep_spacing", c.timestep_spacing, {"leading", "trailing", "linspace"});
  one_of("interpolation_type", c.interpolation_type, {"linear", "log_linear"});
  one_of("timestep_type", c.timestep_type, {"discrete", "continuous"});
  require(c.steps_offset >= 0 && c.steps_offset < c.num_train_timesteps, "steps_offset is ",
          c.steps_offset, ", but must lie between 0 and num_train_timesteps.");
}

void check_betas(const SchedulerConfig& c) {
  kTrainTimesteps.check("num_train_timesteps", c.num_train_timesteps);
  if (!has_betas(c.kind)) return;
  one_of("beta_schedule", c.beta_schedule,
         {"linear", "scaled_linear", "squaredcos_cap_v2", "sigmoid", "laplace", "exp"});
  kBeta.check("beta_start", c.beta_start);
  kBeta.check("beta_end", c.beta_end);
  require(c.trained_betas.empty() || int(c.trained_betas.size()) == c.num_train_timesteps,
          "trained_betas has ", c.trained_betas.size(),
          " entries for num_train_timesteps = ", c.num_train_timesteps, ".");
  for (const double beta : c.trained_betas)
    Range<double>{0, 1}.check("An entry of trained_betas", beta);
}

void check_levels(const SchedulerConfig& c) {
  one_of("final_sigmas_type", c.final_sigmas_type, {"zero", "sigma_min"});
  one_of("sigma_schedule", c.sigma_schedule, {"karras", "exponential"});
  one_of("time_shift_type", c.time_shift_type, {"exponential", "linear"});
  kShift.check("shift", c.shift);
  kSigmaData.check("sigma_data", c.sigma_data);
  kRho.check("rho", c.rho);
  if (c.sigma_min) kSigmaData.check("sigma_min", *c.sigma_min);
  if (c.sigma_max) kSigmaData.check("sigma_max", *c.sigma_max);
  require(!c.sigma_min || !c.sigma_max || *c.sigma_min < *c.sigma_max, "sigma_min is ",
          c.sigma_min.value_or(0), ", but must lie below sigma_max, ", c.sigma_max.value_or(0),
          ".");
  Range<double>{0, 0.5}.check("sampling_eps", c.sampling_eps);
  if (c.shift_terminal) Range<double>{0, 0.999}.check("shift_terminal", *c.shift_terminal);
}

// Levels of betas, respaced, are no shares of noise: diffusers takes the logarithm of 1 - 157. Only
// UniPC's Karras levels are made into shares.
void check_flow(const SchedulerConfig& c) {
  if (!c.use_flow_sigmas || !is_respaced(c)) return;
  require(c.kind == Kind::kUniPc && c.use_karras_sigmas,
          "use_flow_sigmas has no meaning together with use_exponential_sigmas, use_beta_sigmas, "
          "use_lu_lambdas or, but for UniPC, use_karras_sigmas. Set one of them to false.");
}

void check_prediction(const SchedulerConfig& c) {
  const std::string& type = c.prediction_type;
  if (c.kind == Kind::kFlowEuler || c.kind == Kind::kScoreSdeVe) return;  // Of one kind only.
  if (c.kind == Kind::kEdmEuler || c.kind == Kind::kEdmDpmMultistep)
    one_of("prediction_type", type, {"epsilon", "v_prediction"});
  else if (is_solver(c.kind))
    one_of("prediction_type", type, {"epsilon", "sample", "v_prediction", "flow_prediction"});
  else
    one_of("prediction_type", type, {"epsilon", "sample", "v_prediction"});
}

void check_sampler(const SchedulerConfig& c) {
  if (c.kind == Kind::kDdpm)
    one_of("variance_type", c.variance_type,
           {"fixed_small", "fixed_small_log", "fixed_large", "learned", "learned_range"});
  if (c.kind == Kind::kEdmDpmMultistep)
    one_of("algorithm_type", c.algorithm_type, {"dpmsolver++", "sde-dpmsolver++"});
  else
    one_of("algorithm_type", c.algorithm_type,
           {"dpmsolver++", "dpmsolver", "sde-dpmsolver++", "sde-dpmsolver"});
  if (c.kind == Kind::kUniPc)
    one_of("solver_type", c.solver_type, {"bh1", "bh2"});
  else
    one_of("solver_type", c.solver_type, {"midpoint", "heun"});
  Range<int>{1, 3}.check("solver_order", c.solver_order);
  kSnr.check("snr", c.snr);
  kCorrections.check("correct_steps", c.correct_steps);
}

}  // namespace

void check(const SchedulerConfig& config) {
  check_betas(config);
  check_spacing(config);
  check_levels(config);
  check_flow(config);
  check_prediction(config);
  check_sampler(config);
}

}  // namespace stepwise
