#include "view/level_map.h"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace stepwise::app {
namespace {

// All losses that can be shown.
Extent extent_of(std::span<const HeldOutPoint> held_out) {
  Extent losses;
  for (const HeldOutPoint& point : held_out)
    for (const float loss : point.bins)
      if (loss > 0) losses.add(loss);
  return losses;
}

Picture drawn(std::span<const HeldOutPoint> held_out, const Extent& losses, const Axis& steps,
              int columns) {
  const int rows = int(held_out.back().bins.size());
  Image image(rows, columns, 1);
  const double width = std::log(losses.hi / losses.lo);
  for (int x = 0; x < columns; ++x) {
    const double step = steps.value((x + 0.5) / columns);
    const std::vector<float>& bins = nearest_measurement(held_out, step)->bins;
    for (int y = 0; y < std::min(rows, int(bins.size())); ++y) {
      const double loss = bins[std::size_t(y)];
      if (loss > losses.lo) image.at(rows - 1 - y, x) = float(std::log(loss / losses.lo) / width);
    }
  }
  return picture_of(image);
}

}  // namespace

const HeldOutPoint* nearest_measurement(std::span<const HeldOutPoint> held_out, double step) {
  if (held_out.empty()) return nullptr;
  const auto later = std::ranges::lower_bound(
      held_out, step, {}, [](const HeldOutPoint& point) { return double(point.step); });
  if (later == held_out.begin()) return &held_out.front();
  if (later == held_out.end()) return &held_out.back();
  const auto before = std::prev(later);
  return step - double(before->step) <= double(later->step) - step ? &*before : &*later;
}

std::optional<std::int64_t> mark_up_to(std::span<const TrainingMark> marks, std::int64_t step) {
  std::optional<std::int64_t> newest;
  for (const TrainingMark& mark : marks)
    if (mark.step <= step && !mark.file.empty()) newest = mark.step;
  return newest;
}

void follow(LevelMap& map, std::span<const HeldOutPoint> held_out, const Axis& steps, int columns) {
  const Extent losses = extent_of(held_out);
  if (losses.empty() || columns < 1) {
    map = {};
    return;
  }
  const std::int64_t last = held_out.back().step;
  if (map.count == held_out.size() && map.last == last && map.steps == steps &&
      map.columns == columns && float(losses.lo) == map.lowest && float(losses.hi) == map.highest)
    return;
  map = {drawn(held_out, losses, steps, columns),
         float(losses.lo),
         float(losses.hi),
         held_out.size(),
         last,
         steps,
         columns};
}

std::vector<float> density_of_levels(double mean, double std, double low, double high, int places) {
  std::vector<float> shares;
  for (int i = 0; i < places; ++i) {
    const double log_sigma =
        std::log(low) + (std::log(high) - std::log(low)) * i / std::max(1, places - 1);
    const double away = (log_sigma - mean) / std;
    shares.push_back(float(std::exp(-away * away / 2)));
  }
  return shares;
}

}  // namespace stepwise::app
