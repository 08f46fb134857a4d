// diffusers' scheduler_config.json: what it says to its own class, with that class's defaults
// filled in, as one plain struct whose fields have the names of the keys; and which of its keys it
// does not say to it. No torch; any thread.
#pragma once

#include <array>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fields.h"
#include "settings/degradation.h"

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
inline constexpr std::array kSchedulerClasses = {
    Named<SchedulerClass>{SchedulerClass::kDdpm, "DDPMScheduler"},
    Named<SchedulerClass>{SchedulerClass::kDdim, "DDIMScheduler"},
    Named<SchedulerClass>{SchedulerClass::kPndm, "PNDMScheduler"},
    Named<SchedulerClass>{SchedulerClass::kEuler, "EulerDiscreteScheduler"},
    Named<SchedulerClass>{SchedulerClass::kEulerAncestral, "EulerAncestralDiscreteScheduler"},
    Named<SchedulerClass>{SchedulerClass::kHeun, "HeunDiscreteScheduler"},
    Named<SchedulerClass>{SchedulerClass::kLms, "LMSDiscreteScheduler"},
    Named<SchedulerClass>{SchedulerClass::kDpmMultistep, "DPMSolverMultistepScheduler"},
    Named<SchedulerClass>{SchedulerClass::kUniPc, "UniPCMultistepScheduler"},
    Named<SchedulerClass>{SchedulerClass::kFlowEuler, "FlowMatchEulerDiscreteScheduler"},
    Named<SchedulerClass>{SchedulerClass::kEdmEuler, "EDMEulerScheduler"},
    Named<SchedulerClass>{SchedulerClass::kEdmDpmMultistep, "EDMDPMSolverMultistepScheduler"},
    Named<SchedulerClass>{SchedulerClass::kScoreSdeVe, "ScoreSdeVeScheduler"},
};
constexpr const auto& names_of(SchedulerClass) { return kSchedulerClasses; }

struct SchedulerConfig {
  SchedulerClass kind = SchedulerClass::kEdmEuler;
  // epsilon, sample, v_prediction or, for solvers, flow_prediction; flow for kFlowEuler, score for
  // kScoreSdeVe.
  std::string prediction_type = "epsilon";
  int num_train_timesteps = 1000;
  // What makes pictures worse: no key of diffusers, which knows of noise alone.
  DegradationStack degradation = Degradation::kNoise;

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
  std::string interpolation_type = "linear";  // Euler: or log_linear, even in ln sigma.
  std::string timestep_type =
      "discrete";  // Euler: or continuous; velocities then go by ln sigma / 4.
  bool use_karras_sigmas = false, use_exponential_sigmas = false;  // Karras and lu go first.
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
  std::string solver_type = "midpoint";  // Or heun; UniPC: bh1 or bh2.
  bool lower_order_final = true;
  bool euler_at_final = false;
  bool predict_x0 = true;              // UniPC.
  std::vector<int> disable_corrector;  // UniPC.
  bool skip_prk_steps = false;         // PNDM.
  double snr = 0.15;                   // Score SDE: of its Langevin steps,
  int correct_steps = 1;               //   so many before each step.
  double sampling_eps = 1e-5;          // Score SDE: the last time, where the first is 1.

  bool operator==(const SchedulerConfig&) const = default;
};

// What a class does where its file says nothing.
SchedulerConfig scheduler_defaults(SchedulerClass kind);

// Throws Error naming the first value or combination that has no meaning here.
void check(const SchedulerConfig& config);

// A scheduler_config.json. As it stands: that of our own models.
struct SchedulerInfo {
  std::string class_name = "EDMEulerScheduler";  // Empty: there is none.
  SchedulerConfig config = scheduler_defaults(SchedulerClass::kEdmEuler);
  // Where the class is not here: what is taken in its place, and of what that is sure. Whole
  // sentences.
  std::string stand_in;
  std::vector<std::string> left_over;  // Keys of other classes; without effect.
  std::vector<std::string> unknown;    // Keys of no class; without effect.
  std::string obstacle;                // Why it cannot be sampled with; empty: it can.
};

// Throws Error if it is not JSON, or names no class. Other faults are obstacles.
SchedulerInfo scheduler_info_of(std::string_view json, const std::string& name);

// Of a model that comes without one: taken for trained as diffusers trains where nobody says
// otherwise.
SchedulerInfo guessed_scheduler();

// Its config. Throws Error where there is an obstacle.
const SchedulerConfig& scheduler_config_of(const SchedulerInfo& scheduler);

// All keys of its class, as diffusers writes them.
std::string json_of(const SchedulerInfo& scheduler);

// beta schedulers: whether noise levels are a table over training steps.
bool has_betas(SchedulerClass kind);

// DDPM, DDIM and PNDM step from training step to training step, in whole numbers.
bool is_whole(SchedulerClass kind);

// DPM-Solver and UniPC, but not those of EDM.
bool is_solver(SchedulerClass kind);

// Whether the network was trained on (1 - share) clean + share noise.
bool is_flow(const SchedulerConfig& config);

// Whether levels are spread in another way than the times of the grid.
bool is_respaced(const SchedulerConfig& config);

// Euler: whether a network's time is ln sigma / 4, as EDM's, and no training step.
bool is_continuous(const SchedulerConfig& config);

}  // namespace stepwise
