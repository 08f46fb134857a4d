// What looking at a run in training may cost of its time. Worker thread.
#pragma once

#include <chrono>

namespace stepwise {

// Of what the run takes in all: held-out losses, galleries, and measuring its pictures.
inline constexpr double kShareOfLosses = 0.02, kShareOfPictures = 0.1, kShareOfMeasures = 0.1;

inline std::chrono::steady_clock::duration in_seconds(double seconds) {
  return std::chrono::duration_cast<std::chrono::steady_clock::duration>(
      std::chrono::duration<double>(seconds));
}

// How long it has to rest after a look of this cost, to take no more than that share.
inline std::chrono::steady_clock::duration pause_after(std::chrono::steady_clock::duration cost,
                                                       double share) {
  return in_seconds(std::chrono::duration<double>(cost).count() * (1 - share) / share);
}

}  // namespace stepwise
