#include "settings/first_level.h"

#include "error.h"

namespace stepwise {

std::string trouble_at_first_level(const SampleSettings& settings, const SampleSettings& best,
                                   double learned_up_to) {
  if (learned_up_to == 0) return "";
  const bool has_level = settings.grid != GridKind::kModel;
  if (has_level && settings.sigma_max > learned_up_to)
    return text_of("The model was last trained on no noise level above ", learned_up_to,
                   ": what it makes of noise of level ", settings.sigma_max,
                   " is likely nonsense.");
  if (settings.begin == Beginning::kNoise && best.begin == Beginning::kGaussian)
    return text_of("The model was last trained on no noise level above ", learned_up_to,
                   ", where noise does not hide the picture yet: what it makes of noise alone is "
                   "likely nonsense.");
  return "";
}

}  // namespace stepwise
