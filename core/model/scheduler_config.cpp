#include "model/scheduler_config.h"

#include <algorithm>
#include <initializer_list>

#include "error.h"
#include "model/json.h"
#include "range.h"

namespace stepwise {
namespace {

using nlohmann::json;
using Kind = SchedulerClass;

constexpr Range<double> kBeta{0, 0.9999};
constexpr Range<double> kSigmaData{1e-6, 1e6};
constexpr Range<int> kTrainTimesteps{2, 1'000'000};
constexpr Range<double> kShift{1e-3, 1e3};

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
  reader.read("shift", c.shift);
  reader.read("use_dynamic_shifting", c.use_dynamic_shifting);
  reader.read("base_shift", c.base_shift);
  reader.read("time_shift_type", c.time_shift_type);
  read(reader, "shift_terminal", c.shift_terminal);
  reader.read("invert_sigmas", c.invert_sigmas);
  reader.read("timestep_spacing", c.timestep_spacing);
  reader.read("steps_offset", c.steps_offset);
  reader.read("use_karras_sigmas", c.use_karras_sigmas);
  reader.read("use_exponential_sigmas", c.use_exponential_sigmas);
  reader.read("use_beta_sigmas", c.use_beta_sigmas);
  reader.read("use_lu_lambdas", c.use_lu_lambdas);
  reader.read("final_sigmas_type", c.final_sigmas_type);
  reader.read("set_alpha_to_one", c.set_alpha_to_one);
  reader.read("lambda_min_clipped", c.lambda_min_clipped);
}

// Keys that say how a step is taken.
void read_sampler(ObjectReader& reader, SchedulerConfig& c) {
  if (c.kind != Kind::kFlowEuler) reader.read("prediction_type", c.prediction_type);
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
}

// Keys whose other values mean mathematics that is not here.
void refuse_unknown(ObjectReader& reader) {
  for (const char* key : {"use_flow_sigmas", "solver_p"}) {
    const json* found = reader.find(key);
    if (found && *found != json(false)) reader.refuse(key, *found, "false: more is not supported");
  }
  for (const auto& [key, wanted] :
       {std::pair("interpolation_type", "linear"), std::pair("timestep_type", "discrete")}) {
    std::string value = wanted;
    reader.read(key, value);
    require(value == wanted, key, " is '", value, "', but only '", wanted, "' is supported.");
  }
}

void one_of(const char* key, const std::string& value, std::initializer_list<const char*> known) {
  std::string names;
  for (const char* name : known) {
    if (value == name) return;
    names += (names.empty() ? "" : ", ") + std::string(name);
  }
  throw Error(text_of(key, " is '", value, "', but should be one of: ", names, "."));
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
  require(
      c.use_karras_sigmas + c.use_exponential_sigmas + c.use_beta_sigmas + c.use_lu_lambdas <= 1,
      "Only one of use_karras_sigmas, use_exponential_sigmas, use_beta_sigmas and "
      "use_lu_lambdas may be true.");
  require(c.steps_offset >= 0 && c.steps_offset < c.num_train_timesteps, "steps_offset is ",
          c.steps_offset, ", but must lie between 0 and num_train_timesteps.");
  kShift.check("shift", c.shift);
  kSigmaData.check("sigma_data", c.sigma_data);
  kRho.check("rho", c.rho);
  if (c.sigma_min) kSigmaData.check("sigma_min", *c.sigma_min);
  if (c.sigma_max) kSigmaData.check("sigma_max", *c.sigma_max);
  if (c.shift_terminal) Range<double>{0, 0.999}.check("shift_terminal", *c.shift_terminal);
  require(!(c.invert_sigmas && c.stochastic_sampling),
          "invert_sigmas and stochastic_sampling together have no meaning. Set one to false.");
}

void check_sampler(const SchedulerConfig& c) {
  if (c.kind == Kind::kFlowEuler)
    one_of("prediction_type", c.prediction_type, {"flow"});
  else if (c.kind == Kind::kEdmEuler || c.kind == Kind::kEdmDpmMultistep)
    one_of("prediction_type", c.prediction_type, {"epsilon", "v_prediction"});
  else
    one_of("prediction_type", c.prediction_type, {"epsilon", "sample", "v_prediction"});
  one_of("variance_type", c.variance_type,
         {"fixed_small", "fixed_small_log", "fixed_large", "learned", "learned_range"});
  one_of("algorithm_type", c.algorithm_type,
         {"dpmsolver++", "dpmsolver", "sde-dpmsolver++", "sde-dpmsolver"});
  if (c.kind == Kind::kUniPc)
    one_of("solver_type", c.solver_type, {"bh1", "bh2"});
  else
    one_of("solver_type", c.solver_type, {"midpoint", "heun"});
  Range<int>{1, 3}.check("solver_order", c.solver_order);
}

}  // namespace

bool has_betas(SchedulerClass kind) {
  return kind != Kind::kFlowEuler && kind != Kind::kEdmEuler && kind != Kind::kEdmDpmMultistep;
}

SchedulerConfig scheduler_config_of(const SchedulerInfo& scheduler) {
  SchedulerConfig c = defaults_of(class_of(scheduler.class_name));
  const json object = parse_object(json_of(scheduler), scheduler.class_name);
  ObjectReader reader(object, scheduler.class_name);
  read_levels(reader, c);
  read_sampler(reader, c);
  refuse_unknown(reader);
  try {
    check_betas(c);
    check_levels(c);
    check_sampler(c);
  } catch (const Error& e) {
    throw Error(text_of("Cannot use the ", scheduler.class_name, ": ", e.what()));
  }
  return c;
}

}  // namespace stepwise
