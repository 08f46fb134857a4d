#include "training/held_out.h"

#include <torch/utils.h>
#include <cmath>

#include "diffusion/denoiser.h"
#include "diffusion/tensor_image.h"
#include "model/shards.h"
#include "training/loss.h"

namespace stepwise {

namespace {

constexpr std::int64_t kTriples = 128;  // Of each half: few enough to fit between two steps.

// Evenly spaced in ln sigma, so that each bin has as many.
torch::Tensor even_sigmas() {
  const auto edges = sigma_bin_edges();
  const double low = std::log(edges.front()), high = std::log(edges.back());
  const auto share = (torch::arange(kTriples, torch::kDouble) + 0.5) / double(kTriples);
  return (low + (high - low) * share).exp().to(torch::kFloat);
}

}  // namespace

HeldOut::HeldOut(const Dataset& data, double sigma_data, torch::Device device)
    : train_(half_of(data.train, sigma_data, device)),
      test_(half_of(data.test, sigma_data, device)) {}

HeldOut::Half HeldOut::half_of(const Pictures& pictures, double sigma_data,
                               torch::Device device) const {
  auto generator = at::detail::createCPUGenerator(7);
  const auto all = torch::randperm(pictures.count, generator, torch::kLong);
  const auto chosen = all.index_select(0, torch::arange(kTriples) % pictures.count);
  const auto clean = tensor_of(pictures, chosen);
  const auto noise = torch::randn(clean.sizes(), generator);
  const Regression regression = edm_regression(clean, noise, even_sigmas(), sigma_data);
  return {regression.input.to(device), regression.timestep.to(device), regression.target.to(device),
          labels_of(pictures).index_select(0, chosen).to(device, torch::kLong)};
}

torch::Tensor HeldOut::losses(UNet2DModel& net, const Half& half) {
  const std::int64_t shards = half.input.is_cpu() ? shards_of(kTriples) : 1;
  std::vector<torch::Tensor> parts(shards);
  for_each_shard(kTriples, shards, [&](std::int64_t shard, std::int64_t first, std::int64_t count) {
    const torch::NoGradGuard no_grad;
    const auto part = [&](const torch::Tensor& tensor) { return tensor.narrow(0, first, count); };
    const auto answer = net->forward(part(half.input), part(half.timestep), part(half.labels));
    parts[shard] = loss_per_picture(answer, part(half.target));
  });
  return torch::cat(parts).to(torch::kCPU);
}

HeldOutPoint HeldOut::evaluate(UNet2DModel& net, std::int64_t step) const {
  torch::NoGradGuard no_grad;
  HeldOutPoint point;
  point.step = step;
  point.train = losses(net, train_).mean().item<float>();
  const auto bins = losses(net, test_).view({kSigmaBins, -1}).mean(1).contiguous();
  point.bins.assign(bins.data_ptr<float>(), bins.data_ptr<float>() + kSigmaBins);
  point.held_out = bins.mean().item<float>();
  return point;
}

}  // namespace stepwise
