// Files of schedulers that began as another class: X.from_config(y.config) and a save leave the
// keys of Y beside those of X, which never looks at them.
#include <gtest/gtest.h>
#include <torch/utils.h>

#include <set>

#include "model/scheduler_keys.h"
#include "traces.h"

namespace stepwise {
namespace {

using nlohmann::json;

// The network of all cases; and the score of pictures around 1/2, for who asks for one.
Tensor answer(const Tensor& x, const Tensor& timestep, const Conditioning&) {
  return torch::tanh(0.7 * x + 0.001 * timestep.view({-1, 1, 1, 1}));
}
Tensor score(const Tensor& x, const Tensor& sigma, const Conditioning&) {
  return (0.5 - x) / (sigma.view({-1, 1, 1, 1}).square() + 0.25);
}

// Where the scheduler of this file ends, in its own units.
Tensor drawn(const json& file, int steps, const Tensor& init, const Tensor& noise) {
  const Schedule schedule(scheduler_config_of(scheduler_info_of(file.dump(), "a file")));
  SampleSettings settings = settings_of(schedule);
  settings.steps = steps;
  const bool scores = schedule.config().prediction_type == "score";
  return run_of(settings, schedule, scores ? score : answer, init, stored_noise(noise)).x.back();
}

// `refused`: why diffusers itself draws nothing.
TEST(LeftOverKeys, GiveThePicturesThatDiffusersDraws) {
  const auto folder = chosen_folder("left_over");
  const json cases = read_json(folder / "cases.json");
  const Tensors stored(folder / "pictures.safetensors");
  const Tensor wanted = stored["x"];
  ASSERT_EQ(wanted.size(0), std::int64_t(cases.size()));
  Deviations all;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    const json& entry = cases[i];
    SCOPED_TRACE(text_of("case ", i, ": ", entry.dump()));
    const std::string refused = entry.value("refused", "");
    try {
      const Tensor got =
          drawn(entry.at("config"), entry.at("steps"), stored["init_noise"], stored["noise"]);
      if (refused.empty())
        all.add("x", largest_difference(got, wanted[std::int64_t(i)]), entry.at("tolerance"));
    } catch (const Error& error) {
      EXPECT_NE(refused, "") << error.what();
    }
  }
}

// For each key that any class has a value that does harm to a class that reads it: other pictures,
// or, where a key acts only together with others, a refusal.
const json& harmful() {
  static const json values = json::parse(R"({
      "algorithm_type": "sde-dpmsolver++", "base_image_seq_len": "many", "base_shift": "much",
      "beta_end": 0.05, "beta_schedule": "scaled_linear", "beta_start": 0.004,
      "clip_sample": true, "clip_sample_range": 0.01, "correct_steps": 3,
      "disable_corrector": [0, 1, 2], "dynamic_thresholding_ratio": "some",
      "euler_at_final": "yes", "final_sigmas_type": "sigma_min", "flow_shift": "much",
      "interpolation_type": "log_linear", "invert_sigmas": true, "lambda_min_clipped": -2.0,
      "lower_order_final": "no", "max_image_seq_len": "many", "max_shift": "much",
      "num_train_timesteps": 3, "predict_x0": false, "prediction_type": "v_prediction",
      "rescale_betas_zero_snr": true, "rho": 3.0, "sample_max_value": "much",
      "sampling_eps": 0.2, "set_alpha_to_one": "no", "shift": 5.0, "shift_terminal": 0.5,
      "sigma_data": 2.0, "sigma_max": 5.0, "sigma_min": 1.0, "sigma_schedule": "exponential",
      "skip_prk_steps": true, "snr": 5.0, "solver_order": 1, "solver_p": {"x": 1},
      "solver_type": "bh1", "steps_offset": 200, "stochastic_sampling": true,
      "thresholding": true, "time_shift_type": "no", "timestep_spacing": "trailing",
      "timestep_type": "no", "trained_betas": [0.5], "use_beta_sigmas": true,
      "use_dynamic_shifting": true, "use_exponential_sigmas": true, "use_flow_sigmas": true,
      "use_karras_sigmas": true, "use_lu_lambdas": true, "variance_type": "fixed_large"})");
  return values;
}

json own_keys_of(const Named<SchedulerClass>& kind) {
  return defaults_of(*known_scheduler(kind.second));
}

Tensor draws(int seed, std::vector<std::int64_t> shape) {
  torch::manual_seed(seed);
  return torch::randn(shape);
}

const Tensor kInit = draws(1, {2, 1, 4, 4}), kNoise = draws(2, {40, 2, 1, 4, 4});

// Whether these keys make a difference to a class.
bool matters(const Named<SchedulerClass>& kind, const json& keys) {
  json file{{"_class_name", kind.second}};
  const Tensor before = drawn(file, 6, kInit, kNoise);
  file.update(keys);
  try {
    return !torch::equal(drawn(file, 6, kInit, kNoise), before);
  } catch (const Error&) {
    return true;
  }
}

TEST(LeftOverKeys, OfAllOtherClassesAreWithoutEffect) {
  for (const Named<SchedulerClass>& kind : kSchedulerClasses) {
    const json own = own_keys_of(kind);
    json others = harmful();
    for (const auto& item : own.items()) others.erase(item.key());
    EXPECT_GE(others.size(), 15u) << kind.second;
    EXPECT_FALSE(matters(kind, others)) << kind.second;
  }
}

// Or the test above would prove nothing.
TEST(LeftOverKeys, DoHarmWhereTheyBelong) {
  std::set<std::string> keys;
  for (const Named<SchedulerClass>& kind : kSchedulerClasses) {
    const json own = own_keys_of(kind);
    for (const auto& item : own.items()) keys.insert(item.key());
  }
  for (const std::string& key : keys) {
    ASSERT_TRUE(harmful().contains(key)) << key;
    const bool anywhere = std::ranges::any_of(kSchedulerClasses, [&](const auto& kind) {
      return own_keys_of(kind).contains(key) && matters(kind, {{key, harmful()[key]}});
    });
    // diffusers' pipelines alone look at these, at the size of a picture.
    const bool idle = key == "max_shift" || key.ends_with("image_seq_len");
    EXPECT_EQ(anywhere, !idle) << key;
  }
}

TEST(LeftOverKeys, AreListedApartFromThoseThatNobodyHas) {
  const SchedulerInfo info = scheduler_info_of(
      R"({"_class_name": "DDPMScheduler", "_bookkeeping": 1, "use_karras_sigmas": true,
          "predicton_type": "v_prediction", "solver_type": "bh2"})",
      "a file");
  EXPECT_EQ(info.left_over, (std::vector<std::string>{"solver_type", "use_karras_sigmas"}));
  EXPECT_EQ(info.unknown, std::vector<std::string>{"predicton_type"});
}

// Levels that are respaced lie between sigma_min and sigma_max in the file, whichever class wrote
// them there: diffusers asks the file, not the signature. LMS does so but for Karras' levels.
TEST(LeftOverKeys, EndsOfRespacedLevelsAreNoLeftOvers) {
  const json ends{{"sigma_min", 0.5}, {"sigma_max", 7.0}};
  const auto respaced = [&](const char* name, const char* key) {
    json file = ends;
    file["_class_name"] = name;
    file[key] = true;
    SchedulerInfo info = scheduler_info_of(file.dump(), "a file");
    SampleSettings settings = settings_of(Schedule(info.config));
    settings.steps = 5;
    std::vector<double> sigmas = levels_of(settings, Schedule(info.config)).sigmas;
    return std::pair(sigmas.front(), sigmas[4]);
  };
  for (const char* name : {"HeunDiscreteScheduler", "DPMSolverMultistepScheduler"}) {
    EXPECT_EQ(respaced(name, "use_karras_sigmas"), std::pair(7., .5)) << name;
    EXPECT_EQ(respaced(name, "use_beta_sigmas"), std::pair(7., .5)) << name;
  }
  EXPECT_EQ(respaced("LMSDiscreteScheduler", "use_exponential_sigmas"), std::pair(7., .5));
  EXPECT_GT(respaced("LMSDiscreteScheduler", "use_karras_sigmas").first, 100);
}

}  // namespace
}  // namespace stepwise
