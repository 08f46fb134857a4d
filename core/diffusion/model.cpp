#include "diffusion/model.h"

namespace stepwise {

Denoise Model::denoiser(const std::vector<Condition>& conditions,
                        const SampleSettings& settings) const {
  const Levels levels = levels_of(settings, schedule);
  const Conditioning asked = encode(conditions, classes, device);
  const double w = heeded(settings, conditions).guidance;
  require(w == 1 || classes.has_null, "Guidance is ", w,
          ", but this model was trained without a null class to guide away from. Set it to 1.");
  Denoise denoise =
      w == 1 ? network_denoiser(network, levels, asked)
             : guided_network(network, levels, asked,
                              encode(std::vector<Condition>(conditions.size()), classes, device),
                              {w, settings.guidance_min, settings.guidance_max});
  return clamps ? clamped(std::move(denoise)) : denoise;
}

}  // namespace stepwise
