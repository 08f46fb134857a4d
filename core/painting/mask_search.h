// How to find where a picture would change with its class (DiffEdit, Couairon et al. 2023). Plain
// values; any thread.
#pragma once

#include <cstdint>

#include "fields.h"
#include "range.h"

namespace stepwise {

inline constexpr Range<int> kMaskDraws{1, 256};
inline constexpr Range<double> kMaskThreshold{0, 1};
inline constexpr Range<int> kMaskGrow{0, 64};

// Noise is added to the picture, and two guesses are made of it, for the class that it shows and
// for another: where they differ is where it would change.
struct MaskSearch {
  double sigma = 3;        // Of the noise.
  int draws = 16;          // Of it; the differences are averaged.
  double threshold = 0.4;  // Share of the largest difference from which on a pixel is in the mask.
  int grow = 1;            // Pixels that the mask is then grown by, to all sides.
  double guidance = 1;     // Of both guesses.
  std::uint64_t seed = 1;
  bool operator==(const MaskSearch&) const = default;
};
STEPWISE_FIELDS(MaskSearch, sigma, draws, threshold, grow, guidance, seed)

// Throws Error naming the first number out of range.
void check(const MaskSearch& search);

}  // namespace stepwise
