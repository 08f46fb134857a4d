// Models that undo something else than noise, as the window speaks of them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "lab_fixture.h"
#include "panels/paint_parts.h"
#include "panels/tool_parts.h"
#include "view/quantities.h"
#include "widgets/controls.h"

namespace stepwise::app {
namespace {

using testing::HasSubstr;

ModelOpened blur_model() {
  ModelOpened model;
  model.id = 9;
  model.folder = "blur";
  model.class_names = {"Trouser", "Bag"};
  model.height = model.width = 2;
  model.channels = 1;
  model.has_gaussians = true;
  model.degradation = Degradation::kBlur;
  model.defaults.sampler = SamplerKind::kCold;
  model.defaults.sigma_max = 1;
  return model;
}

BranchStarted branch_of(Degradation degradation) {
  BranchStarted start;
  start.id = 1;
  start.pictures = {0};
  start.conditions = {{0}};
  start.sigmas = {1, 0.5, 0};
  start.degradation = degradation;
  return start;
}

TEST(Degradation, SettingsOfNoiseAreExchangedForTheModelsOwnAndBack) {
  Ui ui;
  ModelOpened noise, blur = blur_model();
  noise.id = 1;
  noise.folder = "noise";
  adopt_model(noise, ui);
  ui.sample.steps = 77;
  adopt_model(blur, ui);
  EXPECT_EQ(ui.sample, blur.defaults);
  adopt_model(noise, ui);
  EXPECT_EQ(ui.sample, noise.defaults);
}

TEST(Degradation, EachModelIsOfferedTheSamplersThatSuitIt) {
  const auto undoing = samplers_for(Degradation::kBlocks), denoising = samplers_for({});
  ASSERT_EQ(undoing.size(), 2u);
  EXPECT_EQ(undoing[0].kind, SamplerKind::kCold);
  EXPECT_EQ(undoing[1].kind, SamplerKind::kColdNaive);
  EXPECT_EQ(undoing.size() + denoising.size(), kSamplers.size());
}

TEST(Degradation, TheLevelUnderThePlayheadIsCalledASeverity) {
  View view;
  Ui ui;
  ui.playhead = {};
  ui.playhead.branch = 1;
  ui.playhead.step = 1;
  apply({kNoJob, branch_of(Degradation::kBlur)}, view);
  EXPECT_EQ(where(view, ui).sigma, "severity 0.5");
  view.branches[0].start.degradation = Degradation::kNoise;
  EXPECT_EQ(where(view, ui).sigma, "σ 0.5");
}

// The slider of the tool that goes back, on a picture of this degradation.
class RewindSlider {
 public:
  explicit RewindSlider(Degradation degradation) {
    ui.playhead.branch = 1;
    apply({kNoJob, branch_of(degradation)}, view);
    gui.frame(draw);
  }
  // A press in the middle of its track, which stands above the bar of colors.
  void press_in_the_middle() {
    const ImGuiStyle& style = ImGui::GetStyle();
    const float left = style.WindowPadding.x, right = 1280 - left - px(kValueWidth);
    const float bar = px(5) + 2 * style.ItemSpacing.y;
    gui.click({(left + right) / 2, bottom - bar - ImGui::GetFrameHeight() / 2}, draw);
  }

  HeadlessImGui gui;
  View view;
  Ui ui;
  float bottom = 0;
  std::function<void()> draw = [this] {
    rewind_settings(view, ui);
    bottom = ImGui::GetCursorScreenPos().y;
  };
};

TEST(Degradation, RewindRangesOverSeverities) {
  RewindSlider slider(Degradation::kBlur);
  EXPECT_EQ(slider.ui.rewind, 1);  // From the 2 that is usual for noise.
  slider.press_in_the_middle();
  EXPECT_NEAR(slider.ui.rewind, 0.51, 0.03);
}

TEST(Degradation, RewindOfNoiseRangesOverItsLevels) {
  RewindSlider slider(Degradation::kNoise);
  EXPECT_EQ(slider.ui.rewind, 2);
  slider.press_in_the_middle();
  EXPECT_NEAR(slider.ui.rewind, std::sqrt(0.02 * 80), 0.15);  // Even in the logarithm.
}

TEST(Degradation, PicturesMadeWorseAreShownAsBrightAsTheyAre) {
  View view;
  apply({kNoJob, branch_of(Degradation::kBlur)}, view);
  EXPECT_EQ(noisy_range(view, 1, 1), 1);
  view.branches[0].start.degradation = Degradation::kNoise;
  EXPECT_GT(noisy_range(view, 1, 1), 1);
}

TEST_F(Lab, OfAModelThatUndoesBlurSaysWhyThereIsNothingToCompare) {
  apply({kNoJob, blur_model()}, view);
  ui.model = 9;
  look();
  EXPECT_THAT(lab_obstacle(view, ui, lab_subject(view, ui)), HasSubstr("undoes blur"));
}

class WorsenedInLab : public Lab {
 protected:
  // What is asked while the lab is drawn.
  std::vector<Worsen> drawn() {
    Commands out;
    gui.frame([&] { lab_panel(view, ui, gui.pictures, out); });
    std::vector<Worsen> asked;
    for (const Request& request : out)
      if (const auto* worsen = std::get_if<Worsen>(&request.command)) {
        begin_job(request.id, view);
        asked.push_back(*worsen);
      }
    return asked;
  }
  void answer_worsen(const std::vector<DegradationStack>& stacks = {}) {
    const int count = int(kDegradations.size() + stacks.size());
    apply({ui.lab.worsening,
           Worsened{{0.5}, {count, 2, 2, 1, std::vector<float>(std::size_t(4 * count))}, stacks}},
          view);
    apply({ui.lab.worsening, Finished{}}, view);
  }
  HeadlessImGui gui = HeadlessImGui({400, 2000});
};

TEST_F(WorsenedInLab, AsksOnceForEachSeverityAndShowsEveryWay) {
  asked();
  const auto first = drawn();
  ASSERT_EQ(first.size(), 1u);
  EXPECT_EQ(first[0].severities, std::vector{ui.lab.severity});
  EXPECT_TRUE(drawn().empty());
  const std::size_t before = gui.pictures.calls.size();
  answer_worsen();
  EXPECT_TRUE(drawn().empty());
  EXPECT_EQ(gui.pictures.calls.size(), before + kDegradations.size());
  ui.lab.severity = 0.9;
  EXPECT_EQ(drawn().size(), 1u);
}

TEST_F(WorsenedInLab, ShowsTheStacksOfTheModelAndOfTheRecipeOnScreenToo) {
  const DegradationStack of_model({Degradation::kBlur, Degradation::kBlocks}),
      of_recipe({Degradation::kText, Degradation::kJpeg});
  ModelOpened restorer = blur_model();
  restorer.degradation = of_model;
  apply({kNoJob, restorer}, view);
  ui.model = restorer.id;
  ui.train.recipe.degradation = of_recipe;
  asked();
  const auto first = drawn();
  ASSERT_EQ(first.size(), 1u);
  EXPECT_EQ(first[0].stacks, (std::vector{of_model, of_recipe}));
  const std::size_t before = gui.pictures.calls.size();
  answer_worsen(first[0].stacks);
  EXPECT_TRUE(drawn().empty());
  EXPECT_EQ(gui.pictures.calls.size(), before + kDegradations.size() + 2);
  ui.train.recipe.degradation = of_model;  // There is nothing else to show.
  const auto second = drawn();
  ASSERT_EQ(second.size(), 1u);
  EXPECT_EQ(second[0].stacks, std::vector{of_model});
  // Until the answer is there, no picture stands at the wrong name.
  EXPECT_EQ(gui.pictures.calls.size(), before + kDegradations.size());
}

}  // namespace
}  // namespace stepwise::app
