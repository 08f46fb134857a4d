// Finished pictures without their trajectories: for the command line, the gallery and the metric.
// Runs in portions that fit in memory and is cut into steps, so that a worker can read its mail in
// between.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "diffusion/denoiser.h"
#include "diffusion/noise.h"
#include "diffusion/sampler.h"

namespace stepwise {

// The denoiser for pictures of these conditions, in this order.
using DenoiserFor = std::function<Denoise(const std::vector<Condition>& conditions)>;

// Pictures first, first + 1, ... of a drawing.
struct Portion {
  int first = 0;
  Tensor pictures;  // [n, C, H, W]
};

class Drawing {
 public:
  // `conditions`: one for each of the settings.count pictures; `picture_shape`: {C, H, W};
  // `schedule`: of the model behind the denoiser.
  Drawing(const SampleSettings& settings, std::vector<Condition> conditions,
          std::vector<std::int64_t> picture_shape, DenoiserFor denoiser_for, int portion = 64,
          torch::TensorOptions options = {}, const Schedule& schedule = Schedule());

  // Moves one portion by one sampler step; false when all pictures are finished.
  bool step();

  // The portion that the last step finished, if it did.
  std::optional<Portion> take();

  double fraction() const;  // Of the work, 0 to 1.
  const std::vector<Condition>& conditions() const { return conditions_; }

 private:
  void begin_portion();

  SampleSettings settings_;
  std::vector<Condition> conditions_;
  std::vector<std::int64_t> picture_shape_;
  DenoiserFor denoiser_for_;
  int portion_;
  torch::TensorOptions options_;
  Levels levels_;

  int first_ = 0;  // Of the running portion.
  int count_ = 0;  // Its pictures; 0: none is running.
  int step_ = 0;
  Denoise denoise_;
  Tensor x_;
  History history_;
  std::optional<PictureNoise> noise_;
  std::optional<Portion> finished_;
};

}  // namespace stepwise
