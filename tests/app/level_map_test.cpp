// Held-out losses by noise level through training, as a picture, and the plot that shows it.
#include "view/level_map.h"

#include <gmock/gmock.h>

#include <cmath>

#include "headless_imgui.h"
#include "panels/panels.h"
#include "panels/train_parts.h"

namespace stepwise::app {
namespace {

using testing::ElementsAre;
using testing::SizeIs;

std::vector<float> row_of(const Picture& picture, int row) {
  std::vector<float> values;
  for (int x = 0; x < picture.width(); ++x) values.push_back(picture.at(row, x));
  return values;
}

const std::vector<HeldOutPoint> kThree{
    {100, 0, 0, {1, 4}}, {200, 0, 0, {1, 2}}, {400, 0, 0, {1, 1}}};

TEST(LevelMap, HasAColumnForEachPlaceAndTheHighestLevelAtTheTop) {
  LevelMap map;
  follow(map, kThree, {100, 400}, 3);  // Their middles: steps 150, 250 and 350.
  ASSERT_TRUE(map.picture);
  EXPECT_EQ(map.picture.height(), 2);
  EXPECT_THAT(row_of(map.picture, 0), ElementsAre(1, 0.5f, 0));
  EXPECT_THAT(row_of(map.picture, 1), ElementsAre(0, 0, 0));
  EXPECT_EQ(map.lowest, 1);
  EXPECT_EQ(map.highest, 4);
}

TEST(LevelMap, IsDrawnAnewOnlyWhereSomethingChanged) {
  LevelMap map;
  follow(map, kThree, {100, 400}, 3);
  const Picture first = map.picture;
  follow(map, kThree, {100, 400}, 3);
  EXPECT_EQ(map.picture, first);
  follow(map, kThree, {100, 400}, 4);
  EXPECT_NE(map.picture, first);
  EXPECT_EQ(map.picture.width(), 4);
  follow(map, std::span(kThree).first(2), {100, 200}, 4);
  EXPECT_EQ(map.lowest, 1);
  EXPECT_THAT(row_of(map.picture, 0), ElementsAre(1, 1, 0.5f, 0.5f));
}

TEST(LevelMap, OfLossesThatAreNoneOrAllTheSameIsDark) {
  LevelMap map;
  follow(map, std::vector<HeldOutPoint>{{1, 0, 0, {NAN, 2}}}, {1, 2}, 1);
  EXPECT_THAT(row_of(map.picture, 0), ElementsAre(0));
  EXPECT_THAT(row_of(map.picture, 1), ElementsAre(0));
  follow(map, std::vector<HeldOutPoint>{{1, 0, 0, {}}}, {1, 2}, 1);
  EXPECT_FALSE(map.picture);
}

TEST(NearestMeasurement, IsTheOneWhoseStepIsNearest) {
  EXPECT_EQ(nearest_measurement({}, 1), nullptr);
  EXPECT_EQ(nearest_measurement(kThree, -5)->step, 100);
  EXPECT_EQ(nearest_measurement(kThree, 149)->step, 100);
  EXPECT_EQ(nearest_measurement(kThree, 151)->step, 200);
  EXPECT_EQ(nearest_measurement(kThree, 1e9)->step, 400);
}

const std::vector<TrainingMark> kMarks{{"marks/120", 120, 0, ""},
                                       {"marks/150", 150, 0, ""},
                                       {{}, 200, 0, ""},
                                       {"marks/300", 300, 0, ""}};

TEST(MarkUpTo, IsTheNewestWhoseFileIsThere) {
  EXPECT_EQ(mark_up_to(kMarks, 119), std::nullopt);
  EXPECT_EQ(mark_up_to(kMarks, 120), 120);
  EXPECT_EQ(mark_up_to(kMarks, 299), 150);
  EXPECT_EQ(mark_up_to(kMarks, 300), 300);
  EXPECT_EQ(mark_up_to({}, 300), std::nullopt);
}

TEST(DensityOfLevels, IsANormalOneInTheLogarithm) {
  const auto density = density_of_levels(0, 2, std::exp(-2), std::exp(4), 4);
  ASSERT_THAT(density, SizeIs(4));
  EXPECT_NEAR(density[0], std::exp(-0.5), 1e-6);
  EXPECT_NEAR(density[1], 1, 1e-6);
  EXPECT_NEAR(density[2], std::exp(-0.5), 1e-6);
  EXPECT_NEAR(density[3], std::exp(-2), 1e-6);
}

class LevelsPlot : public testing::Test {
 protected:
  LevelsPlot() {
    TrainingStarted started;
    started.bin_edges = {0.1, 1, 10};
    apply({5, started}, view);
  }
  void measure() {
    TrainingProgress progress;
    progress.held_out = kThree;
    apply({5, progress}, view);
  }
  auto draw() {
    return [this] {
      bool large = false;
      levels_plot(view.training, ui.train, {600, 300}, &large, gui.pictures);
    };
  }
  // All text of the frame that follows is in its vertices alone; what matters is how much there is.
  int vertices() {
    gui.frame(draw());
    return ImGui::GetDrawData()->TotalVtxCount;
  }

  HeadlessImGui gui;
  View view;
  Ui ui;
};

TEST_F(LevelsPlot, ShowsBarsUntilAPressOnTheWordBesideTheTitle) {
  measure();
  gui.frame(draw());
  EXPECT_TRUE(gui.pictures.calls.empty());
  const ImGuiID plot = ImGui::FindWindowByName("test")->GetID("sigma");
  ImGuiID wanted = ImHashStr("face", 0, plot);
  ImVec2 at{0, 0};
  for (float x = 8; x < 600 && at.x == 0; x += 4) {
    gui.move({x, 14}, draw());
    if (ImGui::GetCurrentContext()->HoveredId == wanted) at = {x, 14};
  }
  ASSERT_GT(at.x, 0);
  gui.click(at, draw());
  EXPECT_TRUE(ui.train.levels_over_time);
  gui.frame(draw());
  ASSERT_EQ(gui.pictures.calls.size(), 1u);
  const auto& call = gui.pictures.calls[0];
  EXPECT_TRUE(call.shown.diverging);
  EXPECT_EQ(float(call.shown.plus.width()), std::floor(call.max.x - call.min.x));
}

TEST_F(LevelsPlot, UnderTheMouseStandsTheLossInWords) {
  measure();
  ui.train.levels_over_time = true;
  const int without = vertices();
  const auto& call = gui.pictures.calls.at(0);
  gui.move({(call.min.x + call.max.x) / 2, call.min.y + 10}, draw());
  EXPECT_GT(vertices(), without + 4 * 20);
}

TEST_F(LevelsPlot, APressAsksForThePicturesOfThoseLevels) {
  measure();
  ui.train.levels_over_time = true;
  gui.frame(draw());
  const auto call = gui.pictures.calls.at(0);
  gui.click({(call.min.x + call.max.x) / 2, call.min.y + 10}, draw());
  Commands out;
  ask_for_levels(view.training, ui.train, out);
  ASSERT_EQ(out.size(), 1u);
  EXPECT_EQ(std::get<LookAtLevels>(out[0].command).run, 5u);
  EXPECT_EQ(std::get<LookAtLevels>(out[0].command).bin, 1);  // The upper one.
  ask_for_levels(view.training, ui.train, out);
  EXPECT_EQ(out.size(), 1u);
}

TEST_F(LevelsPlot, APressAsksForTheWeightsOfTheNewestMarkUpToItsColumn) {
  measure();
  apply({5, TrainingMarked{"runs/1", view.training.started->recipe, kMarks}}, view);
  ui.train.levels_over_time = true;
  gui.frame(draw());
  const auto call = gui.pictures.calls.at(0);
  Commands out;
  for (const float x : {call.min.x + 1, (call.min.x + call.max.x) / 2}) {  // Steps 100 and 200.
    gui.click({x, call.min.y + 10}, draw());
    ask_for_levels(view.training, ui.train, out);
  }
  ASSERT_EQ(out.size(), 2u);
  EXPECT_FALSE(std::get<LookAtLevels>(out[0].command).at);
  EXPECT_EQ(std::get<LookAtLevels>(out[1].command).at, 150);
}

TEST_F(LevelsPlot, BeforeTheFirstMeasurementIsEmptyEitherWay) {
  ui.train.levels_over_time = true;
  gui.frame(draw());
  EXPECT_TRUE(gui.pictures.calls.empty());
}

}  // namespace
}  // namespace stepwise::app
