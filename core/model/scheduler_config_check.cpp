// What a scheduler's file may say: values in range, and combinations that have a meaning here.
#include <initializer_list>

#include "error.h"
#include "model/scheduler_config.h"
#include "range.h"

namespace stepwise {
namespace {

using Kind = SchedulerClass;

constexpr Range<double> kBeta{0, 0.9999};
constexpr Range<double> kSigmaData{1e-6, 1e6};
constexpr Range<int> kTrainTimesteps{2, 1'000'000};
constexpr Range<double> kShift{1e-3, 1e3};

void one_of(const char* key, const std::string& value, std::initializer_list<const char*> known) {
  std::string names;
  for (const char* name : known) {
    if (value == name) return;
    names += (names.empty() ? "" : ", ") + std::string(name);
  }
  throw Error(text_of(key, " is '", value, "', but should be one of: ", names, "."));
}

int respacings(const SchedulerConfig& c) {
  return c.use_karras_sigmas + c.use_exponential_sigmas + c.use_beta_sigmas + c.use_lu_lambdas;
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
  one_of("timestep_spacing", c.timestep_spacing, {"leading", "trailing", "linspace"});
  one_of("final_sigmas_type", c.final_sigmas_type, {"zero", "sigma_min"});
  one_of("sigma_schedule", c.sigma_schedule, {"karras", "exponential"});
  one_of("time_shift_type", c.time_shift_type, {"exponential", "linear"});
  require(respacings(c) <= 1,
          "Only one of use_karras_sigmas, use_exponential_sigmas, use_beta_sigmas and "
          "use_lu_lambdas may be true.");
  require(c.steps_offset >= 0 && c.steps_offset < c.num_train_timesteps, "steps_offset is ",
          c.steps_offset, ", but must lie between 0 and num_train_timesteps.");
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
  require(!(c.invert_sigmas && c.stochastic_sampling),
          "invert_sigmas and stochastic_sampling together have no meaning. Set one to false.");
}

// Solvers know networks of flows by two keys that mean something together only.
void check_flow(const SchedulerConfig& c) {
  const bool answers = c.prediction_type == "flow_prediction";
  require(!c.use_flow_sigmas || is_solver(c.kind),
          "use_flow_sigmas is true, but is supported for DPMSolverMultistepScheduler and "
          "UniPCMultistepScheduler only.");
  require(c.use_flow_sigmas == answers || !is_solver(c.kind), "use_flow_sigmas is ",
          c.use_flow_sigmas ? "true" : "false", " and prediction_type is '", c.prediction_type,
          "'. Supported are use_flow_sigmas with 'flow_prediction', and neither.");
  if (!c.use_flow_sigmas) return;
  require(!c.use_dynamic_shifting,
          "use_dynamic_shifting is true, but with use_flow_sigmas only false is supported.");
  require(respacings(c) == 0,
          "Only one of use_flow_sigmas, use_karras_sigmas, use_exponential_sigmas, "
          "use_beta_sigmas and use_lu_lambdas may be true.");
}

void check_prediction(const SchedulerConfig& c) {
  if (is_flow(c) || c.kind == Kind::kScoreSdeVe) return;  // Of one kind only.
  if (c.kind == Kind::kEdmEuler || c.kind == Kind::kEdmDpmMultistep)
    one_of("prediction_type", c.prediction_type, {"epsilon", "v_prediction"});
  else
    one_of("prediction_type", c.prediction_type, {"epsilon", "sample", "v_prediction"});
}

void check_sampler(const SchedulerConfig& c) {
  one_of("variance_type", c.variance_type,
         {"fixed_small", "fixed_small_log", "fixed_large", "learned", "learned_range"});
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
  check_levels(config);
  check_flow(config);
  check_prediction(config);
  check_sampler(config);
}

}  // namespace stepwise
