#include "diffusion/model.h"

#include <utility>

#include "diffusion/forward.h"

namespace stepwise {

Denoise Model::finished(Denoise denoise) const {
  return clamps ? clamped(std::move(denoise)) : denoise;
}

Denoise Model::denoiser(const std::vector<Condition>& conditions,
                        const SampleSettings& settings) const {
  return finished(unclamped(conditions, settings));
}

Tensor Model::first_x(const SampleSettings& settings, const std::vector<Condition>& conditions,
                      const Levels& levels, const Tensor& noise) const {
  const bool severity = schedule.has_severity();
  if (!severity && settings.begin == Beginning::kNoise) return levels.start * noise;
  require(gaussians != nullptr,
          "This model has no Gaussians of its classes to begin with: they are fitted where it is "
          "trained. Begin with ",
          severity ? "a picture." : "noise.");
  const double first = levels.sigmas.front();
  if (!severity) return gaussian_start(*gaussians, conditions, noise, first);
  const Tensor pictures = gaussian_start(*gaussians, conditions, noise, 0).clamp(-1, 1);
  return worsened(schedule, pictures, first, noise);
}

void require_noise(const Model& model, std::string_view what) {
  require(!model.schedule.has_severity(), what, " is made for noise, but this model undoes ",
          id_of(model.schedule.degradation()), ". Choose another model for it.");
}

SharedModel model_of(Network network, Model rest) {
  rest.unclamped = [=, schedule = rest.schedule, classes = rest.classes, device = rest.device](
                       const std::vector<Condition>& conditions, const SampleSettings& settings) {
    const Levels levels = levels_of(settings, schedule);
    const Conditioning asked = encode(conditions, classes, device);
    const double w = heeded(settings, conditions).guidance;
    require(w == 1 || classes.has_null, "Guidance is ", w,
            ", but this model was trained without a null class to guide away from. Set it to 1.");
    if (w == 1) return network_denoiser(network, levels, asked);
    const std::vector<Condition> none(conditions.size());
    return guided_network(network, levels, asked, encode(none, classes, device),
                          guidance_of(settings));
  };
  return std::make_shared<const Model>(std::move(rest));
}

}  // namespace stepwise
