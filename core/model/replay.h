// Work that is done again and again on tensors that stay where they are. A CUDA device is told of
// it once and then plays it back in one launch, instead of being told of each operation each time;
// elsewhere it is called. Used from one thread at a time.
#pragma once

#include <torch/types.h>

#include <functional>
#include <memory>
#include <string>

namespace stepwise {

class Replay {
 public:
  // `work` must do the same operations each time, with the same numbers: only what is in the
  // tensors may change. It may make tensors; those that outlive it are the same at each call. It
  // may not wait for the device.
  Replay(torch::Device device, std::function<void()> work);
  ~Replay();

  void operator()();

  // The work does other operations from now on, or with other numbers: the device is told of it
  // anew.
  void forget();

  // Why the device cannot record it, and is told each time; empty where it can.
  const std::string& obstacle() const { return obstacle_; }

 private:
  struct Recording;
  void record();

  torch::Device device_;
  std::function<void()> work_;
  int calls_ = 0;
  std::unique_ptr<Recording> recording_;
  std::string obstacle_;
};

}  // namespace stepwise
