#include "widgets/film_strip.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "headless_imgui.h"

namespace stepwise::app {
namespace {

constexpr float kLeft = 140, kRight = 1258;  // Of a strip in a window of 1280 points.

// Which steps are drawn, and where.
struct DrawnStrip {
  std::vector<int> steps;
  std::vector<RecordingRenderer::Call> calls;
};

DrawnStrip drawn(int steps, int first) {
  HeadlessImGui gui;
  DrawnStrip result;
  const Shown some{.plus = picture_of(Image(2, 2, 1))};
  gui.frame([&] {
    film_strip(*ImGui::GetWindowDrawList(), gui.pictures, step_axis(kLeft, kRight, steps), first,
               600, 636, [&](int step) {
                 result.steps.push_back(step);
                 return some;
               });
  });
  result.calls = gui.pictures.calls;
  return result;
}

TEST(FilmStrip, TheFinishedPictureIsTheLastOfEveryStrip) {
  for (const int steps : {1, 18, 50, 1000})
    for (const int first : {0, steps / 2, steps - 1, steps}) {
      const DrawnStrip strip = drawn(steps, first);
      ASSERT_FALSE(strip.steps.empty()) << steps << " from " << first;
      EXPECT_EQ(strip.steps.back(), steps) << steps << " from " << first;
      EXPECT_GE(strip.steps.front(), first);
      EXPECT_LE(strip.calls.back().max.x, kRight + 1);
      EXPECT_GE(strip.calls.back().max.x,
                kRight - std::max(2.f, (kRight - kLeft) / float(steps + 1)));
    }
}

TEST(FilmStrip, PicturesDoNotCoverEachOtherAndAreTheSameStepsInAllLanes) {
  for (const int steps : {18, 50, 1000}) {
    const DrawnStrip root = drawn(steps, 0), branch = drawn(steps, steps / 3);
    for (std::size_t i = 1; i < root.calls.size(); ++i)
      EXPECT_GE(root.calls[i].min.x, root.calls[i - 1].max.x);
    const std::set<int> all(root.steps.begin(), root.steps.end());
    for (const int step : branch.steps) EXPECT_TRUE(all.contains(step)) << step;
  }
}

TEST(Ruler, KnowsWhatLevelStandsWhereALevelStands) {
  const StepAxis axis = step_axis(kLeft, kRight, 4);
  const std::vector<double> sigmas{20, 5, 1, 0.1, 0};
  for (const double sigma : {20., 11., 5., 2., 0.3, 0.1})
    EXPECT_NEAR(sigma_of_x(axis, sigmas, x_of_sigma(axis, sigmas, sigma)) / sigma, 1, 1e-4);
  EXPECT_EQ(sigma_of_x(axis, sigmas, kLeft - 50), 20);
  EXPECT_EQ(sigma_of_x(axis, sigmas, kRight + 50), 0.1);
}

TEST(ForkLines, OfSiblingsStandBesideEachOtherBetweenTwoPictures) {
  HeadlessImGui gui;
  const StepAxis axis = step_axis(kLeft, kRight, 18);
  const float side = film_side(axis, 36);
  std::set<float> places;
  for (int which = 0; which < 4; ++which) {
    const float x = fork_x(axis, side, 9, which);
    places.insert(x);
    EXPECT_GE(x, axis.centre(8) + side / 2);
    EXPECT_LE(x, axis.centre(9) - side / 2);
  }
  EXPECT_EQ(places.size(), 4u);
}

TEST(ForkLines, FromTheFirstStepStayOutOfTheColumnOfNames) {
  HeadlessImGui gui;
  for (const int steps : {1, 18, 50, 1000}) {
    const StepAxis axis = step_axis(kLeft, kRight, steps);
    for (int which = 0; which < 8; ++which)
      EXPECT_GE(fork_x(axis, film_side(axis, 36), 0, which), axis.left - px(16));
  }
}

}  // namespace
}  // namespace stepwise::app
