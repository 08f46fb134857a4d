#include "model/ahead.h"

#ifdef STEPWISE_HAS_CUDA
#include <ATen/cuda/CUDAEvent.h>

#include <array>
#endif

namespace stepwise {

#ifdef STEPWISE_HAS_CUDA

// Where in the device's work the last two pieces end.
struct Ahead::Marks {
  std::array<at::cuda::CUDAEvent, 2> ends;
  std::size_t oldest = 0;
};

Ahead::Ahead(torch::Device device)
    : marks_(device.is_cuda() ? std::make_unique<Marks>() : nullptr) {}

void Ahead::told() {
  if (!marks_) return;
  at::cuda::CUDAEvent& end = marks_->ends[marks_->oldest];
  end.synchronize();  // Nothing where it marks no work yet.
  end.record();
  marks_->oldest = 1 - marks_->oldest;
}

#else

struct Ahead::Marks {};
Ahead::Ahead(torch::Device) {}
void Ahead::told() {}

#endif

Ahead::~Ahead() = default;

}  // namespace stepwise
