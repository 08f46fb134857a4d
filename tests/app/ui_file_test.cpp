#include "view/ui_file.h"

#include <gtest/gtest.h>

namespace stepwise {
namespace {

TEST(UiFile, WhatWasChosenIsRemembered) {
  Ui ui;
  ui.quantity = Quantity::kAll;
  ui.brush = {-0.25f, 7, 0.5f};
  ui.noise = NoiseSource::kFresh;
  ui.tab = "noise-lab";
  ui.sample.steps = 31;
  ui.sample.sampler = SamplerKind::kHeun;
  ui.sample.seed = 18446744073709551615u;
  ui.sample.grid = GridKind::kModel;
  ui.sample.options.clip = 1;
  ui.sample.options.variance = Variance::kLarge;
  ui.sample.options.timesteps = {900, 10};
  ui.sample.options.mu = 0.5;
  ui.train.recipe.budget.minutes = 9;
  ui.lab.sigma = 0.125;
  ui.window_width = 1600;
  Ui again;
  remember(to_json(ui), again);
  EXPECT_EQ(again.quantity, Quantity::kAll);
  EXPECT_EQ(again.brush, ui.brush);
  EXPECT_EQ(again.noise, NoiseSource::kFresh);
  EXPECT_EQ(again.tab, "noise-lab");
  EXPECT_EQ(again.sample, ui.sample);
  EXPECT_EQ(again.train.recipe, ui.train.recipe);
  EXPECT_EQ(again.lab.sigma, 0.125);
  EXPECT_EQ(again.window_width, 1600);
}

TEST(UiFile, ADamagedFileChangesNothing) {
  const Ui untouched;
  const std::string fresh = to_json(untouched);
  for (const char* text :
       {"", "nonsense", "[]", "{", "null", "{\"sample\": 3}",
        "{\"brush_size\": \"large\", \"layer\": 99, \"tab\": -1}", "{\"sample\": {\"steps\": 0}}",
        "{\"train\": {\"recipe\": {\"batch\": -4}}}",
        "{\"brush_value\": 17, \"window_width\": 0}"}) {
    Ui ui;
    remember(text, ui);
    EXPECT_EQ(to_json(ui), fresh) << text;
  }
}

TEST(UiFile, GoodFieldsAreTakenFromBesideBadOnes) {
  Ui ui;
  remember("{\"brush_size\": 9, \"brush_value\": 17}", ui);
  EXPECT_EQ(ui.brush.size, 9);
  EXPECT_EQ(ui.brush.value, Brush{}.value);
}

}  // namespace
}  // namespace stepwise
