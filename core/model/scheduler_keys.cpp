#include "model/scheduler_keys.h"

#include <algorithm>
#include <set>

#include "error.h"

namespace stepwise {
namespace {

using nlohmann::json;
using Kind = SchedulerClass;

constexpr std::string_view kBetas = R"(
    "num_train_timesteps": 1000, "beta_start": 0.0001, "beta_end": 0.02, "beta_schedule": "linear",
    "trained_betas": null, "prediction_type": "epsilon", "steps_offset": 0,
    "timestep_spacing": "linspace")";
constexpr std::string_view kLatentBetas = R"("beta_start": 0.00085, "beta_end": 0.012)";
constexpr std::string_view kZeroSnr = R"("rescale_betas_zero_snr": false)";

constexpr std::string_view kRespaced = R"(
    "use_karras_sigmas": false, "use_exponential_sigmas": false, "use_beta_sigmas": false)";
constexpr std::string_view kFlow = R"(
    "use_flow_sigmas": false, "flow_shift": 1.0, "use_dynamic_shifting": false,
    "time_shift_type": "exponential")";
constexpr std::string_view kThresholds = R"(
    "thresholding": false, "dynamic_thresholding_ratio": 0.995, "sample_max_value": 1.0)";

constexpr std::string_view kDdim = R"(
    "clip_sample": true, "clip_sample_range": 1.0, "set_alpha_to_one": true,
    "timestep_spacing": "leading", "rescale_betas_zero_snr": false)";
constexpr std::string_view kDdpm = R"(
    "clip_sample": true, "clip_sample_range": 1.0, "variance_type": "fixed_small",
    "timestep_spacing": "leading", "rescale_betas_zero_snr": false)";
constexpr std::string_view kDistilled = R"(
    "beta_schedule": "scaled_linear", "clip_sample": false, "original_inference_steps": 50,
    "timestep_scaling": 10.0)";
constexpr std::string_view kDpm = R"(
    "solver_order": 2, "algorithm_type": "dpmsolver++", "solver_type": "midpoint",
    "lower_order_final": true, "euler_at_final": false, "lambda_min_clipped": null,
    "variance_type": null, "final_sigmas_type": "zero", "use_lu_lambdas": false,
    "rescale_betas_zero_snr": false)";
constexpr std::string_view kFlowEuler = R"(
    "num_train_timesteps": 1000, "shift": 1.0, "use_dynamic_shifting": false, "base_shift": 0.5,
    "max_shift": 1.15, "base_image_seq_len": 256, "max_image_seq_len": 4096,
    "invert_sigmas": false, "shift_terminal": null, "time_shift_type": "exponential")";
constexpr std::string_view kEdm = R"(
    "sigma_min": 0.002, "sigma_max": 80.0, "sigma_data": 0.5, "sigma_schedule": "karras",
    "num_train_timesteps": 1000, "prediction_type": "epsilon", "rho": 7.0,
    "final_sigmas_type": "zero")";

constexpr std::array kKnown = {
    KnownScheduler{"DDPMScheduler", Kind::kDdpm, true, {kBetas, kThresholds, kDdpm}},
    KnownScheduler{"DDIMScheduler", Kind::kDdim, true, {kBetas, kThresholds, kDdim}},
    KnownScheduler{"PNDMScheduler",
                   Kind::kPndm,
                   true,
                   {kBetas, R"("skip_prk_steps": false, "set_alpha_to_one": false,
                               "timestep_spacing": "leading")"}},
    KnownScheduler{"EulerDiscreteScheduler",
                   Kind::kEuler,
                   true,
                   {kBetas, kRespaced, kZeroSnr,
                    R"("interpolation_type": "linear", "timestep_type": "discrete",
                       "final_sigmas_type": "zero", "sigma_min": null, "sigma_max": null)"}},
    KnownScheduler{
        "EulerAncestralDiscreteScheduler", Kind::kEulerAncestral, true, {kBetas, kZeroSnr}},
    KnownScheduler{
        "HeunDiscreteScheduler",
        Kind::kHeun,
        true,
        {kBetas, kLatentBetas, kRespaced, R"("clip_sample": false, "clip_sample_range": 1.0)"}},
    KnownScheduler{"LMSDiscreteScheduler", Kind::kLms, true, {kBetas, kRespaced}},
    KnownScheduler{"DPMSolverMultistepScheduler",
                   Kind::kDpmMultistep,
                   true,
                   {kBetas, kThresholds, kRespaced, kFlow, kDpm}},
    KnownScheduler{"UniPCMultistepScheduler",
                   Kind::kUniPc,
                   true,
                   {kBetas, kThresholds, kRespaced, kFlow,
                    R"("solver_order": 2, "predict_x0": true, "solver_type": "bh2",
                       "lower_order_final": true, "disable_corrector": [], "solver_p": null,
                       "final_sigmas_type": "zero", "rescale_betas_zero_snr": false,
                       "shift_terminal": null, "sigma_min": null, "sigma_max": null)"}},
    KnownScheduler{"FlowMatchEulerDiscreteScheduler",
                   Kind::kFlowEuler,
                   true,
                   {kFlowEuler, kRespaced, R"("stochastic_sampling": false)"}},
    KnownScheduler{"EDMEulerScheduler", Kind::kEdmEuler, true, {kEdm}},
    KnownScheduler{"EDMDPMSolverMultistepScheduler",
                   Kind::kEdmDpmMultistep,
                   true,
                   {kEdm, kThresholds,
                    R"("solver_order": 2, "algorithm_type": "dpmsolver++",
                       "solver_type": "midpoint", "lower_order_final": true,
                       "euler_at_final": false)"}},
    KnownScheduler{"ScoreSdeVeScheduler",
                   Kind::kScoreSdeVe,
                   true,
                   {R"("num_train_timesteps": 2000, "snr": 0.15, "sigma_min": 0.01,
                       "sigma_max": 1348.0, "sampling_eps": 1e-05, "correct_steps": 1)"}},
    // The same under another name.
    KnownScheduler{"DDPMParallelScheduler", Kind::kDdpm, true, {kBetas, kThresholds, kDdpm}},
    KnownScheduler{"DDIMParallelScheduler", Kind::kDdim, true, {kBetas, kThresholds, kDdim}},
    // Others, of whose training the noise is known. These have not all of the keys listed.
    KnownScheduler{"DEISMultistepScheduler",
                   Kind::kDpmMultistep,
                   false,
                   {kBetas, kThresholds, kRespaced, kFlow,
                    R"("solver_order": 2, "algorithm_type": "deis", "solver_type": "logrho",
                       "lower_order_final": true)"}},
    KnownScheduler{"DPMSolverSinglestepScheduler",
                   Kind::kDpmMultistep,
                   false,
                   {kBetas, kThresholds, kRespaced, kFlow,
                    R"("solver_order": 2, "algorithm_type": "dpmsolver++",
                       "solver_type": "midpoint", "lower_order_final": false,
                       "final_sigmas_type": "zero", "lambda_min_clipped": null,
                       "variance_type": null)"}},
    KnownScheduler{"DPMSolverMultistepInverseScheduler",
                   Kind::kDpmMultistep,
                   false,
                   {kBetas, kThresholds, kRespaced, kFlow, kDpm}},
    KnownScheduler{"SASolverScheduler",
                   Kind::kDpmMultistep,
                   false,
                   {kBetas, kThresholds, kRespaced, kFlow,
                    R"("predictor_order": 2, "corrector_order": 2, "tau_func": null,
                       "algorithm_type": "data_prediction", "lower_order_final": true,
                       "lambda_min_clipped": null, "variance_type": null)"}},
    KnownScheduler{"KDPM2DiscreteScheduler", Kind::kHeun, false, {kBetas, kLatentBetas, kRespaced}},
    KnownScheduler{
        "KDPM2AncestralDiscreteScheduler", Kind::kHeun, false, {kBetas, kLatentBetas, kRespaced}},
    KnownScheduler{"DPMSolverSDEScheduler",
                   Kind::kHeun,
                   false,
                   {kBetas, kLatentBetas, kRespaced, R"("noise_sampler_seed": null)"}},
    KnownScheduler{"DDIMInverseScheduler", Kind::kDdim, false, {kBetas, kDdim}},
    KnownScheduler{
        "LCMScheduler", Kind::kDdim, false, {kBetas, kThresholds, kLatentBetas, kDdim, kDistilled}},
    KnownScheduler{
        "TCDScheduler", Kind::kDdim, false, {kBetas, kThresholds, kLatentBetas, kDdim, kDistilled}},
    KnownScheduler{
        "RePaintScheduler", Kind::kDdpm, false, {kBetas, R"("eta": 0.0, "clip_sample": true)"}},
    KnownScheduler{"UnCLIPScheduler",
                   Kind::kDdpm,
                   false,
                   {R"("num_train_timesteps": 1000, "variance_type": "fixed_small_log",
                       "clip_sample": true, "clip_sample_range": 1.0,
                       "prediction_type": "epsilon", "beta_schedule": "squaredcos_cap_v2")"}},
    KnownScheduler{"FlowMatchHeunDiscreteScheduler",
                   Kind::kFlowEuler,
                   false,
                   {R"("num_train_timesteps": 1000, "shift": 1.0)"}},
    KnownScheduler{"FlowMatchLCMScheduler",
                   Kind::kFlowEuler,
                   false,
                   {kFlowEuler, kRespaced, R"("scale_factors": null, "upscale_mode": "bicubic")"}},
};

const std::set<std::string>& keys_of_all() {
  static const std::set<std::string> all = [] {
    std::set<std::string> keys;
    for (const KnownScheduler& known : kKnown) {
      const json own = defaults_of(known);
      for (const auto& item : own.items()) keys.insert(item.key());
    }
    return keys;
  }();
  return all;
}

// Keys whose values a file says are only the defaults of the class that wrote it.
std::set<std::string> only_defaults(const json& file) {
  std::set<std::string> keys;
  const auto found = file.find("_use_default_values");
  if (found == file.end() || !found->is_array()) return keys;
  for (const json& key : *found)
    if (key.is_string()) keys.insert(key.get<std::string>());
  return keys;
}

// Not all classes that respace their levels have keys for the ends of these, but the code of all
// looks for them in the file.
void add_ends(json& own, const json& file) {
  for (const char* key : {"use_karras_sigmas", "use_exponential_sigmas", "use_beta_sigmas"})
    if (own.contains(key) && file.value(key, json()) == json(true)) {
      own.emplace("sigma_min", nullptr);
      own.emplace("sigma_max", nullptr);
    }
}

}  // namespace

const KnownScheduler* known_scheduler(std::string_view name) {
  const auto found = std::ranges::find(kKnown, name, &KnownScheduler::name);
  return found == kKnown.end() ? nullptr : &*found;
}

json defaults_of(const KnownScheduler& scheduler) {
  json object = json::object();
  for (const std::string_view members : scheduler.keys)
    object.update(json::parse(text_of('{', members, '}')));
  return object;
}

OwnKeys own_keys(const KnownScheduler& scheduler, const json& file) {
  OwnKeys own{defaults_of(scheduler), {}, {}};
  add_ends(own.object, file);
  const std::set<std::string> passed_over = only_defaults(file);
  for (const auto& [key, value] : file.items()) {
    if (key.starts_with('_') || passed_over.contains(key)) continue;
    const auto mine = own.object.find(key);
    if (mine == own.object.end())
      (keys_of_all().contains(key) ? own.left_over : own.unknown).push_back(key);
    else if (!value.is_null())
      *mine = value;
    else if (mine->is_boolean())
      *mine = false;  // As Python has it.
  }
  return own;
}

}  // namespace stepwise
