#include "view/forward.h"

#include <gtest/gtest.h>

#include <cmath>
#include <utility>
#include <vector>

namespace stepwise::app {
namespace {

Image pixels(std::vector<float> values) {
  Image image(1, int(values.size()), 1);
  image.pixels = std::move(values);
  return image;
}

TEST(Forward, AddsTheNoiseOfTheStartByTheRatioOfTheLevels) {
  const Image picture = pixels({-1, 0.5f, 1}), start = pixels({8, -4, 0});
  EXPECT_EQ(noised(picture, start, 16, 16).pixels, (std::vector<float>{7, -3.5f, 1}));
  EXPECT_EQ(noised(picture, start, 16, 4).pixels, (std::vector<float>{1, -0.5f, 1}));
  EXPECT_EQ(noised(picture, start, 16, 0), picture);
}

// A branch of two steps whose first and last step have come in full.
View finished_branch() {
  View view;
  BranchStarted start;
  start.id = 3;
  start.pictures = {0, 1};
  start.conditions = {{}, {}};
  start.sigmas = {16, 4, 0};
  apply({kNoJob, start}, view);
  for (int step = 0; step <= 2; ++step)
    apply({kNoJob, FrameReady{3, step, {2, 1, 1, 1, {0, 0}}}}, view);
  apply({kNoJob, FrameFetched{3, 0, {2, 1, 1, 1, {8, 32}}, {2, 1, 1, 1, {0, 0}}}}, view);
  return view;
}

TEST(Forward, ALaneWaitsForItsTwoEndsAndThenHasEveryLevelOfThePicture) {
  View view = finished_branch();
  ForwardProcess lane;
  EXPECT_FALSE(lane.has(view, 3, 1));
  EXPECT_FALSE(lane.at(view, {3, 1, 1}));
  apply({kNoJob, FrameFetched{3, 2, {2, 1, 1, 1, {1, -1}}, {2, 1, 1, 1, {1, -1}}}}, view);
  EXPECT_TRUE(lane.has(view, 3, 1));
  EXPECT_EQ(lane.at(view, {3, 0, 1}).value(0, 0), 31);
  EXPECT_EQ(lane.at(view, {3, 1, 1}).value(0, 0), 7);
  EXPECT_EQ(lane.at(view, {3, 2, 1}).value(0, 0), -1);
  EXPECT_EQ(lane.at(view, {3, 1, 1}).range, std::sqrt(17.f));  // As x is shown.
  EXPECT_EQ(lane.at(view, {3, 1, 0}).value(0, 0), 3);          // Another picture is another lane.
}

TEST(Forward, ALaneStaysWhenStepsInFullGo) {
  View view = finished_branch();
  apply({kNoJob, FrameFetched{3, 2, {2, 1, 1, 1, {1, -1}}, {2, 1, 1, 1, {1, -1}}}}, view);
  ForwardProcess lane;
  const Picture before = lane.at(view, {3, 1, 0}).plus;
  view.full_steps.clear();
  EXPECT_EQ(lane.at(view, {3, 1, 0}).plus, before);
}

}  // namespace
}  // namespace stepwise::app
