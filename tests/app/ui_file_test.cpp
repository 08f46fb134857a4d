#include "panels/ui_file.h"

#include <gtest/gtest.h>

namespace stepwise::app {
namespace {

TEST(UiFile, WhatWasChosenIsRemembered) {
  Ui ui;
  ui.quantity = Quantity::kAll;
  ui.brush = {-0.25f, 7, 0.5f};
  ui.noise = NoiseSource::kFresh;
  ui.workspace = "lab";
  ui.timeline.height = 200;
  ui.sample.steps = 31;
  ui.sample.sampler = SamplerKind::kHeun;
  ui.sample.seed = 18446744073709551615u;
  ui.sample.grid = GridKind::kModel;
  ui.sample.options.clip = 1;
  ui.sample.options.variance = Variance::kLarge;
  ui.sample.options.timesteps = {900, 10};
  ui.sample.options.mu = 0.5;
  ui.train.recipe.budget.minutes = 9;
  ui.train.left = "runs/12";
  ui.lab.sigma = 0.125;
  ui.tool = Tool::kHand;
  ui.condition = Condition{4};
  ui.train.data = {"/data/letters", true, 28, 28};
  ui.window_width = 1600;
  ui.scale = 1.5;
  ui.light = true;
  Ui again;
  restore(to_json(ui), again);
  EXPECT_EQ(again.quantity, Quantity::kAll);
  EXPECT_EQ(again.brush, ui.brush);
  EXPECT_EQ(again.noise, NoiseSource::kFresh);
  EXPECT_EQ(again.workspace, "lab");
  EXPECT_EQ(again.timeline.height, 200);
  EXPECT_EQ(again.sample, ui.sample);
  EXPECT_EQ(again.train.recipe, ui.train.recipe);
  EXPECT_EQ(again.train.left, "runs/12");
  EXPECT_EQ(again.lab.sigma, 0.125);
  EXPECT_EQ(again.lab.condition, std::nullopt);
  EXPECT_EQ(again.tool, Tool::kHand);
  EXPECT_EQ(again.condition, Condition{4});
  EXPECT_EQ(again.train.data, ui.train.data);
  EXPECT_EQ(again.window_width, 1600);
  EXPECT_EQ(again.scale, 1.5);
  EXPECT_TRUE(again.light);
}

TEST(UiFile, ADamagedFileChangesNothing) {
  const Ui untouched;
  const std::string fresh = to_json(untouched);
  for (const char* text :
       {"", "nonsense", "[]", "{", "null", "{\"sample\": 3}",
        "{\"brush_size\": \"large\", \"layer\": 99, \"workspace\": -1}",
        "{\"sample\": {\"steps\": 0}}", "{\"train\": {\"recipe\": {\"batch\": -4}}}",
        "{\"brush_red\": 17, \"window_width\": 0}", "{\"timeline_height\": 3}"}) {
    Ui ui;
    restore(text, ui);
    EXPECT_EQ(to_json(ui), fresh) << text;
  }
}

// Enums were numbers once, and optional values lists.
TEST(UiFile, AFileOfAnEarlierVersionKeepsWhatIsStillUnderstood) {
  Ui ui;
  restore(R"({"layer": 2, "tool": 1, "condition": {"label": 3},
               "lab": {"condition": {}}, "sample":
               {"sampler": "heun", "grid": 1, "steps": 31,
                "options": {"clip": 2, "variance": 1, "mu": [], "timesteps": [900, 10]}}})",
          ui);
  const Ui fresh;
  EXPECT_EQ(ui.quantity, fresh.quantity);
  EXPECT_EQ(ui.tool, fresh.tool);
  EXPECT_EQ(ui.condition, Condition{3});
  EXPECT_EQ(ui.lab.condition, Condition{});
  SampleSettings expected;
  expected.sampler = SamplerKind::kHeun;
  expected.steps = 31;
  expected.options.clip = 2;
  expected.options.timesteps = {900, 10};
  EXPECT_EQ(ui.sample, expected);
}

TEST(UiFile, GoodFieldsAreTakenFromBesideBadOnes) {
  Ui ui;
  restore("{\"brush_size\": 9, \"brush_red\": 17}", ui);
  EXPECT_EQ(ui.brush.size, 9);
  EXPECT_EQ(ui.brush.color, Brush{}.color);
}

}  // namespace
}  // namespace stepwise::app
