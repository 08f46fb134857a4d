// A network that draws: for each size of batch a device is told of its forward pass once, and plays
// it back (see replay.h). Used on the thread that owns the network.
#pragma once

#include <torch/types.h>

#include <list>

#include "model/replay.h"
#include "model/unet.h"

namespace stepwise {

class ReplayedNetwork {
 public:
  explicit ReplayedNetwork(UNet2DModel net) : net_(std::move(net)) {}

  // As UNet2DModel's forward() without gradients. Weights may be written over between two calls,
  // but must stay where they are.
  torch::Tensor operator()(const torch::Tensor& x, const torch::Tensor& timestep,
                           const torch::Tensor& class_labels);

 private:
  struct Pass {
    Pass(UNet2DModel net, const torch::Tensor& x, const torch::Tensor& timestep,
         const torch::Tensor& class_labels);
    bool fits(const torch::Tensor& x, const torch::Tensor& timestep,
              const torch::Tensor& class_labels) const;

    torch::Tensor x, timestep, class_labels, answer;
    Replay replay;
  };
  Pass& pass_for(const torch::Tensor& x, const torch::Tensor& timestep,
                 const torch::Tensor& class_labels);

  UNet2DModel net_;
  std::list<Pass> passes_;  // The one that was used last comes first.
};

}  // namespace stepwise
