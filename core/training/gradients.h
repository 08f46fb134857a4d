// The loss of a batch and its gradients, computed by all threads of the processor, piece by piece.
// Worker thread only.
#pragma once

#include <torch/types.h>

#include <vector>

#include "diffusion/denoiser.h"
#include "model/unet.h"

namespace stepwise {

struct Gradients {
  torch::Tensor loss;  // Mean over the pictures, [].
  std::vector<torch::Tensor> of_parameters;
};

// The pictures go forward through the network stage by stage, then back, in a few pieces of some
// stages: the numbers are those of one pass, but between two pieces the worker can do something
// else. Nothing may change the parameters until the last.
class BatchGradients {
 public:
  // `parameters`: the network's, in the order in which the gradients are wanted. `labels`:
  // undefined for a network without classes. `bfloat16`: compute convolutions so.
  BatchGradients(UNet2DModel net, std::vector<torch::Tensor> parameters,
                 const Regression& regression, const torch::Tensor& labels, bool bfloat16);
  ~BatchGradients();

  bool done() const { return passed_ == 2 * stages_; }
  void advance();    // By one piece; not when done.
  Gradients take();  // When done.

 private:
  struct Shard;  // So many pictures of the batch, that one thread computes.

  std::size_t end_of_piece() const;

  UNet2DModel net_;
  std::vector<torch::Tensor> parameters_;
  std::int64_t batch_;
  bool bfloat16_;
  std::size_t stages_, passed_ = 0;  // Stages, each counted forward and back.
  std::vector<Shard> shards_;
};

// All pieces at once.
Gradients gradients_of(UNet2DModel& net, const std::vector<torch::Tensor>& parameters,
                       const Regression& regression, const torch::Tensor& labels, bool bfloat16);

}  // namespace stepwise
