#include "training/held_out.h"

#include <torch/utils.h>
#include <cmath>

#include "diffusion/tensor_image.h"
#include "model/shards.h"
#include "training/loss.h"

namespace stepwise {

namespace {

constexpr std::int64_t kTriples = 128;  // Of each half: few enough to fit between two steps.

}  // namespace

HeldOut::HeldOut(const Dataset& data, const Regressor& regressor)
    : train_(half_of(data.train, regressor)), test_(half_of(data.test, regressor)) {}

Triples Triples::in_bin(std::int64_t bin) const {
  const std::int64_t each = levels.size(0) / kLevelBins;
  const auto part = [&](const torch::Tensor& all) { return all.narrow(0, bin * each, each); };
  return {part(chosen), part(clean), part(noise), part(levels)};
}

Triples triples_of(const Pictures& pictures, const Regressor& regressor) {
  const torch::Device device = regressor.device();
  auto generator = at::detail::createCPUGenerator(7);
  const auto all = torch::randperm(pictures.count, generator, torch::kLong);
  const auto chosen = all.index_select(0, torch::arange(kTriples) % pictures.count);
  const auto clean = tensor_of(pictures, chosen).to(device);
  const auto noise = torch::randn(clean.sizes(), generator).to(device);
  const auto levels = even_levels(regressor.schedule().degradation(), kTriples).to(device);
  return {chosen, clean, noise, regressor.known(levels)};
}

HeldOut::Half HeldOut::half_of(const Pictures& pictures, const Regressor& regressor) {
  const Triples all = triples_of(pictures, regressor);
  return {regressor(all.clean, all.noise, all.levels, Weighting::kEdm),
          labels_of(pictures).index_select(0, all.chosen).to(regressor.device(), torch::kLong)};
}

torch::Tensor HeldOut::losses(UNet2DModel& net, const Half& half) {
  const Regression& all = half.regression;
  const std::int64_t shards = all.input.is_cpu() ? shards_of(kTriples) : 1;
  std::vector<torch::Tensor> parts(shards);
  for_each_shard(kTriples, shards, [&](std::int64_t shard, std::int64_t first, std::int64_t count) {
    const torch::NoGradGuard no_grad;
    const auto part = [&](const torch::Tensor& tensor) { return tensor.narrow(0, first, count); };
    const Regression own{part(all.input), part(all.timestep), part(all.target), part(all.weight)};
    parts[shard] = losses_of(own, net->forward(own.input, own.timestep, part(half.labels)));
  });
  return torch::cat(parts).to(torch::kCPU);
}

HeldOutPoint HeldOut::evaluate(UNet2DModel& net, std::int64_t step) const {
  torch::NoGradGuard no_grad;
  HeldOutPoint point;
  point.step = step;
  point.train = losses(net, train_).mean().item<float>();
  const auto bins = losses(net, test_).view({kLevelBins, -1}).mean(1).contiguous();
  point.bins.assign(bins.data_ptr<float>(), bins.data_ptr<float>() + kLevelBins);
  point.held_out = bins.mean().item<float>();
  return point;
}

}  // namespace stepwise
