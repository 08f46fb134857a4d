#include "widgets/canvas.h"

#include <gtest/gtest.h>

#include "view/quantities.h"
#include "widgets/film_strip.h"

namespace stepwise::app {
namespace {

const Rect kArea{{100, 50}, {700, 450}};

TEST(Canvas, ThePictureFitsWithWholePixelsInTheMiddle) {
  const Placed placed = place_picture(kArea, 28, 28, {});
  EXPECT_EQ(placed.pixel, 14);  // 400 / 28 = 14.3.
  EXPECT_EQ(placed.rect.min.x, 204);
  EXPECT_EQ(placed.rect.min.y, 54);
}

TEST(Canvas, ZoomingKeepsWhatIsUnderTheMouse) {
  Camera camera;
  const ImVec2 mouse{300, 200};
  zoom_about(camera, kArea, 28, 28, mouse, 3);
  const ImVec2 before = place_picture(kArea, 28, 28, {}).to_picture(mouse);
  const ImVec2 after = place_picture(kArea, 28, 28, camera).to_picture(mouse);
  EXPECT_NEAR(before.x, after.x, 0.05);  // Half a pixel of the screen.
  EXPECT_NEAR(before.y, after.y, 0.05);
}

TEST(Canvas, ZoomingOutAllTheWayCentresThePicture) {
  Camera camera;
  zoom_about(camera, kArea, 28, 28, {300, 200}, 3);
  zoom_about(camera, kArea, 28, 28, {650, 420}, 0.01f);
  EXPECT_EQ(camera.zoom, 1);
  EXPECT_EQ(camera.x, 0);
  EXPECT_EQ(camera.y, 0);
}

TEST(StepAxis, EveryPlaceBelongsToTheNearestStep) {
  const StepAxis axis = step_axis(10, 210, 9);
  for (int k = 0; k <= 9; ++k) {
    EXPECT_EQ(axis.step_at(axis.centre(k)), k);
    EXPECT_EQ(axis.step_at(axis.centre(k) + 9.9f), k);
  }
  EXPECT_EQ(axis.step_at(-1000), 0);
  EXPECT_EQ(axis.step_at(1000), 9);
}

TEST(StepAxis, TheRulerIsLogarithmicBetweenSteps) {
  const std::vector<double> sigmas = {100, 1, 0.1, 0};
  const StepAxis axis = step_axis(0, 400, 3);
  EXPECT_FLOAT_EQ(x_of_sigma(axis, sigmas, 100), axis.centre(0));
  EXPECT_FLOAT_EQ(x_of_sigma(axis, sigmas, 10), (axis.centre(0) + axis.centre(1)) / 2);
  EXPECT_FLOAT_EQ(x_of_sigma(axis, sigmas, 0.1), axis.centre(2));
}

// Two frames of one pixel: x = 5 and 3, D = 1 and 0.5, sigma = 2 and 1.
View two_frames() {
  View view;
  BranchStarted start;
  start.pictures = {0};
  start.conditions = {{0}};
  start.sigmas = {2, 1, 0};
  apply({kNoJob, start}, view);
  apply({kNoJob, FrameReady{0, 0, {1, 1, 1, 1, {255}}}}, view);
  apply({kNoJob, FrameReady{0, 1, {1, 1, 1, 1, {191}}}}, view);
  apply({kNoJob, FrameFetched{0, 0, {1, 1, 1, 1, {5}}, {1, 1, 1, 1, {1}}}}, view);
  apply({kNoJob, FrameFetched{0, 1, {1, 1, 1, 1, {3}}, {1, 1, 1, 1, {0.5f}}}}, view);
  return view;
}

TEST(Layers, NoiseIsXMinusTheGuessInUnitsOfSigma) {
  const View view = two_frames();
  EXPECT_EQ(shown_quantity(view, 0, 0, 0, Quantity::kNoise).value(0, 0), 2);
  EXPECT_EQ(shown_quantity(view, 0, 1, 0, Quantity::kNoise).value(0, 0), 2.5f);
}

TEST(Layers, ChangeIsWhatThisStepAddedToTheGuess) {
  const View view = two_frames();
  EXPECT_EQ(shown_quantity(view, 0, 0, 0, Quantity::kChange).value(0, 0), 1);
  EXPECT_EQ(shown_quantity(view, 0, 1, 0, Quantity::kChange).value(0, 0), -0.5f);
}

TEST(Layers, WhileAStepIsOnItsWayTheOneThatCameLastStandsForIt) {
  View view = two_frames();
  apply({kNoJob, FrameReady{0, 2, {1, 1, 1, 1, {0}}}}, view);
  EXPECT_EQ(shown_quantity(view, 0, 2, 0, Quantity::kGuess).value(0, 0), -1);
  EXPECT_EQ(shown_quantity(view, 0, 2, 0, Quantity::kNoisy).value(0, 0), 3);
  EXPECT_EQ(shown_quantity(view, 0, 2, 0, Quantity::kNoise).value(0, 0), 2.5f);
  view.full_steps.clear();
  EXPECT_FALSE(shown_quantity(view, 0, 2, 0, Quantity::kNoisy));
}

TEST(Layers, AFrameThatHasNotComeShowsNothing) {
  EXPECT_FALSE(shown_quantity(two_frames(), 0, 2, 0, Quantity::kGuess));
}

}  // namespace
}  // namespace stepwise::app
