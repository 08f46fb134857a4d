#include "view/curves.h"

#include <cmath>

namespace stepwise::app {
namespace {

bool same(float a, float b) { return a == b || (std::isnan(a) && std::isnan(b)); }

// Whether `points` begin with those that were taken in already.
bool continues(const Curves& curves, std::span<const TrainingPoint> points) {
  const std::size_t known = curves.steps.size();
  if (known > points.size()) return false;
  return known == 0 || (curves.steps.front() == double(points.front().step) &&
                        curves.steps.back() == double(points[known - 1].step) &&
                        same(curves.loss.back(), points[known - 1].loss));
}

void add(Curves& curves, const TrainingPoint& point) {
  curves.steps.push_back(double(point.step));
  curves.loss.push_back(point.loss);
  curves.rate.push_back(point.learning_rate);
  curves.norm.push_back(point.gradient_norm);
  // Divided by the weight so far, so that the curve starts at the first loss instead of 0.
  if (std::isfinite(point.loss)) {
    curves.sum = curves.smoothing * curves.sum + (1 - curves.smoothing) * point.loss;
    curves.weight = curves.smoothing * curves.weight + (1 - curves.smoothing);
  }
  curves.smoothed.push_back(curves.weight > 0 ? float(curves.sum / curves.weight) : point.loss);
}

}  // namespace

void append(Curves& curves, std::span<const TrainingPoint> points,
            std::span<const HeldOutPoint> held_out, float smoothing) {
  if (!continues(curves, points) || smoothing != curves.smoothing) curves = {};
  curves.smoothing = smoothing;
  for (std::size_t i = curves.steps.size(); i < points.size(); ++i) add(curves, points[i]);
  // Few enough to be copied whenever their number changes.
  if (held_out.size() == curves.held_out_steps.size()) return;
  curves.held_out_steps.clear();
  curves.train.clear();
  curves.held_out.clear();
  for (const HeldOutPoint& point : held_out) {
    curves.held_out_steps.push_back(double(point.step));
    curves.train.push_back(point.train);
    curves.held_out.push_back(point.held_out);
  }
}

void append(Curves& curves, std::span<const MeasuredPoint> measured) {
  if (measured.size() == curves.measured_steps.size()) return;
  curves.measured_steps.clear();
  for (std::vector<float>* column : {&curves.distance, &curves.floor, &curves.low, &curves.high})
    column->clear();
  for (const MeasuredPoint& point : measured) {
    curves.measured_steps.push_back(double(point.step));
    curves.distance.push_back(point.distance);
    curves.floor.push_back(point.floor);
    // A band needs an end: where none is known, it has no width.
    curves.low.push_back(std::isfinite(point.low) ? point.low : point.distance);
    curves.high.push_back(std::isfinite(point.high) ? point.high : point.distance);
  }
}

}  // namespace stepwise::app
