// Models of every parameterisation, trained a little, and opened as if a stranger had made them.
#include <gtest/gtest.h>
#include <torch/utils.h>

#include "diffusion/draw_all.h"
#include "diffusion/scheduler_settings.h"
#include "session/opened_model.h"
#include "temporary_folder.h"
#include "training/toy_data.h"
#include "training/trainer.h"

namespace stepwise {
namespace {

struct Case {
  const char* name;
  Parameterisation parameterisation;
  BetaSchedule betas;
  const char* scheduler;
};

class EveryParameterisation : public testing::TestWithParam<Case> {
 protected:
  Recipe recipe(std::int64_t steps) const {
    Recipe recipe = toy_recipe(steps);
    recipe.parameterisation = GetParam().parameterisation;
    recipe.betas = GetParam().betas;
    return recipe;
  }

  Trainer trained(const Recipe& recipe) const {
    Trainer trainer(recipe, toy_data(), torch::kCPU);
    while (!trainer.finished()) trainer.step();
    return trainer;
  }
};

// Of ten pictures, five of each class, drawn as the model's own scheduler says.
Tensor drawn_by(const SharedModel& model) {
  SampleSettings settings = settings_of(model->schedule);
  settings.steps = 12;
  settings.count = 10;
  std::vector<Condition> conditions;
  for (int i = 0; i < settings.count; ++i) conditions.push_back({i % 2});
  return draw(Drawing(settings, conditions, model));
}

TEST_P(EveryParameterisation, LearnsWhicheverWayItsLevelsAreDrawnAndWeighted) {
  for (const auto& [levels, draw] : kLevelDraws)
    for (const auto& [weighting, name] : kWeightings) {
      SCOPED_TRACE(std::string(draw) + ' ' + std::string(name));
      Recipe asked = recipe(40);
      asked.levels = levels;
      asked.weighting = weighting;
      Trainer trainer(asked, toy_data(), torch::kCPU);
      const float before = trainer.evaluate_held_out().held_out;
      while (!trainer.finished()) trainer.step();
      EXPECT_LT(trainer.evaluate_held_out().held_out, 0.9f * before);
    }
}

TEST_P(EveryParameterisation, OpenedAsAStrangersItDrawsTheSamePictures) {
  const TemporaryFolder folder;
  Trainer trainer = trained(recipe(30));
  trainer.save(folder.path());
  std::filesystem::remove(folder / "stepwise.json");
  const OpenedModel opened = open_model(read_model(folder.path()), torch::kCPU);
  EXPECT_EQ(opened.folder.scheduler.class_name, GetParam().scheduler);
  EXPECT_EQ(opened.folder.notes, std::vector<std::string>());
  const SharedModel own = model_of(
      network_of(UNet2DModel(trainer.snapshot())),
      {.schedule = trainer.schedule(), .classes = {3, false}, .shape = {1, 8, 8}, .clamps = false});
  const Tensor pictures = drawn_by(opened.model);
  EXPECT_TRUE(torch::equal(pictures, drawn_by(own)));
  EXPECT_TRUE(pictures.isfinite().all().item<bool>());
}

INSTANTIATE_TEST_SUITE_P(
    Training, EveryParameterisation,
    testing::Values(
        Case{"Edm", Parameterisation::kEdm, BetaSchedule::kLinear, "EDMEulerScheduler"},
        Case{"EpsilonLinear", Parameterisation::kEpsilon, BetaSchedule::kLinear, "DDIMScheduler"},
        Case{"EpsilonCosine", Parameterisation::kEpsilon, BetaSchedule::kCosine, "DDIMScheduler"},
        Case{"VCosine", Parameterisation::kV, BetaSchedule::kCosine, "DDIMScheduler"},
        Case{"X0Cosine", Parameterisation::kX0, BetaSchedule::kCosine, "DDIMScheduler"},
        Case{"Flow", Parameterisation::kFlow, BetaSchedule::kLinear,
             "FlowMatchEulerDiscreteScheduler"}),
    [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace stepwise
