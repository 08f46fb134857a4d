// How much of a stroke is left at the end, by the noise level that it is painted at: measured once
// for a model, and kept with it. Plain values; any thread.
#pragma once

#include "fields.h"

namespace stepwise {

struct Survival {
  double sigma = 0;  // Where the stroke is painted on the guess.
  float size = 0;    // Diameter of the brush, in pixels of the picture.
  // Of the change that the stroke makes, so much is in the finished picture: 0 to 1, the mean over
  // many pictures.
  double share = 0;

  bool operator==(const Survival&) const = default;
};
STEPWISE_FIELDS(Survival, sigma, size, share)

}  // namespace stepwise
