#include <gtest/gtest.h>

#include "headless_imgui.h"
#include "panels/sample_parts.h"

namespace stepwise::app {
namespace {

// How far down the rows reach that say how pictures are drawn.
float height_of(const ModelOpened& model, SampleSettings settings) {
  HeadlessImGui gui;
  float height = 0;
  gui.frame([&] {
    way_rows(&model, settings);
    height = ImGui::GetCursorPosY();
  });
  return height;
}

ModelOpened model_up_to(double sigma) {
  ModelOpened model;
  model.has_gaussians = true;
  model.defaults.begin = stepwise::Beginning::kGaussian;
  model.defaults.sigma_max = 2;
  model.learned_up_to = sigma;
  return model;
}

TEST(SampleWay, WarnsBelowABeginningThatTheModelLearnedNothingOf) {
  const ModelOpened model = model_up_to(2);
  SampleSettings settings = model.defaults;
  const float without = height_of(model, settings);
  settings.begin = stepwise::Beginning::kNoise;
  EXPECT_GT(height_of(model, settings), without);
  settings.sigma_max = 60;
  EXPECT_GT(height_of(model, settings), without);
}

TEST(SampleWay, HasNoWarningForAModelThatSaysNothingOfItsLevels) {
  const ModelOpened model = model_up_to(0);
  SampleSettings settings = model.defaults;
  const float without = height_of(model, settings);
  settings.begin = stepwise::Beginning::kNoise;
  settings.sigma_max = 60;
  EXPECT_EQ(height_of(model, settings), without);
}

}  // namespace
}  // namespace stepwise::app
