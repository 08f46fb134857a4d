#include <algorithm>
#include <cmath>
#include <utility>

#include "view/apply.h"

namespace stepwise::app {
namespace {

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
  for (const TrainingPoint& point : event.points) training.curve.add(point);
  for (HeldOutPoint& point : event.held_out) add_held_out(training.held_out, std::move(point));
  const double before = training.marks.empty() ? 1 : training.marks.back().multiplier;
  if (event.multiplier != before) training.marks.push_back({event.step, event.multiplier});
  event.points.clear();
  event.held_out.clear();
  training.progress = std::move(event);
}

void apply_training(GalleryReady event, Training& training) {
  training.galleries.push_back({event.step, event.seconds, pictures_of(std::move(event.pictures))});
  thin(training.galleries, kMaxGalleries);
}

void apply_training(TrainingDone event, Training& training) {
  training.running = false;
  training.done = std::move(event);
}

}  // namespace stepwise::app
