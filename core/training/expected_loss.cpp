#include "training/expected_loss.h"

#include <torch/utils.h>

#include <cmath>

namespace stepwise {

namespace {

using torch::Tensor;

constexpr int kLevelPlaces = 31;
constexpr double kLowestPlace = 0.002, kHighestPlace = 200;
constexpr double kMostRemembered = 128;  // Losses at a place: later ones count for no less.
constexpr double kLeastExpected = 1e-6;
constexpr double kNoCount = 1e-30;  // Stands for 0 where something is divided by it.

}  // namespace

ExpectedLoss::ExpectedLoss(torch::Device device)
    : means_(torch::ones({kLevelPlaces}, device)),
      counts_(torch::zeros({kLevelPlaces}, device)),
      places_(torch::arange(kLevelPlaces, torch::dtype(torch::kFloat).device(device))) {}

// Of each level at each place, [N, places]: at most two are not 0, and they add up to exactly 1.
Tensor ExpectedLoss::shares(const Tensor& levels) const {
  const double low = std::log(kLowestPlace),
               gap = std::log(kHighestPlace / kLowestPlace) / (kLevelPlaces - 1);
  const Tensor place = ((levels.log() - low) / gap).clamp(0, kLevelPlaces - 1);
  return (1 - (place.unsqueeze(1) - places_).abs()).clamp_min(0);
}

// As a sum over products, which is the same to the bit however many levels are asked at once.
Tensor ExpectedLoss::at(const Tensor& levels) const {
  return (shares(levels) * means_).sum(1).clamp_min(kLeastExpected);
}

// All operations have one order on each device: processes that note the same know the same.
void ExpectedLoss::note(const Tensor& levels, const Tensor& losses, const Tensor& sound) {
  const torch::NoGradGuard no_gradients;
  const Tensor left_out = (losses.isfinite() & (sound != 0)).logical_not();
  const Tensor parts = shares(levels).masked_fill(left_out.unsqueeze(1), 0);
  const Tensor sum = (parts * losses.masked_fill(left_out, 0).unsqueeze(1)).sum(0);
  const Tensor count = parts.sum(0), total = counts_ + count;
  means_.add_((sum - count * means_) / total.clamp_min(kNoCount));
  counts_.copy_(total.clamp_max(kMostRemembered));
}

}  // namespace stepwise
