#include "panels/tour.h"

#include <gtest/gtest.h>

#include "headless_imgui.h"
#include "panels/panels.h"
#include "panels/ui_file.h"

namespace stepwise::app {
namespace {

TEST(Tour, IsOfferedUntilItWasBegunOrSomethingWasEdited) {
  Ui ui;
  EXPECT_TRUE(offers_tour(ui));
  ui.forks = 1;
  EXPECT_FALSE(offers_tour(ui));
  ui.forks = 0;
  show_scene(ui, 0);
  leave_tour(ui);
  EXPECT_FALSE(offers_tour(ui));
  Ui next_launch;
  restore(to_json(ui), next_launch);
  EXPECT_FALSE(offers_tour(next_launch));
  EXPECT_EQ(next_launch.tour.scene, -1);
}

TEST(Tour, EndsBehindTheLastScene) {
  Ui ui;
  show_scene(ui, kSceneCount - 1);
  EXPECT_EQ(ui.tour.scene, kSceneCount - 1);
  show_scene(ui, kSceneCount);
  EXPECT_EQ(ui.tour.scene, -1);
}

TEST(Tour, NothingIsDoneWhereThereIsNothingYet) {
  HeadlessImGui gui;
  gui.own_window = false;
  const View view;
  Ui ui;
  Commands out;
  for (int i = 0; i < kSceneCount; ++i) {
    show_scene(ui, i);
    for (int frame = 0; frame < 3; ++frame)
      gui.frame([&] { workspace(view, ui, gui.pictures, out); });
    EXPECT_FALSE(ui.tour.done) << kScenes[std::size_t(i)].id;
  }
  EXPECT_TRUE(out.empty());
}

TEST(Tour, EscLeavesItBeforeThePaintingIsDropped) {
  HeadlessImGui gui;
  gui.own_window = false;
  const View view;
  Ui ui;
  Commands out;
  ui.history.begin("stroke", -1).after.paintings = {Painting{{-1, 0, 0}, {}}};
  show_scene(ui, 3);
  const auto draw = [&] { shortcuts(view, ui, out); };
  gui.key(ImGuiKey_Escape, draw);
  EXPECT_EQ(ui.tour.scene, -1);
  EXPECT_FALSE(ui.history.now().paintings.empty());
}

}  // namespace
}  // namespace stepwise::app
