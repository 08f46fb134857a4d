// What the parts of a network put out, told to whoever watches them on this thread. Where nobody
// does, it costs a look at one variable.
#pragma once

#include <torch/nn/module.h>
#include <torch/types.h>

#include <functional>

namespace stepwise {

class Watch {
 public:
  using Told = std::function<void(const torch::nn::Module& part, const torch::Tensor& out)>;

  // While it lives, it is told of all parts that compute on this thread, in their order.
  explicit Watch(Told told);
  ~Watch();
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;

  // What a part calls with what it puts out. Returns it.
  static torch::Tensor tell(const torch::nn::Module& part, torch::Tensor out);

 private:
  const Told told_;
  Watch* const before_;
};

}  // namespace stepwise
