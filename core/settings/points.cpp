#include "settings/points.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace stepwise {
namespace {

// Of two that follow each other. The largest norm, for a spike should stay visible.
TrainingPoint joined(const TrainingPoint& a, const TrainingPoint& b) {
  if (a.steps == 0) return b;
  TrainingPoint both = b;
  both.steps = a.steps + b.steps;
  const auto mean = [&](float of_a, float of_b) {
    return float((double(of_a) * double(a.steps) + double(of_b) * double(b.steps)) /
                 double(both.steps));
  };
  both.loss = mean(a.loss, b.loss);
  both.learning_rate = mean(a.learning_rate, b.learning_rate);
  both.gradient_norm = std::max(a.gradient_norm, b.gradient_norm);
  return both;
}

template <class Point>
void add_latest(std::vector<Point>& points, Point point) {
  points.push_back(std::move(point));
  if (points.size() < kMaxPoints) return;
  for (std::size_t i = 0; 2 * i + 1 < points.size(); ++i) points[i] = std::move(points[2 * i + 1]);
  points.resize(points.size() / 2);
}

}  // namespace

void LossCurve::add(const TrainingPoint& point) {
  gathered = joined(gathered, point);
  const std::int64_t steps_per_point = points.empty() ? 1 : points.front().steps;
  if (gathered.steps < steps_per_point) return;
  points.push_back(std::exchange(gathered, {.steps = 0}));
  if (points.size() < kMaxPoints) return;
  for (std::size_t i = 0; i < points.size() / 2; ++i)
    points[i] = joined(points[2 * i], points[2 * i + 1]);
  points.resize(points.size() / 2);
}

std::vector<TrainingPoint> LossCurve::all() const {
  std::vector<TrainingPoint> all = points;
  if (gathered.steps > 0) all.push_back(gathered);
  return all;
}

double seconds_at(const std::vector<TrainingPoint>& points, std::int64_t step) {
  const auto later = std::ranges::upper_bound(points, step, {}, &TrainingPoint::step);
  return later == points.begin() ? 0 : std::prev(later)->seconds;
}

void add_held_out(std::vector<HeldOutPoint>& points, HeldOutPoint point) {
  add_latest(points, std::move(point));
}

void add_measured(std::vector<MeasuredPoint>& points, const MeasuredPoint& point) {
  add_latest(points, point);
}

}  // namespace stepwise
