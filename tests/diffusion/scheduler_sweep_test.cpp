// Schedulers that nobody thought of: random values for all keys of each class, as diffusers writes
// them, often with the keys of another class beside them. Each is sampled with, or refused for a
// reason for which diffusers refuses it too, or draws NaN.
#include <gtest/gtest.h>
#include <torch/utils.h>

#include <random>

#include "model/scheduler_keys.h"
#include "traces.h"

namespace stepwise {
namespace {

using nlohmann::json;

constexpr int kSchedulers = 300;

// Keys and the values that diffusers' documentation names or their range suggests. A class takes of
// them what it has.
const json& values() {
  static const json all = json::parse(R"({
      "num_train_timesteps": [1000, 1000, 100, 250, 733, 2000], "beta_start": [0.0001, 0.00085],
      "beta_end": [0.02, 0.012],
      "beta_schedule": ["linear", "scaled_linear", "squaredcos_cap_v2"],
      "prediction_type": ["epsilon", "epsilon", "sample", "v_prediction", "flow_prediction"],
      "timestep_spacing": ["leading", "trailing", "linspace"], "steps_offset": [0, 0, 1],
      "clip_sample": [true, false], "clip_sample_range": [1.0, 0.8, 2],
      "thresholding": [true, false, false], "dynamic_thresholding_ratio": [0.995, 0.9],
      "sample_max_value": [1.0, 0.5, 3], "rescale_betas_zero_snr": [true, false],
      "variance_type": ["fixed_small", "fixed_small_log", "fixed_large", "fixed_large_log",
                        "learned_range", null],
      "set_alpha_to_one": [true, false], "skip_prk_steps": [true, false],
      "use_karras_sigmas": [true, false, false], "use_exponential_sigmas": [true, false, false],
      "use_beta_sigmas": [true, false, false], "use_lu_lambdas": [true, false, false],
      "interpolation_type": ["linear", "log_linear"], "timestep_type": ["discrete", "continuous"],
      "final_sigmas_type": ["zero", "sigma_min"], "solver_order": [1, 2, 3],
      "solver_type": ["bh1", "bh2", "midpoint", "heun", "logrho"],
      "algorithm_type": ["dpmsolver++", "sde-dpmsolver++", "dpmsolver", "sde-dpmsolver", "deis"],
      "lower_order_final": [true, false], "euler_at_final": [true, false],
      "predict_x0": [true, false], "disable_corrector": [[], [0], [1, 2]],
      "use_flow_sigmas": [true, false, false], "flow_shift": [1, 3.0], "shift": [1.0, 3, 0.5],
      "use_dynamic_shifting": [true, false, false], "base_shift": [0.5, 1],
      "time_shift_type": ["exponential", "linear"], "shift_terminal": [null, 0.1],
      "invert_sigmas": [true, false], "stochastic_sampling": [true, false],
      "sigma_data": [0.5, 1], "rho": [7.0, 5], "sigma_schedule": ["karras", "exponential"],
      "lambda_min_clipped": [null, -5.1], "sigma_min": [0.002, 0.02], "sigma_max": [80.0, 20],
      "snr": [0.15, 0.3], "correct_steps": [0, 1, 2], "sampling_eps": [1e-05, 0.001]})");
  return all;
}

class Dice {
 public:
  explicit Dice(int seed) : generator_(unsigned(seed)) {}
  std::size_t below(std::size_t count) { return generator_() % count; }
  template <class List>
  const auto& one_of(const List& list) {
    return list[below(list.size())];
  }

 private:
  std::mt19937 generator_;  // Its numbers are the same everywhere.
};

json any_scheduler(Dice& dice) {
  const Named<SchedulerClass>& kind = dice.one_of(kSchedulerClasses);
  json file = defaults_of(*known_scheduler(kind.second));
  for (auto& item : file.items())
    if (values().contains(item.key()) && dice.below(2) == 0)
      item.value() = dice.one_of(values()[item.key()]);
  file["_class_name"] = kind.second;
  return file;
}

bool is(const json& file, const char* key, const json& value) {
  return file.value(key, json()) == value;
}

// Why a file may be refused; empty: it may not.
std::string reason(const json& file) {
  const SchedulerClass kind = known_scheduler(file["_class_name"].get<std::string>())->as;
  const json own = own_keys(*known_scheduler(file["_class_name"].get<std::string>()), file).object;
  const bool edm = kind == SchedulerClass::kEdmEuler || kind == SchedulerClass::kEdmDpmMultistep;
  const int respacings = is(own, "use_karras_sigmas", true) +
                         is(own, "use_exponential_sigmas", true) + is(own, "use_beta_sigmas", true);
  if (respacings > 1) return "diffusers: only one of them can be used";
  if (is(own, "prediction_type", "flow_prediction") && !is_solver(kind))
    return "diffusers: prediction_type is not supported";
  if (edm && is(own, "prediction_type", "sample"))
    return "diffusers: prediction_type is not supported";
  if (kind == SchedulerClass::kDdpm && is(own, "variance_type", "fixed_large_log"))
    return "diffusers: the root of a logarithm, NaN";
  const bool karras = kind == SchedulerClass::kUniPc && is(own, "use_karras_sigmas", true);
  const bool spread = respacings > 0 || is(own, "use_lu_lambdas", true);
  if (is(own, "use_flow_sigmas", true) && spread && !karras)
    return "diffusers: the logarithm of a negative share, NaN";
  if (kind == SchedulerClass::kEdmDpmMultistep &&
      (is(own, "algorithm_type", "dpmsolver") || is(own, "algorithm_type", "sde-dpmsolver")))
    return "diffusers: algorithm_type is not implemented";
  return "";
}

Tensor drawn(const json& file, int steps) {
  const Schedule schedule(scheduler_config_of(scheduler_info_of(file.dump(), "a file")));
  SampleSettings settings = settings_of(schedule);
  settings.steps = steps;
  const bool scores = schedule.config().prediction_type == "score";
  const Network network = [=](const Tensor& x, const Tensor& timestep, const Conditioning&) {
    const Tensor t = timestep.view({-1, 1, 1, 1});
    return scores ? (0.5 - x) / (t.square() + 0.25) : torch::tanh(0.7 * x + 0.001 * t);
  };
  const StepNoise noise = [](const Tensor& x) { return torch::randn_like(x); };
  return run_of(settings, schedule, network, torch::randn({1, 1, 4, 4}), noise).x.back();
}

TEST(SchedulerSweep, EachIsSampledOrRefusedForAReason) {
  int drawn_count = 0;
  for (int seed = 0; seed < kSchedulers; ++seed) {
    Dice dice(seed);
    json file = any_scheduler(dice);
    if (dice.below(2) == 0) {
      const json other = any_scheduler(dice);
      for (const auto& item : other.items()) file.emplace(item.key(), item.value());
    }
    SCOPED_TRACE(text_of("seed ", seed, ": ", file.dump()));
    torch::manual_seed(std::uint64_t(seed));
    const std::string why = reason(file);
    bool refused = false;
    try {
      EXPECT_TRUE(drawn(file, 1 + int(dice.below(20))).isfinite().all().item<bool>());
      ++drawn_count;
    } catch (const Error& error) {
      refused = true;
      EXPECT_NE(why, "") << error.what();
    }
    EXPECT_EQ(refused, why != "") << why;
  }
  EXPECT_GT(drawn_count, kSchedulers * 2 / 3);
}

}  // namespace
}  // namespace stepwise
