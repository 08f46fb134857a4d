#include "model/scheduler_config.h"

#include <gtest/gtest.h>

#include <cmath>

#include "error.h"
#include "error_of.h"

namespace stepwise {
namespace {

SchedulerConfig config_of(const std::string& text) {
  return scheduler_config_of(scheduler_info_of(text, "scheduler_config.json"));
}
SchedulerConfig ddpm_with(const std::string& keys) {
  return config_of(R"({"_class_name": "DDPMScheduler", )" + keys + "}");
}
std::string refusal_of(const std::string& text) {
  return error_of([&] { config_of(text); });
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

TEST(SchedulerConfig, AClassOfUnknownNoiseIsRefusedWithTheListOfThoseSupported) {
  const std::string text =
      refusal_of(R"({"_class_name": "IPNDMScheduler", "trained_betas": null})");
  EXPECT_NE(text.find("IPNDMScheduler"), std::string::npos);
  for (const Named<SchedulerClass>& known : kSchedulerClasses)
    EXPECT_NE(text.find(known.second), std::string::npos) << known.second;
}

TEST(SchedulerConfig, AnotherClassThatIsNotHereLendsItsNoise) {
  const auto read = [](const std::string& text) { return scheduler_info_of(text, "a file"); };
  const SchedulerInfo deis = read(R"({"_class_name": "DEISMultistepScheduler", "beta_end": 0.01,
                                      "solver_order": 3})");
  EXPECT_EQ(deis.config.kind, SchedulerClass::kDpmMultistep);
  EXPECT_EQ(deis.config.beta_end, 0.01);
  EXPECT_EQ(deis.config.solver_order, 3);
  EXPECT_EQ(deis.config.algorithm_type, "dpmsolver++");
  EXPECT_NE(deis.stand_in.find("no scheduler 'DEISMultistepScheduler' here"), std::string::npos);
  const SchedulerInfo kdpm2 = read(R"({"_class_name": "KDPM2DiscreteScheduler"})");
  EXPECT_EQ(kdpm2.config.kind, SchedulerClass::kHeun);
  EXPECT_EQ(kdpm2.config.beta_end, 0.012);
  const SchedulerInfo own = read(R"({"_class_name": "MyScheduler", "beta_end": 0.03, "mine": 1})");
  EXPECT_EQ(own.config.kind, SchedulerClass::kDdpm);
  EXPECT_EQ(own.config.beta_end, 0.03);
  EXPECT_NE(own.stand_in.find("no scheduler 'MyScheduler' here"), std::string::npos);
}

TEST(SchedulerConfig, TheSameUnderAnotherNameNeedsNoStandIn) {
  const SchedulerInfo info =
      scheduler_info_of(R"({"_class_name": "DDIMParallelScheduler", "clip_sample": false})", "a");
  EXPECT_EQ(info.config.kind, SchedulerClass::kDdim);
  EXPECT_FALSE(info.config.clip_sample);
  EXPECT_EQ(info.stand_in, "");
}

TEST(SchedulerConfig, WithoutAFileTheUsualTrainingIsGuessedAndSaid) {
  const SchedulerInfo guess = guessed_scheduler();
  EXPECT_EQ(scheduler_config_of(guess).kind, SchedulerClass::kDdpm);
  EXPECT_NE(guess.stand_in.find("without a scheduler"), std::string::npos);
}

// As diffusers does, where one class reads the file of another.
TEST(SchedulerConfig, ValuesOfOtherSolversAreReplaced) {
  const auto type = [](const char* name, const char* solver) {
    return config_of(text_of(R"({"_class_name": ")", name, R"(", "solver_type": ")", solver, "\"}"))
        .solver_type;
  };
  for (const char* name : {"DPMSolverMultistepScheduler", "EDMDPMSolverMultistepScheduler"}) {
    EXPECT_EQ(type(name, "heun"), "heun");
    for (const char* other : {"bh1", "bh2", "logrho"}) EXPECT_EQ(type(name, other), "midpoint");
    EXPECT_THROW(type(name, "euler"), Error);
  }
  EXPECT_EQ(type("UniPCMultistepScheduler", "bh1"), "bh1");
  for (const char* other : {"midpoint", "heun", "logrho"})
    EXPECT_EQ(type("UniPCMultistepScheduler", other), "bh2");
  EXPECT_EQ(config_of(R"({"_class_name": "DPMSolverMultistepScheduler", "algorithm_type": "deis",
                          "solver_order": 5})"),
            config_of(R"({"_class_name": "DPMSolverMultistepScheduler", "solver_order": 3})"));
}

TEST(SchedulerConfig, NullIsFalseWhereTrueIsTheDefault) {
  EXPECT_FALSE(ddpm_with(R"("clip_sample": null)").clip_sample);
}

TEST(SchedulerConfig, ValuesMarkedAsDefaultsOfTheirWriterAreNotRead) {
  EXPECT_EQ(ddpm_with(R"("beta_end": 0.5, "steps_offset": 1, "_use_default_values": ["beta_end"])"),
            ddpm_with(R"("steps_offset": 1)"));
}

TEST(SchedulerConfig, IsWrittenAsItIsRead) {
  for (const Named<SchedulerClass>& known : kSchedulerClasses) {
    const SchedulerInfo info = scheduler_info_of(
        text_of(R"({"_class_name": ")", known.second, R"(", "num_train_timesteps": 77})"),
        "a file");
    const SchedulerInfo again = scheduler_info_of(json_of(info), "its copy");
    EXPECT_EQ(again.config, info.config) << known.second;
    EXPECT_EQ(again.config.num_train_timesteps, 77);
    EXPECT_TRUE(again.left_over.empty() && again.unknown.empty()) << known.second;
  }
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

TEST(SchedulerConfig, MathematicsThatIsNotHereIsRefused) {
  for (const char* text :
       {R"({"_class_name": "EulerDiscreteScheduler", "use_karras_sigmas": true,
            "use_beta_sigmas": true})",
        R"({"_class_name": "UniPCMultistepScheduler", "solver_p": {"x": 1}})",
        R"({"_class_name": "UniPCMultistepScheduler", "solver_order": 4})",
        R"({"_class_name": "DDPMScheduler", "prediction_type": "flow_prediction"})",
        R"({"_class_name": "UniPCMultistepScheduler", "use_flow_sigmas": true,
            "use_beta_sigmas": true})",
        R"({"_class_name": "DPMSolverMultistepScheduler", "use_flow_sigmas": true,
            "prediction_type": "flow_prediction", "use_karras_sigmas": true})",
        R"({"_class_name": "EDMEulerScheduler", "sigma_min": 80})",
        R"({"_class_name": "ScoreSdeVeScheduler", "correct_steps": -1})"})
    EXPECT_NE(refusal_of(text), "") << text;
}

}  // namespace
}  // namespace stepwise
