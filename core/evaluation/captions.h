// Asks a denoiser what pictures are of: it errs least when it is told the class that it finds most
// likely (diffusion classifier, Li et al. 2023). So captions that are wrong stand out. Worker
// thread.
#pragma once

#include <torch/types.h>

#include <cstdint>
#include <vector>

#include "diffusion/model.h"
#include "settings/captions.h"

namespace stepwise {

class CaptionReviewing {
 public:
  // `clean` [N, C, H, W]: pictures, with their places in the data set and classes. Of a share
  // `wrong` of them another class is said, drawn from the seed, as is the noise. Throws Error for a
  // model of other pictures, or of fewer than two classes.
  CaptionReviewing(SharedModel model, Tensor clean, std::vector<int> indices,
                   std::vector<int> labels, double wrong, std::uint64_t seed);

  // A few pictures at one noise level; false when that was all.
  bool step();
  double fraction() const;
  CaptionReview review() const;

 private:
  void look(std::int64_t first, std::int64_t count, double sigma);

  SharedModel model_;
  Tensor clean_, noise_;
  std::vector<int> indices_, labels_, told_;
  int classes_;
  std::int64_t portion_;  // Pictures that are looked at together.
  Tensor errors_;         // [levels, N, classes + 1]: mean squared; told nothing comes last.
  std::size_t level_ = 0;
  std::int64_t done_ = 0;  // At that level.
};

}  // namespace stepwise
