// The loss of a batch and its gradients, computed by all threads of the processor, who break off
// when somebody asks them to.
// Worker thread only.
#pragma once

#include <torch/types.h>

#include <functional>
#include <memory>
#include <vector>

#include "diffusion/regression.h"
#include "model/unet.h"

namespace torch::autograd {
struct Node;
}

namespace stepwise {

struct Gradients {
  torch::Tensor loss;  // Mean over the pictures of the batch, [].
  std::vector<torch::Tensor> of_parameters;
  torch::Tensor edm_losses{};  // Of each picture, as Weighting::kEdm counts it, [pictures].
};

// The pictures go forward through the network stage by stage, then back; where its own answer is a
// part of their target, it gives that first. The numbers are those of one pass, but between two
// stages the worker can do something else. Each thread has its own pictures and its own place, and
// waits for no other. Nothing may change the parameters until the gradients are done.
class BatchGradients {
 public:
  // `parameters`: the network's, in the order in which the gradients are wanted. `regression`: with
  // both weights. `labels`: undefined for a network without classes. `batch`: how many pictures the
  // whole batch has, of which these may be a share: then so are loss and gradients. `bfloat16`:
  // compute convolutions so.
  BatchGradients(UNet2DModel net, std::vector<torch::Tensor> parameters,
                 const Regression& regression, const torch::Tensor& labels, std::int64_t batch,
                 bool bfloat16);
  ~BatchGradients();

  bool done() const;
  // Goes on until it is done or `asked`, called from all threads, says that somebody waits; by at
  // least a stage.
  void advance(const std::function<bool()>& asked);
  Gradients take();  // When done.

 private:
  struct Shard;  // So many pictures of the batch, that one thread computes.

  UNet2DModel net_;
  std::vector<torch::Tensor> parameters_;
  std::int64_t pictures_, batch_;  // Here, and in all.
  bool bfloat16_;
  // Where the graphs of all threads end. torch forgets such a place with the last graph that has
  // it, and looks for it without a lock: while one thread looks, none may come or go.
  std::vector<std::shared_ptr<torch::autograd::Node>> ends_;
  std::vector<Shard> shards_;
};

// All at once.
Gradients gradients_of(UNet2DModel& net, const std::vector<torch::Tensor>& parameters,
                       const Regression& regression, const torch::Tensor& labels, bool bfloat16);

}  // namespace stepwise
