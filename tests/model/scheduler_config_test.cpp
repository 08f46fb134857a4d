#include "model/scheduler_config.h"

#include <gtest/gtest.h>

#include <cmath>

#include "error.h"

namespace stepwise {
namespace {

SchedulerConfig config_of(const std::string& json) {
  return scheduler_config_of(scheduler_info_of(json, "scheduler_config.json"));
}
SchedulerConfig ddpm_with(const std::string& keys) {
  return config_of(R"({"_class_name": "DDPMScheduler", )" + keys + "}");
}
std::string refusal_of(const std::string& json) {
  try {
    config_of(json);
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

TEST(SchedulerConfig, MissingAndNullKeysAreTheClassesOwnDefaults) {
  const SchedulerConfig ddpm = config_of(R"({"_class_name": "DDPMScheduler"})");
  EXPECT_EQ(ddpm.timestep_spacing, "leading");
  EXPECT_TRUE(ddpm.clip_sample);
  const SchedulerConfig heun =
      config_of(R"({"_class_name": "HeunDiscreteScheduler", "beta_start": null})");
  EXPECT_EQ(heun.beta_start, 0.00085);
  EXPECT_EQ(heun.timestep_spacing, "linspace");
  EXPECT_FALSE(config_of(R"({"_class_name": "PNDMScheduler"})").set_alpha_to_one);
  EXPECT_EQ(config_of(R"({"_class_name": "UniPCMultistepScheduler"})").solver_type, "bh2");
  EXPECT_EQ(config_of(R"({"_class_name": "FlowMatchEulerDiscreteScheduler"})").prediction_type,
            "flow");
  EXPECT_EQ(config_of(R"({"_class_name": "EDMEulerScheduler"})").sigma_max, 80);
  const SchedulerConfig score = config_of(R"({"_class_name": "ScoreSdeVeScheduler"})");
  EXPECT_EQ(score.num_train_timesteps, 2000);
  EXPECT_EQ(score.sigma_max, 1348);
  EXPECT_EQ(score.snr, 0.15);
}

TEST(SchedulerConfig, BareInfinityIsRead) {
  const SchedulerConfig config = config_of(
      R"({"_class_name": "DPMSolverMultistepScheduler", "lambda_min_clipped": -Infinity})");
  EXPECT_EQ(config.lambda_min_clipped, -std::numeric_limits<double>::infinity());
}

TEST(SchedulerConfig, UnknownKeysAreLetBe) {
  EXPECT_EQ(ddpm_with(R"("a_new_key": {"x": [1]}, "beta_end": 0.01)").beta_end, 0.01);
}

TEST(SchedulerConfig, AnUnsupportedClassIsRefusedWithTheListOfThoseSupported) {
  const std::string text = refusal_of(R"({"_class_name": "KDPM2DiscreteScheduler"})");
  EXPECT_NE(text.find("KDPM2DiscreteScheduler"), std::string::npos);
  for (const SchedulerClassName& known : kSchedulerClasses)
    EXPECT_NE(text.find(known.name), std::string::npos) << known.name;
}

TEST(SchedulerConfig, AMissingSchedulerIsRefusedToo) {
  SchedulerInfo none;
  none.class_name.clear();
  EXPECT_THROW(scheduler_config_of(none), Error);
}

TEST(SchedulerConfig, ValuesWithoutMeaningAreRefusedByName) {
  for (const char* keys :
       {R"("beta_schedule": "quadratic")", R"("prediction_type": "flow")", R"("beta_start": 2)",
        R"("timestep_spacing": "random")", R"("variance_type": "fixed_large_log")",
        R"("trained_betas": [0.1, 0.2])", R"("num_train_timesteps": 1)", R"("steps_offset": -1)",
        R"("clip_sample": "yes")", R"("trained_betas": "many")"}) {
    const std::string text =
        refusal_of(R"({"_class_name": "DDPMScheduler", )" + std::string(keys) + "}");
    const std::string key = std::string(keys).substr(1, std::string(keys).find('"', 1) - 1);
    EXPECT_NE(text.find(key), std::string::npos) << keys << ": " << text;
  }
}

TEST(SchedulerConfig, SolversOfFlowsHaveAShiftOfTheirOwnName) {
  const std::string keys = R"("use_flow_sigmas": true, "prediction_type": "flow_prediction",
                              "use_dynamic_shifting": false, "shift": 2, "flow_shift": 5})";
  for (const char* name : {"DPMSolverMultistepScheduler", "UniPCMultistepScheduler"}) {
    const SchedulerConfig config = config_of(text_of(R"({"_class_name": ")", name, "\", ", keys));
    EXPECT_TRUE(is_flow(config));
    EXPECT_EQ(config.shift, 5);
  }
  EXPECT_EQ(config_of(R"({"_class_name": "FlowMatchEulerDiscreteScheduler", "shift": 2})").shift,
            2);
}

TEST(SchedulerConfig, SolversOfFlowsNeedBothOfTheirKeys) {
  for (const char* keys :
       {R"("use_flow_sigmas": true)", R"("prediction_type": "flow_prediction")"}) {
    const std::string text =
        refusal_of(text_of(R"({"_class_name": "UniPCMultistepScheduler", )", keys, "}"));
    EXPECT_NE(text.find("use_flow_sigmas with 'flow_prediction'"), std::string::npos) << text;
  }
}

TEST(SchedulerConfig, MathematicsThatIsNotHereIsRefused) {
  for (const char* json :
       {R"({"_class_name": "EulerDiscreteScheduler", "timestep_type": "continuous"})",
        R"({"_class_name": "EulerDiscreteScheduler", "interpolation_type": "log_linear"})",
        R"({"_class_name": "EulerDiscreteScheduler", "use_karras_sigmas": true,
            "use_beta_sigmas": true})",
        R"({"_class_name": "UniPCMultistepScheduler", "solver_p": {"x": 1}})",
        R"({"_class_name": "UniPCMultistepScheduler", "solver_order": 4})",
        R"({"_class_name": "EulerDiscreteScheduler", "use_flow_sigmas": true})",
        R"({"_class_name": "DDPMScheduler", "prediction_type": "flow_prediction"})",
        R"({"_class_name": "UniPCMultistepScheduler", "use_flow_sigmas": true,
            "prediction_type": "flow_prediction", "use_dynamic_shifting": true})",
        R"({"_class_name": "DPMSolverMultistepScheduler", "use_flow_sigmas": true,
            "prediction_type": "flow_prediction", "use_karras_sigmas": true})",
        R"({"_class_name": "EDMEulerScheduler", "sigma_min": 80})",
        R"({"_class_name": "ScoreSdeVeScheduler", "correct_steps": -1})",
        R"({"_class_name": "FlowMatchEulerDiscreteScheduler", "invert_sigmas": true,
            "stochastic_sampling": true})"})
    EXPECT_NE(refusal_of(json), "") << json;
}

}  // namespace
}  // namespace stepwise
