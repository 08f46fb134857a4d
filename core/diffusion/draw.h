// Finished pictures without their trajectories: for the command line, the gallery and the metric.
// Runs in portions that fit in memory and is cut into steps, so that a worker can read its mail in
// between.
#pragma once

#include <optional>
#include <vector>

#include "diffusion/model.h"
#include "diffusion/noise.h"
#include "diffusion/sampler.h"

namespace stepwise {

// Pictures first, first + 1, ... of a drawing.
struct Portion {
  int first = 0;
  Tensor pictures;  // [n, C, H, W]
};

class Drawing {
 public:
  // `conditions`: one for each of the settings.count pictures.
  Drawing(const SampleSettings& settings, std::vector<Condition> conditions, SharedModel model,
          int portion = 64);

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
  SharedModel model_;
  int portion_;
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
