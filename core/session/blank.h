// Finished pictures that show nothing: of one colour throughout. Worker thread.
#pragma once

#include <torch/types.h>

#include <string>

#include "engine/events.h"

namespace stepwise {

class BlankPictures {
 public:
  void add(const torch::Tensor& pictures);  // [N, C, H, W], data units.

  // What to say of those among all that were added; empty where there are none.
  std::string warning() const;
  void tell(const Emit& emit) const;  // As a Warning, if there is something to say.

 private:
  std::int64_t all_ = 0, blank_ = 0, black_ = 0;
};

}  // namespace stepwise
