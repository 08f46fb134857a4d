// Held-out losses by noise level through the steps of training, as a picture. Window thread only.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "settings/points.h"
#include "training/marks.h"
#include "widgets/axis.h"
#include "widgets/picture.h"

namespace stepwise::app {

struct LevelMap {
  // A column for each place along the axis of steps, which shows the measurement nearest to it; a
  // row for each bin, the highest noise level at the top. 0 where the loss is lowest, 1 where it is
  // highest; equal ratios of losses are equal distances.
  Picture picture;
  float lowest = 0, highest = 0;  // Losses.

  // What it was drawn of.
  std::size_t count = 0;
  std::int64_t last = 0;
  Axis steps;
  int columns = 0;
};

// Draws it anew where there are other measurements than before, or another axis. Without any that
// have bins, the picture is empty.
void follow(LevelMap& map, std::span<const HeldOutPoint> held_out, const Axis& steps, int columns);

// The measurement nearest to a step; nullptr where there is none.
const HeldOutPoint* nearest_measurement(std::span<const HeldOutPoint> held_out, double step);

// The newest mark at or before a step whose file is there; none where there is no such mark. Marks
// are by their steps.
std::optional<std::int64_t> mark_up_to(std::span<const TrainingMark> marks, std::int64_t step);

// How often training draws each noise level, as a share of the most: ln sigma ~ N(mean, std^2), at
// so many places whose ln sigma is evenly spaced from `low` to `high`, both included.
std::vector<float> density_of_levels(double mean, double std, double low, double high, int places);

}  // namespace stepwise::app
