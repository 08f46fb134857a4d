// One plot, or the gallery, in all of the centre.
#include <gtest/gtest.h>

#include "panel_fixture.h"
#include "panels/panels.h"
#include "panels/train_parts.h"
#include "widgets/plot.h"

namespace stepwise::app {
namespace {

class LargePlots : public PanelTest {
 protected:
  LargePlots() : PanelTest({800, 736}) {
    TrainingStarted started;
    started.folder = "runs/1";
    started.bin_edges = {0.1, 1, 10};
    apply({5, started}, view);
    TrainingProgress progress;
    for (int i = 1; i <= 20; ++i) progress.points.push_back({i, 0.1 * i, 1.f / float(i), 1, 0.01f});
    progress.held_out = {{10, 0.5f, 0.6f, {0.5f, 0.7f}}, {20, 0.4f, 0.5f, {0.4f, 0.6f}}};
    apply({5, progress}, view);
    const ImageBatch batch{20, 2, 2, 1, std::vector<float>(80)};
    apply({5, GalleryReady{20, 2, batch}}, view);
    frame();
  }

  auto draw() {
    return [this] { learning_panel(view, ui, gui.pictures, out); };
  }
  void frame() { gui.frame(draw()); }

  // Where the mouse is over that item of a plot, down a line of the panel; {0, 0}: nowhere.
  ImVec2 find(const char* plot, const char* item, float x) {
    const ImGuiID wanted = ImHashStr(item, 0, ImGui::FindWindowByName("test")->GetID(plot));
    for (float y = 8; y < ImGui::GetIO().DisplaySize.y; y += 6) {
      gui.move({x, y}, draw());
      if (ImGui::GetCurrentContext()->HoveredId == wanted) return {x, y};
    }
    return {0, 0};
  }
  bool is_at(const char* plot, float x) { return find(plot, "title", x).y > 0; }

  static constexpr float kLeft = 20, kRight = 420;  // On the titles of either column.
};

TEST_F(LargePlots, APressOnATitleBringsThePlotInPlaceOfTheGalleryAndASecondPressBack) {
  ASSERT_EQ(gui.pictures.calls.size(), 20u);
  gui.click(find("rate", "title", kLeft), draw());
  EXPECT_EQ(ui.train.enlarged, Enlarged::kRate);
  frame();
  EXPECT_TRUE(gui.pictures.calls.empty());
  EXPECT_FALSE(is_at("loss", kLeft));
  EXPECT_FALSE(is_at("norm", kRight));
  gui.click(find("rate", "title", kLeft), draw());
  EXPECT_EQ(ui.train.enlarged, Enlarged::kNothing);
  frame();
  EXPECT_EQ(gui.pictures.calls.size(), 20u);
}

TEST_F(LargePlots, TheMarkAtTheCornerDoesTheSame) {
  const ImVec2 corner = find("norm", "corner", 800 - 8 - 9);
  ASSERT_GT(corner.y, 0);
  gui.click(corner, draw());
  EXPECT_EQ(ui.train.enlarged, Enlarged::kNorm);
}

TEST_F(LargePlots, TheLossPerNoiseLevelStandsBesideTheLargeLoss) {
  gui.click(find("loss", "title", kLeft), draw());
  ASSERT_EQ(ui.train.enlarged, Enlarged::kLoss);
  const float levels = 8 + 784 * 0.6f + 40;
  EXPECT_TRUE(is_at("loss", kLeft));
  EXPECT_TRUE(is_at("sigma", levels));
  EXPECT_FALSE(is_at("rate", kLeft));
  gui.click(find("sigma", "title", levels), draw());
  EXPECT_EQ(ui.train.enlarged, Enlarged::kLevels);
  EXPECT_TRUE(is_at("sigma", kRight));  // From further left on, for it is the larger one now.
}

// Beside learning rate and gradient norm: the third of three in the row.
TEST_F(LargePlots, OfARunThatIsMeasuredThereIsAPlotOfTheFrechetDistance) {
  constexpr float kThird = 8 + 2 * (250 + 16) + 12;
  EXPECT_FALSE(is_at("distance", kThird));
  TrainingProgress progress;
  progress.measured = {{10, 1, 200, 4, 0.5f, 3, 5, 0.5f, 0.2f, 0.2f},
                       {20, 2, 200, 2, 0.5f, 1, 3, 0.5f, 0.2f, 0.2f}};
  apply({5, progress}, view);
  frame();
  EXPECT_EQ(ui.train.curves.distance, (std::vector<float>{4, 2}));
  const ImVec2 title = find("distance", "title", kThird);
  ASSERT_GT(title.y, 0);
  EXPECT_EQ(title.y, find("rate", "title", kLeft).y);
  gui.click(title, draw());
  EXPECT_EQ(ui.train.enlarged, Enlarged::kDistance);
  frame();
  EXPECT_FALSE(is_at("rate", kLeft));
  EXPECT_TRUE(is_at("distance", kLeft));
}

TEST_F(LargePlots, InANarrowCentreTheOtherLossStandsBelow) {
  ImGui::GetIO().DisplaySize = {260, 336};
  ui.train.enlarged = Enlarged::kLoss;
  frame();
  const ImVec2 loss = find("loss", "title", kLeft), levels = find("sigma", "title", kLeft);
  ASSERT_GT(loss.y, 0);
  EXPECT_GT(levels.y, loss.y + 100);
  EXPECT_LT(levels.y, 300);
}

TEST_F(LargePlots, APressOnTheGalleryMakesItsPicturesLarger) {
  const auto side = [&] { return gui.pictures.calls[0].max.x - gui.pictures.calls[0].min.x; };
  const float before = side();
  EXPECT_GE(before, 100);
  const ImVec2 at = gui.pictures.calls[0].min;
  gui.click({at.x + 4, at.y + 4}, draw());
  EXPECT_EQ(ui.train.enlarged, Enlarged::kGallery);
  frame();
  EXPECT_GE(side(), 1.3f * before);
  EXPECT_FALSE(is_at("loss", kLeft));
  gui.click({at.x + 4, at.y + 4}, draw());
  EXPECT_EQ(ui.train.enlarged, Enlarged::kNothing);
}

TEST_F(LargePlots, WhereNothingMayBeEnlargedATitleIsNoButton) {
  Plot plot;
  plot.title = "Loss";
  PlotView zoom;
  bool pressed_something = false;
  const auto alone = [&] {
    draw_plot("loss", {400, 300}, plot, zoom);
    pressed_something = pressed_something || ImGui::IsAnyItemHovered();
  };
  gui.click({12, 12}, alone);
  EXPECT_FALSE(pressed_something);
}

}  // namespace
}  // namespace stepwise::app
