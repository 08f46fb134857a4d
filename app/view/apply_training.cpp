#include <algorithm>
#include <cmath>
#include <utility>

#include "view/apply.h"

namespace stepwise {
namespace {

// Means, but the largest gradient norm: a spike should stay visible.
TrainingPoint mean_of(const std::vector<TrainingPoint>& points) {
  TrainingPoint mean = points.back();
  double loss = 0, rate = 0;
  for (const TrainingPoint& p : points) {
    loss += p.loss;
    rate += p.learning_rate;
    mean.gradient_norm = std::max(mean.gradient_norm, p.gradient_norm);
  }
  mean.loss = float(loss / double(points.size()));
  mean.learning_rate = float(rate / double(points.size()));
  return mean;
}

void halve(Training& training) {
  std::vector<TrainingPoint> kept;
  for (std::size_t i = 0; i + 1 < training.points.size(); i += 2)
    kept.push_back(mean_of({training.points[i], training.points[i + 1]}));
  training.points = std::move(kept);
  training.steps_per_point *= 2;
}

// Drops every second item of the older ones; the first and the latest stay.
template <class T>
void thin(std::vector<T>& items, std::size_t most) {
  if (items.size() <= most) return;
  std::vector<T> kept;
  for (std::size_t i = 0; i < items.size(); ++i)
    if (i % 2 == 0 || i + 1 == items.size()) kept.push_back(std::move(items[i]));
  items = std::move(kept);
}

}  // namespace

void apply_training(TrainingStarted event, Training& training) {
  training = {};
  training.running = true;
  training.started = std::move(event);
}

void apply_training(TrainingProgress event, Training& training) {
  for (const TrainingPoint& point : event.points) {
    training.gathered.push_back(point);
    if (int(training.gathered.size()) < training.steps_per_point) continue;
    training.points.push_back(mean_of(training.gathered));
    training.gathered.clear();
    if (training.points.size() >= kMostPoints) halve(training);
  }
  for (HeldOutPoint& point : event.held_out) training.held_out.push_back(std::move(point));
  thin(training.held_out, kMostPoints);
  const double before = training.marks.empty() ? 1 : training.marks.back().multiplier;
  if (event.multiplier != before) training.marks.push_back({event.step, event.multiplier});
  event.points.clear();
  event.held_out.clear();
  training.progress = std::move(event);
}

void apply_training(GalleryReady event, Training& training) {
  training.galleries.push_back({event.step, event.seconds, pictures_of(std::move(event.pictures))});
  thin(training.galleries, kMostGalleries);
}

void apply_training(TrainingDone event, Training& training) {
  training.running = false;
  training.done = std::move(event);
}

}  // namespace stepwise
