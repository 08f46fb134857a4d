// Where the parts of the window lie and how large they are, in windows of all sizes.
#include <gtest/gtest.h>

#include <cmath>

#include "view/trees.h"
#include "workspace_fixture.h"

namespace stepwise::app {
namespace {

// Windows that neither scroll nor are as large as what is drawn into them.
std::vector<std::string> overfull_parts() {
  std::vector<std::string> names;
  for (const ImGuiWindow* part : ImGui::GetCurrentContext()->Windows) {
    if (!part->WasActive || (part->Flags & ImGuiWindowFlags_NoScrollbar) == 0) continue;
    if (part->ScrollMax.x > 1 || part->ScrollMax.y > 1)  // One is for rounding.
      names.push_back(text_of(part->Name, ' ', part->ScrollMax.x, ' ', part->ScrollMax.y));
  }
  return names;
}

// Windows that reach over the edge of the display; popups and windows of their own may.
std::vector<std::string> parts_outside() {
  const ImVec2 size = ImGui::GetIO().DisplaySize;
  std::vector<std::string> names;
  for (const ImGuiWindow* part : ImGui::GetCurrentContext()->Windows) {
    if (!part->WasActive || (part->Flags & ImGuiWindowFlags_ChildWindow) == 0) continue;
    const ImVec2 max{part->Pos.x + part->Size.x, part->Pos.y + part->Size.y};
    if (part->Pos.x < 0 || part->Pos.y < 0 || max.x > size.x || max.y > size.y)
      names.push_back(part->Name);
  }
  return names;
}

// Those that are wider inside than there is room: what scrolls, scrolls up and down.
std::vector<std::string> cut_parts() {
  std::vector<std::string> names;
  for (const ImGuiWindow* part : ImGui::GetCurrentContext()->Windows) {
    if (!part->WasActive || (part->Flags & ImGuiWindowFlags_ChildWindow) == 0) continue;
    if (part->ContentSize.x > part->ContentRegionRect.GetWidth() + 1)
      names.push_back(text_of(part->Name, ' ', part->ContentSize.x));
  }
  return names;
}

TEST_F(Workspace, InASmallWindowEveryItemIsInsideIt) {
  load_sizes();
  fill_with_news();
  for (const ImVec2 size : kSmallWindows) {
    ImGui::GetIO().DisplaySize = size;
    for (const WorkspaceInfo& each : kWorkspaces) {
      stage.ui.workspace = each.id;
      for (int i = 0; i < 4; ++i) stage.frame();  // Until scroll bars have come.
      EXPECT_EQ(overfull_parts(), std::vector<std::string>()) << each.id << size.x;
      EXPECT_EQ(parts_outside(), std::vector<std::string>()) << each.id << size.x;
      EXPECT_EQ(cut_parts(), std::vector<std::string>()) << each.id << size.x;
    }
  }
}

TEST_F(Workspace, InASmallWindowThePictureIsLargeEnoughToPaintOn) {
  load_sizes();
  ImGui::GetIO().DisplaySize = kSmallWindows[0];
  stage.frame();
  stage.frame();
  EXPECT_GE(side_of(stage.canvas()), 280);
  ImGui::GetIO().DisplaySize = kSmallWindows[1];
  stage.frame();
  stage.frame();
  EXPECT_GE(2 * side_of(stage.canvas()), 280);  // Two pixels a point.
  stage.stroke(5.5f, 6.5f, 12.5f, 6.5f);
  EXPECT_TRUE(painting_here(stage.view, stage.ui));
}

// The share of the window that the picture has.
double share_of_picture(const Stage& stage) {
  const ImVec2 size = ImGui::GetIO().DisplaySize;
  return double(side_of(stage.canvas())) * side_of(stage.canvas()) / double(size.x * size.y);
}

TEST_F(Workspace, ThePictureHasThreeTenthsOfTheWindowAlsoBesideTenLanes) {
  load_sizes();
  stage.frame();
  stage.frame();
  EXPECT_GE(share_of_picture(stage), 0.3);
  const ImVec2 before = stage.canvas().min;
  fork(9);
  ASSERT_EQ(tree_of(stage.view, stage.ui, stage.ui.playhead.branch).size(), 10u);
  stage.frame();
  EXPECT_GE(share_of_picture(stage), 0.3);
  EXPECT_EQ(stage.canvas().min.x, before.x);
  EXPECT_EQ(stage.canvas().min.y, before.y);
}

TEST_F(Workspace, TabFoldsAllPanelsAndThePictureHasFourTenths) {
  load_sizes();
  stage.frame();
  const std::size_t pictures = stage.gui.pictures.calls.size();
  stage.key(ImGuiKey_Tab);
  stage.frame();
  EXPECT_GE(share_of_picture(stage), 0.4);
  EXPECT_EQ(stage.gui.pictures.calls.size(), 1u);  // No sheet, no timeline.
  stage.key(ImGuiKey_Tab);
  stage.frame();
  EXPECT_EQ(stage.gui.pictures.calls.size(), pictures);
}

TEST_F(Workspace, TheEdgeOfTheTimelineCanBeDraggedAndStaysThere) {
  load_sizes();
  stage.frame();
  const float side = side_of(stage.canvas()), before = stage.ui.timeline.height;
  const float edge = 800 - 24 - before;
  stage.gui.move({640, edge}, stage.draw());
  stage.gui.button(0, true, stage.draw());
  stage.gui.move({640, edge - 100}, stage.draw());
  stage.gui.button(0, false, stage.draw());
  stage.frame();
  EXPECT_NEAR(stage.ui.timeline.height, before + 100, 2);
  EXPECT_LT(side_of(stage.canvas()), side);
}

TEST_F(Workspace, InANarrowWindowThePicturesAreARowAndAClickChoosesOne) {
  load_sizes();
  ImGui::GetIO().DisplaySize = {700, 900};
  stage.frame();
  stage.frame();
  EXPECT_GE(side_of(stage.canvas()), 224);
  stage.click_picture(lookup(stage.view, 0, 4, 2).guess);
  EXPECT_EQ(stage.ui.playhead.picture, 2);
}

TEST_F(Workspace, GShowsAllPicturesLargeWhereTheCanvasWas) {
  stage.frame();
  stage.key('G');
  stage.frame();
  int large = 0;
  for (const auto& call : stage.gui.pictures.calls) large += side_of(call) > 150;
  EXPECT_EQ(large, 3);
  stage.click_picture(lookup(stage.view, 0, 4, 1).guess);
  EXPECT_EQ(stage.ui.playhead.picture, 1);
  stage.frame();
  EXPECT_EQ(stage.canvas().shown.plus, lookup(stage.view, 0, 4, 1).guess);
}

TEST(FittingScale, IsTheOneAskedForWhereThereIsRoom) {
  EXPECT_EQ(fitting_scale(1, {kLeastWidth, kLeastHeight}), 1);
  EXPECT_EQ(fitting_scale(2, {3840, 2160}), 2);
  EXPECT_EQ(fitting_scale(0.5, {640, 480}), 0.5);
}

TEST(FittingScale, IsSmallerInASmallWindowAndKeepsTheTypeWhole) {
  for (const ImVec2 size : {ImVec2{640, 480}, ImVec2{1280, 800}, ImVec2{700, 2000}}) {
    const double scale = fitting_scale(3, size);
    EXPECT_LE(scale * kLeastWidth, size.x);
    EXPECT_LE(scale * kLeastHeight, size.y);
    EXPECT_DOUBLE_EQ(scale * 15, std::round(scale * 15));
  }
}

}  // namespace
}  // namespace stepwise::app
