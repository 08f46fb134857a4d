// What a run records as it trains, as plain values: no torch here. Losses are those of the network
// F that EDM trains (mean squared error of a target of unit variance), so 1 is what a net that
// knows nothing gets.
#pragma once

#include <cstdint>
#include <vector>

namespace stepwise {

// One optimiser step.
struct TrainingPoint {
  std::int64_t step = 0;
  double seconds = 0;  // Training time so far, pauses left out.
  float loss = 0;
  float gradient_norm = 0;  // Before clipping.
  float learning_rate = 0;
};

struct HeldOutPoint {
  std::int64_t step = 0;
  float train = 0,
        held_out = 0;  // Loss of the averaged weights on fixed (picture, noise, sigma) triples.
  std::vector<float> bins;  // Held-out loss per sigma bin.
};

// Everything a run has recorded so far, oldest first.
struct RunHistory {
  std::vector<TrainingPoint> points;
  std::vector<HeldOutPoint> held_out;
};

}  // namespace stepwise
