#include "model/ahead.h"

#ifdef STEPWISE_HAS_CUDA
#include <ATen/cuda/CUDAEvent.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <exception>
#include <thread>
#endif

namespace stepwise {

#ifdef STEPWISE_HAS_CUDA

namespace {

constexpr std::chrono::microseconds kBetweenLooks{50};  // A step takes thousands.

}  // namespace

// Where in the device's work the last pieces end. One that marks no work yet counts as done.
struct Ahead::Marks {
  std::array<at::cuda::CUDAEvent, kPieces> ends;
  std::size_t oldest = 0;
};

Ahead::Ahead(torch::Device device)
    : marks_(device.is_cuda() ? std::make_unique<Marks>() : nullptr) {}

Ahead::~Ahead() {
  try {
    settle();
  } catch (const std::exception&) {  // The device is gone, and its work with it.
  }
}

bool Ahead::has_room(const std::function<bool()>& asked) const {
  if (!marks_) return true;
  while (!marks_->ends[marks_->oldest].query()) {
    if (asked()) return false;
    std::this_thread::sleep_for(kBetweenLooks);
  }
  return true;
}

void Ahead::told() {
  if (!marks_) return;
  marks_->ends[marks_->oldest].record();
  marks_->oldest = (marks_->oldest + 1) % kPieces;
}

int Ahead::left() const {
  if (!marks_) return 0;
  return int(std::ranges::count_if(marks_->ends, [](const auto& end) { return !end.query(); }));
}

void Ahead::settle() const {
  if (!marks_) return;
  for (const auto& end : marks_->ends) end.synchronize();
}

#else

struct Ahead::Marks {};
Ahead::Ahead(torch::Device) {}
Ahead::~Ahead() = default;
bool Ahead::has_room(const std::function<bool()>&) const { return true; }
void Ahead::told() {}
int Ahead::left() const { return 0; }
void Ahead::settle() const {}

#endif

}  // namespace stepwise
