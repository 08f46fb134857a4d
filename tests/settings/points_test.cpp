#include "settings/points.h"

#include <gtest/gtest.h>

namespace stepwise {
namespace {

TrainingPoint point(std::int64_t step) {
  return {step, double(step), step % 2 ? 1.f : 0.f, float(step % 10), 0.5f};
}

LossCurve curve_of(std::int64_t steps) {
  LossCurve curve;
  for (std::int64_t step = 1; step <= steps; ++step) curve.add(point(step));
  return curve;
}

TEST(LossCurve, KeepsEveryStepOfAShortRun) {
  const LossCurve curve = curve_of(1000);
  ASSERT_EQ(curve.points.size(), 1000u);
  for (std::size_t i = 0; i < 1000; ++i) EXPECT_EQ(curve.points[i].step, std::int64_t(i) + 1);
  EXPECT_EQ(curve.gathered.steps, 0);
}

TEST(LossCurve, OfALongRunIsMeansOfEqualLengthAndLosesNoStep) {
  const std::int64_t steps = std::int64_t(kMaxPoints) * 3 + 2;
  const LossCurve curve = curve_of(steps);
  EXPECT_LT(curve.points.size(), kMaxPoints);
  std::int64_t step = 0;
  for (const TrainingPoint& p : curve.points) {
    ASSERT_EQ(p.steps, 4);
    ASSERT_EQ(p.step, step += 4);
    ASSERT_EQ(p.loss, 0.5f);
    ASSERT_GE(p.gradient_norm, 3);  // Of the steps 0 to 9 in turn the largest of four.
  }
  EXPECT_EQ(curve.gathered.steps, 2);
  EXPECT_EQ(curve.gathered.step, steps);
}

TEST(LossCurve, IsTheSameWhenItIsTakenUpFromWhatWasKept) {
  for (const std::int64_t kept : {7, int(kMaxPoints) + 5, 3 * int(kMaxPoints) + 3}) {
    LossCurve taken_up;
    for (const TrainingPoint& p : curve_of(kept).all()) taken_up.add(p);
    const std::int64_t steps = kept + kMaxPoints;
    for (std::int64_t step = kept + 1; step <= steps; ++step) taken_up.add(point(step));
    const auto expected = curve_of(steps).all(), found = taken_up.all();
    ASSERT_EQ(found.size(), expected.size());
    for (std::size_t i = 0; i < found.size(); ++i) {
      ASSERT_EQ(found[i].step, expected[i].step);
      ASSERT_EQ(found[i].loss, expected[i].loss);
      ASSERT_EQ(found[i].steps, expected[i].steps);
    }
  }
}

TEST(HeldOutPoints, AreThinnedAndTheLatestStays) {
  std::vector<HeldOutPoint> points;
  for (int i = 1; i <= int(kMaxPoints) * 2 + 3; ++i) {
    add_held_out(points, {i, 0, float(i), {}});
    ASSERT_LT(points.size(), kMaxPoints);
    ASSERT_EQ(points.back().step, i);
  }
}

TEST(MeasuredPoints, AreThinnedAndTheLatestStays) {
  std::vector<MeasuredPoint> points;
  for (int i = 1; i <= int(kMaxPoints); ++i) add_measured(points, {.step = i});
  EXPECT_EQ(points.size(), kMaxPoints / 2);
  EXPECT_EQ(points.back().step, std::int64_t(kMaxPoints));
}

TEST(SecondsAt, AreThoseOfTheLatestPointUpToTheStep) {
  const std::vector<TrainingPoint> points{{.step = 2, .seconds = 1}, {.step = 4, .seconds = 3}};
  EXPECT_EQ(seconds_at(points, 1), 0);
  EXPECT_EQ(seconds_at(points, 2), 1);
  EXPECT_EQ(seconds_at(points, 3), 1);
  EXPECT_EQ(seconds_at(points, 9), 3);
  EXPECT_EQ(seconds_at({}, 9), 0);
}

}  // namespace
}  // namespace stepwise
