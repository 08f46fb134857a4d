#include "model/scheduler_config.h"

#include "error.h"
#include "model/json.h"

namespace stepwise {
namespace {

using nlohmann::json;
using Kind = SchedulerClass;

Kind class_of(const std::string& name) {
  std::string names;
  for (const SchedulerClassName& known : kSchedulerClasses) {
    if (known.name == name) return known.kind;
    names += (names.empty() ? "" : ", ") + std::string(known.name);
  }
  throw Error(text_of(name.empty() ? "The model comes without a scheduler"
                                   : "There is no scheduler '" + name + "' here",
                      ". Supported are: ", names, "."));
}

// What a class does where its file says nothing.
SchedulerConfig defaults_of(Kind kind) {
  SchedulerConfig c;
  c.kind = kind;
  const bool edm = kind == Kind::kEdmEuler || kind == Kind::kEdmDpmMultistep;
  const bool whole = kind == Kind::kDdpm || kind == Kind::kDdim || kind == Kind::kPndm;
  c.timestep_spacing = whole ? "leading" : "linspace";
  c.clip_sample = kind == Kind::kDdpm || kind == Kind::kDdim;
  c.set_alpha_to_one = kind != Kind::kPndm;
  c.solver_type = kind == Kind::kUniPc ? "bh2" : "midpoint";
  if (kind == Kind::kHeun) c.beta_start = 0.00085, c.beta_end = 0.012;
  if (kind == Kind::kFlowEuler) c.prediction_type = "flow";
  if (edm) c.sigma_min = 0.002, c.sigma_max = 80;
  if (kind == Kind::kScoreSdeVe) {
    c.prediction_type = "score";
    c.num_train_timesteps = 2000;
    c.sigma_min = 0.01, c.sigma_max = 1348;
  }
  return c;
}

void read(ObjectReader& reader, const char* key, std::vector<double>& values) {
  const json* found = reader.find(key);
  if (!found) return;
  if (!found->is_array()) reader.refuse(key, *found, "a list of numbers");
  for (const json& value : *found) {
    if (!value.is_number()) reader.refuse(key, value, "a number");
    values.push_back(value.get<double>());
  }
}

void read(ObjectReader& reader, const char* key, std::optional<double>& value) {
  const json* found = reader.find(key);
  if (!found) return;
  if (!found->is_number()) reader.refuse(key, *found, "a number");
  value = found->get<double>();
}

void read(ObjectReader& reader, const char* key, std::vector<int>& values) {
  std::vector<std::int64_t> wide;
  reader.read(key, wide);
  values.assign(wide.begin(), wide.end());
}

// Keys that say how noise is added and which levels are visited.
void read_levels(ObjectReader& reader, SchedulerConfig& c) {
  reader.read("num_train_timesteps", c.num_train_timesteps);
  reader.read("beta_schedule", c.beta_schedule);
  reader.read("beta_start", c.beta_start);
  reader.read("beta_end", c.beta_end);
  read(reader, "trained_betas", c.trained_betas);
  reader.read("rescale_betas_zero_snr", c.rescale_betas_zero_snr);
  read(reader, "sigma_min", c.sigma_min);
  read(reader, "sigma_max", c.sigma_max);
  reader.read("sigma_data", c.sigma_data);
  reader.read("rho", c.rho);
  reader.read("sigma_schedule", c.sigma_schedule);
  reader.read("use_flow_sigmas", c.use_flow_sigmas);
  reader.read(is_solver(c.kind) ? "flow_shift" : "shift", c.shift);
  reader.read("use_dynamic_shifting", c.use_dynamic_shifting);
  reader.read("base_shift", c.base_shift);
  reader.read("time_shift_type", c.time_shift_type);
  read(reader, "shift_terminal", c.shift_terminal);
  if (c.kind == Kind::kFlowEuler) reader.read("invert_sigmas", c.invert_sigmas);
  reader.read("timestep_spacing", c.timestep_spacing);
  reader.read("steps_offset", c.steps_offset);
  reader.read("use_karras_sigmas", c.use_karras_sigmas);
  reader.read("use_exponential_sigmas", c.use_exponential_sigmas);
  reader.read("use_beta_sigmas", c.use_beta_sigmas);
  reader.read("use_lu_lambdas", c.use_lu_lambdas);
  reader.read("final_sigmas_type", c.final_sigmas_type);
  reader.read("set_alpha_to_one", c.set_alpha_to_one);
  reader.read("lambda_min_clipped", c.lambda_min_clipped);
  reader.read("sampling_eps", c.sampling_eps);
}

// Keys that say how a step is taken.
void read_sampler(ObjectReader& reader, SchedulerConfig& c) {
  const bool one_kind = c.kind == Kind::kFlowEuler || c.kind == Kind::kScoreSdeVe;
  if (!one_kind) reader.read("prediction_type", c.prediction_type);
  reader.read("stochastic_sampling", c.stochastic_sampling);
  reader.read("clip_sample", c.clip_sample);
  reader.read("clip_sample_range", c.clip_sample_range);
  reader.read("thresholding", c.thresholding);
  reader.read("dynamic_thresholding_ratio", c.dynamic_thresholding_ratio);
  reader.read("sample_max_value", c.sample_max_value);
  if (c.kind == Kind::kDdpm) reader.read("variance_type", c.variance_type);
  reader.read("solver_order", c.solver_order);
  reader.read("algorithm_type", c.algorithm_type);
  reader.read("solver_type", c.solver_type);
  reader.read("lower_order_final", c.lower_order_final);
  reader.read("euler_at_final", c.euler_at_final);
  reader.read("predict_x0", c.predict_x0);
  read(reader, "disable_corrector", c.disable_corrector);
  reader.read("skip_prk_steps", c.skip_prk_steps);
  reader.read("snr", c.snr);
  reader.read("correct_steps", c.correct_steps);
}

// Keys whose other values mean mathematics that is not here.
void refuse_unknown(ObjectReader& reader) {
  const json* found = reader.find("solver_p");
  if (found && *found != json(false))
    reader.refuse("solver_p", *found, "false: more is not supported");
  for (const auto& [key, wanted] :
       {std::pair("interpolation_type", "linear"), std::pair("timestep_type", "discrete")}) {
    std::string value = wanted;
    reader.read(key, value);
    require(value == wanted, key, " is '", value, "', but only '", wanted, "' is supported.");
  }
}

}  // namespace

bool has_betas(SchedulerClass kind) {
  return kind != Kind::kFlowEuler && kind != Kind::kEdmEuler && kind != Kind::kEdmDpmMultistep &&
         kind != Kind::kScoreSdeVe;
}

bool is_solver(SchedulerClass kind) { return kind == Kind::kDpmMultistep || kind == Kind::kUniPc; }

bool is_flow(const SchedulerConfig& config) {
  return config.kind == Kind::kFlowEuler || config.use_flow_sigmas;
}

SchedulerConfig scheduler_config_of(const SchedulerInfo& scheduler) {
  SchedulerConfig c = defaults_of(class_of(scheduler.class_name));
  const json object = parse_object(json_of(scheduler), scheduler.class_name);
  ObjectReader reader(object, scheduler.class_name);
  read_levels(reader, c);
  read_sampler(reader, c);
  refuse_unknown(reader);
  try {
    check(c);
  } catch (const Error& e) {
    throw Error(text_of("Cannot use the ", scheduler.class_name, ": ", e.what()));
  }
  return c;
}

}  // namespace stepwise
