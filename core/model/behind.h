// Two streams of a device's work, so that what somebody waits for does not stand in line behind
// what may take its time: where both have something to do, the first goes before the second. What
// runs behind is not waited for unless somebody does so (see ahead.h). A processor does everything
// at once, as it is told. Used from one thread, the same for all of it.
#pragma once

#include <torch/types.h>

#include <memory>

namespace stepwise {

// From now on this thread tells a device its work on the stream that goes first.
void go_first(torch::Device device);

// While there is one, this thread tells the device its work on the stream behind. It begins after
// all that was told before this.
class Behind {
 public:
  explicit Behind(torch::Device device);
  ~Behind();

 private:
  struct Guard;
  std::unique_ptr<Guard> guard_;
};

}  // namespace stepwise
