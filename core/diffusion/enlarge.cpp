#include "diffusion/enlarge.h"

#include <torch/utils.h>

#include "error.h"

namespace stepwise {
namespace {

Tensor means(const Tensor& x, std::int64_t k) { return torch::avg_pool2d(x, {k, k}); }

Tensor in_large_pixels(const Tensor& x, std::int64_t k) {
  return torch::upsample_nearest2d(x, {k * x.size(2), k * x.size(3)});
}

// Where guidance acts is said in levels of the large pictures.
SampleSettings for_small(SampleSettings settings, double k) {
  settings.guidance_min /= k;
  settings.guidance_max /= k;
  for (LevelShare& point : settings.guidance_shape) point.sigma /= k;
  return settings;
}

}  // namespace

bool can_be_enlarged(const std::vector<std::int64_t>& small,
                     const std::vector<std::int64_t>& large) {
  const std::int64_t k = large[1] / small[1];
  return k >= 1 && small[0] == large[0] && k * small[1] == large[1] && k * small[2] == large[2];
}

SharedModel enlarged(const SharedModel& small, const std::vector<std::int64_t>& shape) {
  if (small->shape == shape) return small;
  require(can_be_enlarged(small->shape, shape), "Pictures of ", small->shape[2], " x ",
          small->shape[1], " pixels cannot become some of ", shape[2], " x ", shape[1],
          ": these should be a whole number of times as wide and as high.");
  require_noise(*small, "Enlarging the pictures of a model");
  const std::int64_t k = shape[1] / small->shape[1];
  Model large = *small;
  large.shape = shape;
  large.gaussians = nullptr;  // Those are of small pictures,
  large.few_steps = nullptr;  //   and so are these.
  large.unclamped = [small, k](const std::vector<Condition>& conditions,
                               const SampleSettings& settings) -> Denoise {
    const Denoise denoise = small->unclamped(conditions, for_small(settings, double(k)));
    return [denoise, k](const Tensor& x, double sigma) {
      return Guess(in_large_pixels(denoise(means(x, k), sigma / double(k)).clean, k));
    };
  };
  return std::make_shared<const Model>(std::move(large));
}

}  // namespace stepwise
