// The film strips of the timeline, as the chosen layer shows the steps.
#include <gtest/gtest.h>

#include <cmath>

#include "panels/upkeep.h"
#include "press_in.h"
#include "stage.h"
#include "view/quantities.h"

namespace stepwise::app {
namespace {

class Strips : public testing::Test {
 protected:
  Strips() { stage.sample(); }
  void frames(int count) {
    for (int i = 0; i < count; ++i) stage.frame();
  }
  // What the timeline shows, from left to right and lane by lane.
  std::vector<Shown> strip() const {
    std::vector<Shown> shown;
    for (const auto& call : stage.gui.pictures.calls)
      if (call.min.y > 640) shown.push_back(call.shown);
    return shown;
  }
  Stage stage;
};

TEST_F(Strips, InTheNoisyLayerAreXFromPureNoiseToThePicture) {
  stage.ui.quantity = Quantity::kNoisy;
  frames(12);
  const std::vector<Shown> shown = strip();
  ASSERT_EQ(shown.size(), 9u);
  for (int step = 0; step <= 8; ++step) {
    const FullStep* full = find_full(stage.view, {0, step});
    ASSERT_TRUE(full) << step;
    EXPECT_EQ(shown[std::size_t(step)].plus, picture_at(full->noisy, 0)) << step;
    EXPECT_EQ(shown[std::size_t(step)].range, float(std::sqrt(1 + full->sigma * full->sigma)));
  }
}

TEST_F(Strips, InTheNoiseLayerAreTheNoiseOfEachStep) {
  stage.ui.quantity = Quantity::kNoise;
  frames(12);
  for (const Shown& shown : strip()) {
    EXPECT_TRUE(shown.diverging);
    EXPECT_TRUE(shown.minus);
  }
}

TEST_F(Strips, TheChangeOfEachStepIsThereWithoutAsking) {
  stage.ui.quantity = Quantity::kChange;
  stage.frame();
  const std::vector<Shown> shown = strip();
  ASSERT_EQ(shown.size(), 9u);
  for (int step = 1; step <= 8; ++step)
    EXPECT_EQ(shown[std::size_t(step)].minus, shown[std::size_t(step) - 1].plus);
}

TEST_F(Strips, UntilAStepHasComeItsGuessStandsForIt) {
  stage.ui.quantity = Quantity::kNoisy;
  frames(2);  // Of the step under the playhead alone.
  const std::vector<Shown> shown = strip();
  ASSERT_EQ(shown.size(), 9u);
  EXPECT_EQ(shown[4].plus, lookup(stage.view, 0, 4, 0).noisy);
  EXPECT_EQ(shown[7].plus, lookup(stage.view, 0, 7, 0).guess);
}

TEST_F(Strips, OfAllLanesInViewTheStepsComeThoseUnderThePlayheadFirst) {
  go_to(stage.view, stage.ui, 4);
  stage.ui.noise = NoiseSource::kFresh;
  stage.key('R');
  stage.frame();
  ASSERT_EQ(stage.view.branches.size(), 2u);
  stage.view.full_steps.clear();
  stage.ui.quantity = Quantity::kNoisy;
  const auto here = [&](BranchId branch) {
    int count = 0;
    for (const FullStep& full : stage.view.full_steps) count += full.of.branch == branch;
    return count;
  };
  frames(7);
  EXPECT_EQ(here(1), 5);
  frames(12);
  EXPECT_EQ(here(0), 9);
}

TEST_F(Strips, NoMoreAreAskedForThanCanBeKept) {
  // Pictures so large that four steps in full are all that is kept.
  Branch& branch = stage.view.branches[0];
  branch.guesses[8] = pictures_of(ByteBatch{1, int(kMaxFullBytes / 8 / 4 / 1024), 1024, 1, {}});
  for (int step = 0; step <= 8; ++step) stage.ui.shown_small.push_back({0, step, 0});
  const auto on_screen = steps_on_screen(stage.view, stage.ui);
  ASSERT_EQ(on_screen, (std::vector<StepOfBranch>{{0, 4}}));
  EXPECT_EQ(steps_shown_small(stage.view, stage.ui),
            (std::vector<StepOfBranch>{{0, 0}, {0, 1}, {0, 2}}));
}

TEST_F(Strips, WhereMemoryIsShortOnlyTheEndsOfALaneAreAskedFor) {
  stage.view.frame_bytes = std::int64_t(stage.ui.frame_mebibytes) * kMebibyte * 2 / 3;
  stage.ui.quantity = Quantity::kNoisy;
  frames(12);
  EXPECT_EQ(stage.fetches, 3);  // And the step under the playhead.
  for (const int step : {0, 4, 8}) EXPECT_TRUE(find_full(stage.view, {0, step})) << step;
}

TEST_F(Strips, StepsOfTheStripComeEvenWhereOthersHaveToGo) {
  stage.frame();
  const FullStep here = stage.view.full_steps.back();
  for (int i = 0; i < 8; ++i) {
    FullStep large = here;
    large.of.branch = 1000 + i;
    large.guess = pictures_of(ByteBatch{1, int(kMaxFullBytes / 8 / 1024), 1024, 1, {}});
    stage.view.full_steps.push_front(large);
  }
  stage.ui.quantity = Quantity::kNoisy;
  frames(12);
  for (int step = 0; step <= 8; ++step) EXPECT_TRUE(find_full(stage.view, {0, step})) << step;
  const int fetches = stage.fetches;
  frames(5);
  EXPECT_EQ(stage.fetches, fetches);
}

TEST_F(Strips, TheForwardLaneMakesTheNoiseOfThePictureThatTheBranchBeganWith) {
  stage.ui.forward = true;
  frames(12);
  const std::vector<Shown> shown = strip();
  ASSERT_EQ(shown.size(), 18u);  // Above the lane of the branch.
  const Picture start = lookup(stage.view, 0, 0, 0).noisy;
  const Picture finished = lookup(stage.view, 0, 8, 0).noisy;
  EXPECT_EQ(image_of(shown[8].plus), image_of(finished));
  for (int y = 0; y < kClosedFormSide; ++y)
    EXPECT_EQ(shown[0].plus.at(y, 5), finished.at(y, 5) + start.at(y, 5));
  EXPECT_EQ(shown[0].range, noisy_range(stage.view.branches[0].start.sigmas[0]));
}

TEST_F(Strips, TheButtonBesidePlayShowsAndHidesTheForwardLane) {
  stage.frame();
  press_in(stage.gui, "timeline", "+##forward", stage.draw());
  EXPECT_TRUE(stage.ui.forward);
  frames(3);
  EXPECT_EQ(strip().size(), 18u);
  press_in(stage.gui, "timeline", "\xe2\x88\x92##forward", stage.draw());
  EXPECT_FALSE(stage.ui.forward);
  stage.frame();
  EXPECT_EQ(strip().size(), 9u);
}

TEST_F(Strips, TheNoiseLevelOfTheRulerIsExplainedWhereItsNameIs) {
  const auto explained = [&](ImVec2 at) {
    stage.gui.move(at, stage.draw());
    frames(40);  // Longer than a mouse has to rest.
    for (const ImGuiWindow* window : ImGui::GetCurrentContext()->Windows)
      if ((window->Flags & ImGuiWindowFlags_Tooltip) && window->Active && !window->Hidden)
        return true;
    return false;
  };
  stage.frame();
  const ImGuiWindow* timeline = nullptr;
  for (const ImGuiWindow* each : ImGui::GetCurrentContext()->Windows) {
    const std::string name = each->Name;
    if (each->Active && name.find("timeline_") != name.npos && name.find("lanes") == name.npos)
      timeline = each;
  }
  ASSERT_TRUE(timeline);
  // The column of names and the gutter beside it end at 132.
  EXPECT_TRUE(explained({124, timeline->Pos.y + 18}));
  EXPECT_FALSE(explained({400, timeline->Pos.y + 18}));
}

}  // namespace
}  // namespace stepwise::app
