// What a run records as it trains, as plain values: no torch here. Losses are those of the network
// F that EDM trains (mean squared error of a target of unit variance), so 1 is what a net that
// knows nothing gets.
#pragma once

#include <cstdint>
#include <vector>

#include "fields.h"

namespace stepwise {

// One optimiser step, or several in a row.
struct TrainingPoint {
  std::int64_t step = 0;
  double seconds = 0;  // Training time so far, pauses left out.
  float loss = 0;
  float gradient_norm = 0;  // Before clipping.
  float learning_rate = 0;
  std::int64_t steps = 1;  // Up to `step`: the others are means then, but the largest norm.
  bool operator==(const TrainingPoint&) const = default;
};
STEPWISE_FIELDS(TrainingPoint, step, seconds, loss, gradient_norm, learning_rate, steps)

struct HeldOutPoint {
  std::int64_t step = 0;
  float train = 0,
        held_out = 0;  // Loss of the averaged weights on fixed (picture, noise, sigma) triples.
  std::vector<float> bins;  // Held-out loss per sigma bin.
  bool operator==(const HeldOutPoint&) const = default;
};
STEPWISE_FIELDS(HeldOutPoint, step, train, held_out, bins)

// How near pictures of the averaged weights were to real ones: as figures.h has it.
struct MeasuredPoint {
  std::int64_t step = 0;
  double seconds = 0;       // Training time by then.
  std::int64_t count = 0;   // Pictures.
  float distance = 0;       // Frechet distance (FD),
  float floor = 0;          //   that of as many real ones,
  float low = 0, high = 0;  //   and two standard errors around it; NaN: not known of so few.
  float agreement = 0;      // Share of them that show the class that was asked for.
  float nearest = 0, real_nearest = 0;  // Distances to training pictures: of them, of real ones.
  bool operator==(const MeasuredPoint&) const = default;
};
STEPWISE_FIELDS(MeasuredPoint, step, seconds, count, distance, floor, low, high, agreement, nearest,
                real_nearest)

// Longer curves are thinned, so that memory and files stay bounded.
inline constexpr std::size_t kMaxPoints = 1 << 15;

// The steps of a run, oldest first: all of a short one, means of more and more of a long one.
struct LossCurve {
  std::vector<TrainingPoint> points;   // Each of as many steps.
  TrainingPoint gathered{.steps = 0};  // The latest steps, not yet enough for a point.

  void add(const TrainingPoint& point);
  // All of it; adding these to an empty curve makes the same one.
  std::vector<TrainingPoint> all() const;
};

// Training time at a step: of the latest point up to it, 0 before the first. Points oldest first.
double seconds_at(const std::vector<TrainingPoint>& points, std::int64_t step);

// Add the latest point; of too many every other one goes.
void add_held_out(std::vector<HeldOutPoint>& points, HeldOutPoint point);
void add_measured(std::vector<MeasuredPoint>& points, const MeasuredPoint& point);

// Everything a run has recorded so far, oldest first.
struct RunHistory {
  LossCurve curve;
  std::vector<HeldOutPoint> held_out;
  std::vector<MeasuredPoint> measured;
};

}  // namespace stepwise
