#include "painting/start.h"

#include <cmath>

#include "settings/sample_settings.h"

namespace stepwise {

void check(const Start& start) {
  kSigma.check("The noise level to start from", start.sigma);
  kGuidance.check("The guidance towards what the picture shows", start.guidance);
  kStartDraws.check("The number of noises", start.draws);
  if (start.kind == StartKind::kBetween) return;
  require(!start.picture.empty(), "There is no picture to start from.");
  for (const float pixel : start.picture.pixels)
    require(std::isfinite(pixel), "A pixel of the picture to start from is ", pixel, ".");
}

}  // namespace stepwise
