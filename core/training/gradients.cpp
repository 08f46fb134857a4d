#include "training/gradients.h"

#include <torch/autograd.h>
#include <torch/utils.h>

#include "model/convolution.h"
#include "model/shards.h"
#include "training/loss.h"

namespace stepwise {

namespace {

constexpr std::int64_t kSmallestShard = 4;  // Pictures; fewer are not worth a thread.

// Of `count` pictures of the batch; loss and gradients are their share of the mean over the whole
// batch.
Gradients gradients_of_shard(UNet2DModel& net, const std::vector<torch::Tensor>& parameters,
                             const Regression& regression, const torch::Tensor& labels,
                             bool bfloat16, std::int64_t first, std::int64_t count) {
  const torch::AutoGradMode with_gradients(true);
  const Bfloat16Convolutions faster(bfloat16);
  const auto part = [&](const torch::Tensor& tensor) {
    return tensor.defined() ? tensor.narrow(0, first, count) : tensor;
  };
  const auto answer = net->forward(part(regression.input), part(regression.timestep), part(labels));
  const auto loss =
      loss_per_picture(answer, part(regression.target)).sum() / double(regression.input.size(0));
  return {loss.item<double>(), torch::autograd::grad({loss}, parameters)};
}

}  // namespace

Gradients gradients_of(UNet2DModel& net, const std::vector<torch::Tensor>& parameters,
                       const Regression& regression, const torch::Tensor& labels, bool bfloat16) {
  const std::int64_t batch = regression.input.size(0);
  const std::int64_t shards = regression.input.is_cpu() ? shards_of(batch, kSmallestShard) : 1;
  std::vector<Gradients> parts(shards);
  for_each_shard(batch, shards, [&](std::int64_t shard, std::int64_t first, std::int64_t count) {
    parts[shard] = gradients_of_shard(net, parameters, regression, labels, bfloat16, first, count);
  });
  Gradients sum = std::move(parts[0]);
  for (std::int64_t shard = 1; shard < shards; ++shard) {
    sum.loss += parts[shard].loss;
    torch::_foreach_add_(sum.of_parameters, parts[shard].of_parameters);
  }
  return sum;
}

}  // namespace stepwise
