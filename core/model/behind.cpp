#include "model/behind.h"

#ifdef STEPWISE_HAS_CUDA
#include <ATen/cuda/CUDAEvent.h>
#include <c10/cuda/CUDAGuard.h>
#include <c10/cuda/CUDAStream.h>
#endif

namespace stepwise {

#ifdef STEPWISE_HAS_CUDA

void go_first(torch::Device device) {
  if (!device.is_cuda()) return;
  c10::cuda::setCurrentCUDAStream(
      c10::cuda::getStreamFromPool(/*isHighPriority=*/true, device.index()));
}

struct Behind::Guard {
  explicit Guard(c10::cuda::CUDAStream stream) : guard(stream) {}
  c10::cuda::CUDAStreamGuard guard;
};

// The default stream has the lowest priority there is.
Behind::Behind(torch::Device device) {
  if (!device.is_cuda()) return;
  const auto stream = c10::cuda::getDefaultCUDAStream(device.index());
  at::cuda::CUDAEvent before;
  before.record(c10::cuda::getCurrentCUDAStream(device.index()));
  before.block(stream);
  guard_ = std::make_unique<Guard>(stream);
}

#else

struct Behind::Guard {};
void go_first(torch::Device) {}
Behind::Behind(torch::Device) {}

#endif

Behind::~Behind() = default;

}  // namespace stepwise
