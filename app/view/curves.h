// The points of a training run as columns, the way plots read them, with the loss smoothed. Follows
// the points as they come instead of starting over in every frame. Window thread only.
#pragma once

#include <span>
#include <vector>

#include "settings/points.h"

namespace stepwise::app {

struct Curves {
  std::vector<double> steps;
  std::vector<float> loss, smoothed, rate, norm;
  std::vector<double> held_out_steps;
  std::vector<float> train, held_out;  // Of the averaged weights.
  std::vector<double> measured_steps;
  std::vector<float> distance, floor, low, high;  // Of their pictures.
  float smoothing = -1;                           // What `smoothed` was made with.
  double sum = 0, weight = 0;                     // Where its moving mean stands.
};

// Takes in the points that are new. Points that are others than before (another run, or thinned)
// and another smoothing (share of the past in the moving mean, 0 to below 1) make it start over.
void append(Curves& curves, std::span<const TrainingPoint> points,
            std::span<const HeldOutPoint> held_out, float smoothing);
// The same for what its pictures were measured as, which is taken in after the other points.
void append(Curves& curves, std::span<const MeasuredPoint> measured);

}  // namespace stepwise::app
