// Where a picture would change with its class (DiffEdit, Couairon et al. 2023, section 4.1). Worker
// thread.
#pragma once

#include "diffusion/model.h"
#include "painting/mask_search.h"

namespace stepwise {

struct FoundMask {
  Tensor mask;        // 0 or 1: [n, 1, H, W].
  Tensor difference;  // It is made of this, a share of the largest of the picture: [n, 1, H, W].
};

// Of pictures [n, C, H, W], with noise of (seed, index in the batch): the mean over all draws of
// |D(x, target) - D(x, source)|. Cut into draws, so that a worker can read its mail in between.
class MaskFinding {
 public:
  // Throws Error for numbers out of range, for pictures that the model is not for, and for
  // conditions that it does not know.
  MaskFinding(const MaskSearch& search, Tensor pictures, const std::vector<Condition>& sources,
              const std::vector<Condition>& targets, const SharedModel& model);

  bool step();  // One draw; false when that was the last.
  double fraction() const { return double(done_) / search_.draws; }
  FoundMask found() const;

 private:
  MaskSearch search_;
  Tensor pictures_;
  Denoise source_, target_;
  int done_ = 0;
  Tensor sum_;  // [n, 1, H, W]
};

}  // namespace stepwise
