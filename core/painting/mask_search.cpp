#include "painting/mask_search.h"

#include "settings/sample_settings.h"

namespace stepwise {

void check(const MaskSearch& search) {
  kSigma.check("The noise level of the mask", search.sigma);
  kMaskDraws.check("The number of noises", search.draws);
  kMaskThreshold.check("The threshold of the mask", search.threshold);
  kMaskGrow.check("The growth of the mask", search.grow);
  kGuidance.check("The guidance of the mask", search.guidance);
}

}  // namespace stepwise
