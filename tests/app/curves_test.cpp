#include "view/curves.h"

#include <gtest/gtest.h>

#include <cmath>

namespace stepwise::app {
namespace {

std::vector<TrainingPoint> points(int count, float loss = 1) {
  std::vector<TrainingPoint> out;
  for (int i = 1; i <= count; ++i) out.push_back({i, 0.1 * i, loss + float(i % 3), 0.5f, 0.01f});
  return out;
}

TEST(Curves, FollowPointsAsTheyCome) {
  const auto all = points(50);
  Curves whole, pieces;
  append(whole, all, {}, 0.9f);
  for (std::size_t n = 0; n <= all.size(); n += 7)
    append(pieces, std::span(all).first(n), {}, 0.9f);
  append(pieces, all, {}, 0.9f);
  EXPECT_EQ(pieces.steps, whole.steps);
  EXPECT_EQ(pieces.smoothed, whole.smoothed);
  EXPECT_EQ(whole.loss.size(), 50u);
}

TEST(Curves, StartOverForAnotherRunAndAnotherSmoothing) {
  Curves curves;
  append(curves, points(50, 1), {}, 0.9f);
  append(curves, points(60, 5), {}, 0.9f);
  EXPECT_EQ(curves.steps.size(), 60u);
  EXPECT_EQ(curves.loss.front(), 6);
  const auto before = curves.smoothed;
  append(curves, points(60, 5), {}, 0.5f);
  EXPECT_NE(curves.smoothed, before);
}

TEST(Curves, ASmoothedConstantIsThatConstantFromTheFirstStep) {
  std::vector<TrainingPoint> same;
  for (int i = 1; i < 20; ++i) same.push_back({i, 0.1 * i, 3, 0, 0});
  Curves curves;
  append(curves, same, {}, 0.99f);
  for (const float value : curves.smoothed) EXPECT_FLOAT_EQ(value, 3);
}

TEST(Curves, ALossThatIsNotANumberLeavesNoTraceInTheSmoothedCurve) {
  auto some = points(10);
  some[4].loss = NAN;
  Curves curves;
  append(curves, some, {}, 0.9f);
  for (const float value : curves.smoothed) EXPECT_TRUE(std::isfinite(value));
  append(curves, some, {}, 0.9f);
  EXPECT_EQ(curves.steps.size(), 10u);
}

TEST(Curves, TakeInHeldOutLosses) {
  std::vector<HeldOutPoint> held_out{{10, 0.5f, 0.6f, {}}};
  Curves curves;
  append(curves, points(20), held_out, 0.9f);
  held_out.push_back({20, 0.4f, 0.55f, {}});
  append(curves, points(20), held_out, 0.9f);
  EXPECT_EQ(curves.held_out_steps, (std::vector<double>{10, 20}));
  EXPECT_EQ(curves.held_out, (std::vector<float>{0.6f, 0.55f}));
}

TEST(Curves, TakeInWhatThePicturesWereMeasuredAsAndKnowNoWidthWhereNoneIsKnown) {
  std::vector<MeasuredPoint> measured{{10, 1, 10, 4, 0.5f, NAN, NAN, 0.5f, 0, 0}};
  Curves curves;
  append(curves, measured);
  measured.push_back({20, 2, 10, 2, 0.25f, 1, 3, 0.5f, 0, 0});
  append(curves, measured);
  EXPECT_EQ(curves.measured_steps, (std::vector<double>{10, 20}));
  EXPECT_EQ(curves.distance, (std::vector<float>{4, 2}));
  EXPECT_EQ(curves.floor, (std::vector<float>{0.5f, 0.25f}));
  EXPECT_EQ(curves.low, (std::vector<float>{4, 1}));
  EXPECT_EQ(curves.high, (std::vector<float>{4, 3}));
}

TEST(Curves, OfAnotherRunForgetWhatTheLastWasMeasuredAs) {
  const std::vector<MeasuredPoint> measured{{10, 1, 10, 4, 0.5f, 3, 5, 0.5f, 0, 0}};
  Curves curves;
  append(curves, points(20, 1), {}, 0.9f);
  append(curves, measured);
  append(curves, points(5, 2), {}, 0.9f);
  append(curves, std::span<const MeasuredPoint>());
  EXPECT_TRUE(curves.measured_steps.empty());
  EXPECT_TRUE(curves.distance.empty());
}

}  // namespace
}  // namespace stepwise::app
