// How far the thread that tells a device what to do may be ahead of it: by two pieces of work, so
// that the device never waits for the thread, and whoever asks for something in between waits for
// two pieces at the most. A processor is never behind. Used from one thread.
#pragma once

#include <torch/types.h>

#include <memory>

namespace stepwise {

class Ahead {
 public:
  explicit Ahead(torch::Device device);
  ~Ahead();

  // A piece of work was told. Waits until the device has done the last but one before it.
  void told();

 private:
  struct Marks;
  std::unique_ptr<Marks> marks_;  // nullptr: there is no device to wait for.
};

}  // namespace stepwise
