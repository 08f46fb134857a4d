#include "view/remains.h"

#include <gtest/gtest.h>

#include "view/edits.h"
#include "view/strokes.h"

namespace stepwise::app {
namespace {

// One black picture of two pixels that ends as it is, and a stroke over both that makes them white.
class RemainsHere : public testing::Test {
 protected:
  RemainsHere() {
    BranchStarted start;
    start.pictures = {0};
    start.conditions = {{}};
    start.sigmas = {2, 1, 0};
    apply({kNoJob, start}, view);
    for (int step = 0; step < 3; ++step)
      apply({kNoJob, FrameReady{0, step, {1, 1, 2, 1, {0, 0}}}}, view);
    desk.playhead.step = 1;
    desk.brush = {1, 9, 0};
    begin_stroke(view, desk, *paintable(view, desk), Surface::kGuess, {1, 0.5f}, out);
    end_stroke(desk);
  }

  void ends_as(float left, float right, bool finished = true) {
    Image end(1, 2, 1);
    end.pixels = {left, right};
    Edit edit;
    edit.step = 1;
    edit.layers = painting_here(view, desk)->layers;
    apply({++job, SeenAhead{edit, 2, end, finished}}, view);
  }

  View view;
  Desk desk;
  Commands out;
  JobId job = 1;
};

TEST_F(RemainsHere, AreAllOfItWhereTheEndIsAsPainted) {
  ends_as(1, 1);
  EXPECT_DOUBLE_EQ(remains_here(view, desk)->share, 1);
  EXPECT_EQ(image_of(remains_here(view, desk)->map).pixels, (std::vector<float>{1, 1}));
}

TEST_F(RemainsHere, AreToldForEachPixel) {
  ends_as(1, -1);
  EXPECT_DOUBLE_EQ(remains_here(view, desk)->share, 0.5);
  EXPECT_EQ(image_of(remains_here(view, desk)->map).pixels, (std::vector<float>{1, -1}));
}

TEST_F(RemainsHere, AreUnknownBeforeTheEndAndOfAnotherPainting) {
  EXPECT_FALSE(remains_here(view, desk));
  ends_as(1, 1, false);
  EXPECT_FALSE(remains_here(view, desk));
  ends_as(1, 1);
  EXPECT_TRUE(remains_here(view, desk));
  begin_stroke(view, desk, *paintable(view, desk), Surface::kGuess, {0.5f, 0.5f}, out);
  end_stroke(desk);
  EXPECT_FALSE(remains_here(view, desk));
}

}  // namespace
}  // namespace stepwise::app
