#include "model/scheduler_config.h"

#include <algorithm>

#include "error.h"
#include "formats/safetensors_header.h"
#include "model/scheduler_keys.h"
#include "settings/json.h"

namespace stepwise {
namespace {

using nlohmann::json;
using Kind = SchedulerClass;

// Where the noise levels lie.
template <class Config, class Visit>
void visit_level_fields(Config& c, Visit visit) {
  visit("prediction_type", c.prediction_type);
  visit("num_train_timesteps", c.num_train_timesteps);
  visit("beta_schedule", c.beta_schedule);
  visit("beta_start", c.beta_start);
  visit("beta_end", c.beta_end);
  visit("trained_betas", c.trained_betas);
  visit("rescale_betas_zero_snr", c.rescale_betas_zero_snr);
  visit("sigma_min", c.sigma_min);
  visit("sigma_max", c.sigma_max);
  visit("sigma_data", c.sigma_data);
  visit("rho", c.rho);
  visit("sigma_schedule", c.sigma_schedule);
  visit("use_flow_sigmas", c.use_flow_sigmas);
  visit("shift", c.shift);
  visit("flow_shift", c.shift);
  visit("use_dynamic_shifting", c.use_dynamic_shifting);
  visit("base_shift", c.base_shift);
  visit("time_shift_type", c.time_shift_type);
  visit("shift_terminal", c.shift_terminal);
  visit("invert_sigmas", c.invert_sigmas);
  visit("stochastic_sampling", c.stochastic_sampling);
  visit("timestep_spacing", c.timestep_spacing);
  visit("steps_offset", c.steps_offset);
  visit("interpolation_type", c.interpolation_type);
  visit("timestep_type", c.timestep_type);
  visit("use_karras_sigmas", c.use_karras_sigmas);
  visit("use_exponential_sigmas", c.use_exponential_sigmas);
  visit("use_beta_sigmas", c.use_beta_sigmas);
  visit("use_lu_lambdas", c.use_lu_lambdas);
  visit("final_sigmas_type", c.final_sigmas_type);
  visit("set_alpha_to_one", c.set_alpha_to_one);
  visit("lambda_min_clipped", c.lambda_min_clipped);
}

// Calls visit(key, field) for each key that counts here. Keys that a class does not have are left
// out by what is read and written, not here.
template <class Config, class Visit>
void visit_fields(Config& c, Visit visit) {
  visit_level_fields(c, visit);
  visit("clip_sample", c.clip_sample);
  visit("clip_sample_range", c.clip_sample_range);
  visit("thresholding", c.thresholding);
  visit("dynamic_thresholding_ratio", c.dynamic_thresholding_ratio);
  visit("sample_max_value", c.sample_max_value);
  visit("variance_type", c.variance_type);
  visit("solver_order", c.solver_order);
  visit("algorithm_type", c.algorithm_type);
  visit("solver_type", c.solver_type);
  visit("lower_order_final", c.lower_order_final);
  visit("euler_at_final", c.euler_at_final);
  visit("predict_x0", c.predict_x0);
  visit("disable_corrector", c.disable_corrector);
  visit("skip_prk_steps", c.skip_prk_steps);
  visit("snr", c.snr);
  visit("correct_steps", c.correct_steps);
  visit("sampling_eps", c.sampling_eps);
}

// What diffusers takes in place of values that belong to its other solvers. The last two columns:
// what is taken by UniPC, and by the others.
void substitute(SchedulerConfig& c) {
  struct Value {
    std::string_view found, unipc, others;
  };
  constexpr std::array kSolverTypes = {
      Value{"midpoint", "bh2", "midpoint"}, Value{"heun", "bh2", "heun"},
      Value{"logrho", "bh2", "midpoint"}, Value{"bh1", "bh1", "midpoint"},
      Value{"bh2", "bh2", "midpoint"}};
  for (const Value& value : kSolverTypes)
    if (c.solver_type == value.found) {
      c.solver_type = c.kind == Kind::kUniPc ? value.unipc : value.others;
      break;
    }
  for (const char* other : {"deis", "data_prediction", "noise_prediction"})
    if (c.algorithm_type == other) c.algorithm_type = "dpmsolver++";
  constexpr int kMaxOrder = 3;  // Of DPM-Solver: asked for more it takes this.
  if (c.kind != Kind::kUniPc) c.solver_order = std::min(c.solver_order, kMaxOrder);
}

// What a class answers with where no key says so.
std::string answer_of(Kind kind) {
  if (kind == Kind::kFlowEuler) return "flow";
  return kind == Kind::kScoreSdeVe ? "score" : "epsilon";
}

SchedulerConfig config_of(Kind kind, const json& object, const std::string& name) {
  SchedulerConfig c;
  c.kind = kind;
  c.prediction_type = answer_of(kind);
  ObjectReader reader(object, name);
  visit_fields(c, [&](const char* key, auto& field) { reader.read(key, field); });
  substitute(c);
  const json* solver = reader.find("solver_p");
  if (solver && *solver != json(false))
    reader.refuse("solver_p", *solver, "null: a solver for UniPC's predictor is not supported");
  in_context("Cannot use '" + name + "': ", [&] { check(c); });
  return c;
}

// Of somebody's own class its betas, if there are any, are all that is understood.
const KnownScheduler* class_of(const json& file, const std::string& name) {
  if (const KnownScheduler* known = known_scheduler(name)) return known;
  for (const char* key : {"beta_start", "beta_end", "beta_schedule", "trained_betas"})
    if (const auto found = file.find(key); found != file.end() && !found->is_null())
      return known_scheduler("DDPMScheduler");
  return nullptr;
}

void read(SchedulerInfo& info, const json& file, const std::string& name) {
  const KnownScheduler* known = class_of(file, info.class_name);
  require(known, "Cannot use '", name, "': there is no scheduler ", in_quotes(info.class_name),
          " here, and the file says nothing of betas. Supported are: ", all_names<Kind>(), ".");
  OwnKeys own = own_keys(*known, file);
  info.left_over = std::move(own.left_over);
  info.unknown = std::move(own.unknown);
  info.config = config_of(known->as, own.object, name);
  if (!known->is_here || known->name != info.class_name)
    info.stand_in = text_of("There is no scheduler ", in_quotes(info.class_name),
                            " here. The noise that the model was ",
                            "trained with is known from its file; where nothing else is chosen, ",
                            "pictures are drawn as with ", id_of(known->as), ".");
}

}  // namespace

bool has_betas(Kind kind) {
  return kind != Kind::kFlowEuler && kind != Kind::kEdmEuler && kind != Kind::kEdmDpmMultistep &&
         kind != Kind::kScoreSdeVe;
}

bool is_whole(Kind kind) {
  return kind == Kind::kDdpm || kind == Kind::kDdim || kind == Kind::kPndm;
}

bool is_solver(Kind kind) { return kind == Kind::kDpmMultistep || kind == Kind::kUniPc; }

bool is_flow(const SchedulerConfig& config) {
  return config.kind == Kind::kFlowEuler || config.use_flow_sigmas;
}

bool is_respaced(const SchedulerConfig& c) {
  return c.use_karras_sigmas || c.use_exponential_sigmas || c.use_beta_sigmas || c.use_lu_lambdas;
}

bool is_continuous(const SchedulerConfig& c) {
  return c.timestep_type == "continuous" && c.prediction_type == "v_prediction";
}

SchedulerConfig scheduler_defaults(Kind kind) {
  const std::string name(id_of(kind));
  return config_of(kind, defaults_of(*known_scheduler(name)), name);
}

SchedulerInfo scheduler_info_of(std::string_view text, const std::string& name) {
  const json file = parse_object(text, name);
  SchedulerInfo info;
  info.class_name.clear();
  ObjectReader(file, name).read("_class_name", info.class_name);
  require(!info.class_name.empty(), "Cannot use '", name,
          "': it does not say in _class_name which scheduler it is.");
  try {
    read(info, file, name);
  } catch (const Error& e) {
    info.obstacle = e.what();
  }
  return info;
}

SchedulerInfo guessed_scheduler() {
  SchedulerInfo info;
  info.class_name.clear();
  info.config = scheduler_defaults(Kind::kDdpm);
  info.stand_in =
      "The model comes without a scheduler. It is taken for trained as most are (DDPM: 1000 noise "
      "levels with betas from 0.0001 to 0.02, and the noise as its answer). Put its "
      "scheduler_config.json beside config.json if that is wrong.";
  return info;
}

const SchedulerConfig& scheduler_config_of(const SchedulerInfo& scheduler) {
  require(scheduler.obstacle.empty(), scheduler.obstacle);
  return scheduler.config;
}

std::string json_of(const SchedulerInfo& scheduler) {
  const KnownScheduler* known = known_scheduler(scheduler.class_name);
  require(known, "Cannot write the settings of a '", scheduler.class_name, "'.");
  json object = defaults_of(*known);
  visit_fields(scheduler.config, [&](const char* key, const auto& field) {
    const auto found = object.find(key);
    if (found == object.end()) return;
    const json value = value_of(field);
    // Where diffusers too writes null for a text or a list, it stays.
    if (!found->is_null() || !(value.is_string() || value.empty())) *found = value;
  });
  object["_class_name"] = scheduler.class_name;
  object["_diffusers_version"] = kDiffusersVersion;
  return object.dump(2) + "\n";
}

}  // namespace stepwise
