// How strongly guidance acts at each noise level. Plain values, no torch; any thread.
#pragma once

#include <vector>

#include "settings/drawn.h"
#include "settings/sample_settings.h"

namespace stepwise {

// w in D_uncond + w (D_cond - D_uncond) acts in an interval (Kynkaanniemi et al. 2024), or as drawn
// by hand.
struct Guidance {
  double w = 1;
  double sigma_min = 0, sigma_max = 1000;
  std::vector<LevelShare> shape = {};  // In place of the interval: so much of w - 1; empty: none.

  // Within the interval w, outside it 1; with a shape between 1 and w.
  double at(double sigma) const {
    if (!shape.empty()) return 1 + (w - 1) * share_at(shape, sigma);
    return sigma >= sigma_min && sigma <= sigma_max ? w : 1;
  }
};

inline Guidance guidance_of(const SampleSettings& s) {
  return {s.guidance, s.guidance_min, s.guidance_max, s.guidance_shape};
}

}  // namespace stepwise
