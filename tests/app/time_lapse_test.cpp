// The galleries of a run as a time lapse.
#include <gtest/gtest.h>

#include "panel_fixture.h"
#include "panels/panels.h"

namespace stepwise::app {
namespace {

class TimeLapse : public PanelTest {
 protected:
  TimeLapse() : PanelTest({800, 736}) {
    ui.workspace = "train";
    TrainingStarted started;
    apply({5, started}, view);
    for (int k = 1; k <= 4; ++k) {
      const ImageBatch batch{2, 2, 2, 1, std::vector<float>(8, float(k) / 10)};
      apply({5, GalleryReady{10 * k, 1. * k, batch}}, view);
    }
  }

  auto draw() {
    return [this] {
      shortcuts(view, ui, out);
      learning_panel(view, ui, gui.pictures, out);
    };
  }
  // Which gallery is on screen, counted from 0.
  int shown() {
    gui.frame(draw());
    for (int k = 0; k < 4; ++k)
      if (gui.pictures.calls[0].shown.plus.batch ==
          view.training.galleries[std::size_t(k)].pictures)
        return k;
    return -1;
  }
  void wait(double seconds) {
    for (double t = 0; t < seconds; t += ImGui::GetIO().DeltaTime) gui.frame(draw());
  }
};

TEST_F(TimeLapse, PlaysFromTheFirstPicturesToTheNewestAndFollowsThemThen) {
  gui.press("Play##play", draw());
  EXPECT_TRUE(ui.train.playing);
  EXPECT_EQ(shown(), 0);
  wait(0.2);
  EXPECT_EQ(shown(), 1);
  wait(1);
  EXPECT_FALSE(ui.train.playing);
  EXPECT_EQ(shown(), 3);
  EXPECT_EQ(ui.train.gallery, -1);
}

TEST_F(TimeLapse, GoesOnFromWhereItWasHeld) {
  ui.train.gallery = 2;
  gui.key(ImGuiKey_Space, draw());
  EXPECT_TRUE(ui.train.playing);
  EXPECT_EQ(shown(), 2);
  gui.key(ImGuiKey_Space, draw());
  EXPECT_FALSE(ui.train.playing);
  EXPECT_EQ(shown(), 2);
}

TEST_F(TimeLapse, ArrowKeysGoThroughThePicturesAndLeaveThePlayheadOfTheBrush) {
  gui.key(ImGuiKey_LeftArrow, draw());
  EXPECT_EQ(shown(), 2);
  gui.key(ImGuiKey_Home, draw());
  EXPECT_EQ(shown(), 0);
  gui.key(ImGuiKey_LeftArrow, draw());
  EXPECT_EQ(shown(), 0);
  gui.key(ImGuiKey_RightArrow, draw());
  EXPECT_EQ(shown(), 1);
  gui.key(ImGuiKey_End, draw());
  EXPECT_EQ(ui.train.gallery, -1);
  EXPECT_EQ(ui.playhead.step, 0);
  EXPECT_FALSE(ui.playhead.playing);
}

TEST_F(TimeLapse, AnotherRunShowsItsNewestPictures) {
  ui.train.gallery = 1;
  ui.train.playing = true;
  adopt_run({}, ui.train);
  EXPECT_FALSE(ui.train.playing);
  EXPECT_EQ(shown(), 3);
}

TEST_F(TimeLapse, BeforeThereArePicturesKeysDoNothing) {
  view.training.galleries.clear();
  gui.key(ImGuiKey_Space, draw());
  gui.key(ImGuiKey_LeftArrow, draw());
  EXPECT_FALSE(ui.train.playing);
  EXPECT_EQ(ui.train.gallery, -1);
}

}  // namespace
}  // namespace stepwise::app
