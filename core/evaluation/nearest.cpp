#include "evaluation/nearest.h"

#include <torch/utils.h>
#include <algorithm>
#include <limits>

#include "diffusion/tensor_image.h"
#include "error.h"

namespace stepwise {

using torch::Tensor;

NearestSearch::NearestSearch(const Pictures& pictures, const Tensor& queries)
    : pictures_(pictures),
      queries_(queries.to(torch::kCPU, torch::kFloat).flatten(1).contiguous()),
      best_(torch::full({queries.size(0)}, -std::numeric_limits<float>::infinity())),
      index_(torch::zeros({queries.size(0)}, torch::kLong)) {
  require(queries.dim() == 4 && queries.size(1) == pictures.channels &&
              queries.size(2) == pictures.height && queries.size(3) == pictures.width,
          "Pictures of ", queries.sizes(),
          " cannot be compared with those of the data set, which have ", pictures.channels,
          " channels, ", pictures.height, " x ", pictures.width, " pixels.");
}

// |q - p|^2 is least where q p - |p|^2 / 2 is largest, and that is a matrix product.
bool NearestSearch::step() {
  const torch::NoGradGuard no_grad;
  constexpr std::int64_t kMultiplications = 1'000'000'000;  // Some tens of milliseconds.
  const std::int64_t portion = std::clamp<std::int64_t>(
      kMultiplications / std::max<std::int64_t>(1, queries_.numel()), 64, 4096);
  const std::int64_t count = std::min(portion, pictures_.count - seen_);
  if (count == 0) return false;
  const Tensor candidates = tensor_of(pictures_, seen_, count).flatten(1);
  const Tensor score = torch::addmm(-0.5 * candidates.square().sum(1), queries_, candidates.t());
  const auto [value, at] = score.max(1);
  const Tensor better = value > best_;
  best_ = torch::where(better, value, best_);
  index_ = torch::where(better, at + seen_, index_);
  seen_ += count;
  return seen_ < pictures_.count;
}

double NearestSearch::fraction() const { return double(seen_) / pictures_.count; }

// The product rounds; the distance to the one found is computed anew, so that a copy is at distance
// 0.
Nearest NearestSearch::result() const {
  const Tensor found = tensor_of(pictures_, index_).flatten(1);
  return {index_, (queries_ - found).to(torch::kDouble).square().mean(1).sqrt()};
}

}  // namespace stepwise
