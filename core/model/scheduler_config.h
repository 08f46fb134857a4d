// diffusers' scheduler_config.json as one plain struct, with each class's own defaults filled in
// and everything that is not understood refused. No torch; any thread. Fields have the names of the
// keys.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/info.h"

namespace stepwise {

// The classes this program samples as, and their names in files.
enum class SchedulerClass {
  kDdpm,
  kDdim,
  kPndm,
  kEuler,
  kEulerAncestral,
  kHeun,
  kLms,
  kDpmMultistep,
  kUniPc,
  kFlowEuler,
  kEdmEuler,
  kEdmDpmMultistep,
  kScoreSdeVe
};
struct SchedulerClassName {
  SchedulerClass kind;
  std::string_view name;
};
inline constexpr std::array kSchedulerClasses = {
    SchedulerClassName{SchedulerClass::kDdpm, "DDPMScheduler"},
    SchedulerClassName{SchedulerClass::kDdim, "DDIMScheduler"},
    SchedulerClassName{SchedulerClass::kPndm, "PNDMScheduler"},
    SchedulerClassName{SchedulerClass::kEuler, "EulerDiscreteScheduler"},
    SchedulerClassName{SchedulerClass::kEulerAncestral, "EulerAncestralDiscreteScheduler"},
    SchedulerClassName{SchedulerClass::kHeun, "HeunDiscreteScheduler"},
    SchedulerClassName{SchedulerClass::kLms, "LMSDiscreteScheduler"},
    SchedulerClassName{SchedulerClass::kDpmMultistep, "DPMSolverMultistepScheduler"},
    SchedulerClassName{SchedulerClass::kUniPc, "UniPCMultistepScheduler"},
    SchedulerClassName{SchedulerClass::kFlowEuler, "FlowMatchEulerDiscreteScheduler"},
    SchedulerClassName{SchedulerClass::kEdmEuler, "EDMEulerScheduler"},
    SchedulerClassName{SchedulerClass::kEdmDpmMultistep, "EDMDPMSolverMultistepScheduler"},
    SchedulerClassName{SchedulerClass::kScoreSdeVe, "ScoreSdeVeScheduler"},
};

struct SchedulerConfig {
  SchedulerClass kind = SchedulerClass::kEdmEuler;
  // epsilon, sample or v_prediction; flow for kFlowEuler, flow_prediction for solvers of flows,
  // score for kScoreSdeVe.
  std::string prediction_type = "epsilon";
  int num_train_timesteps = 1000;

  // How noise is added in training: beta schedulers.
  std::string beta_schedule = "linear";
  double beta_start = 1e-4, beta_end = 0.02;
  std::vector<double> trained_betas;  // Instead of the above; empty: none.
  bool rescale_betas_zero_snr = false;

  // EDM and score SDE; for others, where given, the ends of karras, exponential and beta levels.
  std::optional<double> sigma_min, sigma_max;
  double sigma_data = 0.5;
  double rho = 7;
  std::string sigma_schedule = "karras";  // Or exponential.

  // Flow matching.
  bool use_flow_sigmas = false;  // DPM-Solver and UniPC: for networks that answer with flows.
  double shift = 1;              // Theirs is called flow_shift.
  bool use_dynamic_shifting = false;
  double base_shift = 0.5;  // mu where none is given.
  std::string time_shift_type = "exponential";
  std::optional<double> shift_terminal;
  bool invert_sigmas = false;
  bool stochastic_sampling = false;

  // The levels that are visited.
  std::string timestep_spacing = "leading";  // leading, trailing, linspace.
  int steps_offset = 0;
  bool use_karras_sigmas = false, use_exponential_sigmas = false;  // At most one of the four.
  bool use_beta_sigmas = false, use_lu_lambdas = false;
  std::string final_sigmas_type = "zero";  // Or sigma_min.
  bool set_alpha_to_one = true;            // DDIM, PNDM: they end without noise.
  double lambda_min_clipped = -std::numeric_limits<double>::infinity();

  // The sampler.
  bool clip_sample = false;
  double clip_sample_range = 1;
  bool thresholding = false;
  double dynamic_thresholding_ratio = 0.995;
  double sample_max_value = 1;
  std::string variance_type = "fixed_small";  // DDPM.
  int solver_order = 2;
  std::string algorithm_type = "dpmsolver++";
  std::string solver_type;  // midpoint or heun, bh1 or bh2.
  bool lower_order_final = true;
  bool euler_at_final = false;
  bool predict_x0 = true;              // UniPC.
  std::vector<int> disable_corrector;  // UniPC.
  bool skip_prk_steps = false;         // PNDM.
  double snr = 0.15;                   // Score SDE: of its Langevin steps,
  int correct_steps = 1;               //   so many before each step.
  double sampling_eps = 1e-5;          // Score SDE: the last time, where the first is 1.
};

// Throws Error for a class, a value or a combination that this program does not know.
SchedulerConfig scheduler_config_of(const SchedulerInfo& scheduler);

// Throws Error naming the first value or combination that has no meaning here.
void check(const SchedulerConfig& config);

// beta schedulers: whether noise levels are a table over training steps.
bool has_betas(SchedulerClass kind);

// DPM-Solver and UniPC, but not those of EDM.
bool is_solver(SchedulerClass kind);

// Whether the network was trained on (1 - share) clean + share noise.
bool is_flow(const SchedulerConfig& config);

}  // namespace stepwise
