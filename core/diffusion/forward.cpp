#include "diffusion/forward.h"

#include <utility>

#include "diffusion/degradation.h"

namespace stepwise {

using torch::Tensor;

Tensor worsened(const Schedule& schedule, const Tensor& clean, double level, const Tensor& noise) {
  if (!schedule.has_severity()) return clean + level * noise;
  const Tensor severity = torch::full({clean.size(0)}, level, clean.options());
  return degraded(schedule.degradation(), clean, severity, noise);
}

Tensor worsened(const Schedule& schedule, const Tensor& clean, const Tensor& levels,
                const Tensor& noise) {
  if (schedule.has_severity())
    return degraded(schedule.degradation(), clean, levels.to(clean.scalar_type()), noise);
  return clean + levels.view({-1, 1, 1, 1}) * noise;
}

StepNoise noise_of_step(const Schedule& schedule, PictureNoise noise, int step) {
  if (!schedule.has_severity()) return step_noise(std::move(noise), step);
  return [noise = std::move(noise)](const Tensor& x) { return noise.like(NoiseUse::kStart, 0, x); };
}

}  // namespace stepwise
