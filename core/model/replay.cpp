#include "model/replay.h"

#include <exception>
#include <utility>

#ifdef STEPWISE_HAS_CUDA
#include <ATen/cuda/CUDAGraph.h>
#include <c10/cuda/CUDAGuard.h>
#include <c10/cuda/CUDAStream.h>
#include <torch/cuda.h>
#endif

namespace stepwise {

namespace {

constexpr int kFirstCalls = 3;  // In which libraries choose how to compute, and make room.

}  // namespace

#ifdef STEPWISE_HAS_CUDA

struct Replay::Recording {
  at::cuda::CUDAGraph graph;
};

// The default stream cannot be recorded; what was enqueued there must not be cut off from it. A
// recording keeps the priority of the stream it was made on.
void Replay::record() {
  torch::cuda::synchronize(device_.index());
  const bool goes_first = c10::cuda::getCurrentCUDAStream(device_.index()).priority() < 0;
  const c10::cuda::CUDAStreamGuard guard(
      c10::cuda::getStreamFromPool(goes_first, device_.index()));
  auto recording = std::make_unique<Recording>();
  recording->graph.capture_begin();
  try {
    work_();
  } catch (...) {
    try {
      recording->graph.capture_end();
    } catch (const std::exception&) {  // What went wrong first says more.
    }
    throw;
  }
  recording->graph.capture_end();
  recording_ = std::move(recording);
}

void Replay::operator()() {
  if (recording_) return recording_->graph.replay();
  if (!device_.is_cuda() || !obstacle_.empty() || calls_ < kFirstCalls) {
    ++calls_;
    return work_();
  }
  try {
    record();
  } catch (const c10::OutOfMemoryError&) {
    throw;
  } catch (const c10::Error& e) {
    obstacle_ = e.what_without_backtrace();
  }
  recording_ ? recording_->graph.replay() : work_();
}

#else

struct Replay::Recording {};
void Replay::operator()() { work_(); }

#endif

Replay::Replay(torch::Device device, std::function<void()> work)
    : device_(device), work_(std::move(work)) {}
Replay::~Replay() = default;

void Replay::forget() {
  recording_.reset();
  obstacle_.clear();
}

}  // namespace stepwise
