#include "evaluation/patches.h"

#include <torch/utils.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "diffusion/tensor_image.h"

namespace stepwise {
namespace {

constexpr std::int64_t kMostPictures = 4096;  // Of a class.

// [size, size]: 1 where two places of a row are within half a side of each other.
Tensor neighbors(std::int64_t size, int side, const torch::TensorOptions& options) {
  const Tensor place = torch::arange(size, options);
  return (place.unsqueeze(0) - place.unsqueeze(1)).abs().le(side / 2).to(options.dtype());
}

// Evenly over those for which `chosen` is true.
Tensor some_of(const Tensor& pixels, const Tensor& chosen) {
  const Tensor all = chosen.nonzero().view({-1});
  const std::int64_t count = all.size(0), taken = std::min(count, kMostPictures);
  const Tensor even = torch::floor_divide(torch::arange(taken, all.options()) * count,
                                          std::max<std::int64_t>(taken, 1));
  return data_units(pixels.index_select(0, all.index_select(0, even)));
}

// One picture x [C, H, W].
Tensor guess_of(const Tensor& pictures, const Tensor& x, double sigma, int side) {
  const Tensor squares = (pictures - x).square().sum(1);  // [m, H, W]
  const Tensor rows = neighbors(x.size(1), side, x.options());
  const Tensor columns = neighbors(x.size(2), side, x.options());
  const Tensor distances = torch::matmul(torch::matmul(rows, squares), columns);
  const Tensor weights = torch::softmax(distances / (-2 * sigma * sigma), 0);
  return (weights.unsqueeze(1) * pictures).sum(0);
}

}  // namespace

LocalPatches::LocalPatches(const Tensor& pixels, const Tensor& labels, int classes) {
  require(pixels.size(0) > 0, "There are no pictures to take patches from.");
  const Tensor every = torch::ones_like(labels, torch::kBool);
  for (int label = 0; label <= classes; ++label) {
    const Tensor own = labels.eq(label);
    const bool none = label == classes || !own.any().item<bool>();
    of_class_.push_back(some_of(pixels, none ? every : own));
  }
}

const Tensor& LocalPatches::pictures_for(const Condition& told) const {
  const int classes = int(of_class_.size()) - 1;
  const int label = told.label.value_or(classes);
  require(label >= 0 && label <= classes, "There is no class ", label, " among ", classes, ".");
  return of_class_[std::size_t(label)];
}

Tensor LocalPatches::guesses(const Tensor& x, double sigma, int side,
                             const std::vector<Condition>& told) const {
  if (sigma == 0) return x;
  std::vector<Tensor> guesses;
  for (std::int64_t i = 0; i < x.size(0); ++i)
    guesses.push_back(guess_of(pictures_for(told[std::size_t(i)]), x[i], sigma, side));
  return torch::stack(guesses);
}

std::vector<int> LocalPatches::sides() const {
  const int longest = int(std::max(of_class_[0].size(2), of_class_[0].size(3)));
  std::vector<int> sides;
  for (int side = 3; side < 2 * longest; side = std::max(side + 2, side * 3 / 2 | 1))
    sides.push_back(side);
  return sides;
}

PatchSizes::PatchSizes(const LocalPatches& patches, Tensor clean, std::vector<Condition> conditions)
    : patches_(patches), clean_(std::move(clean)), conditions_(std::move(conditions)) {
  auto generator = at::detail::createCPUGenerator(13);
  noise_ = torch::randn(clean_.sizes(), generator);
  constexpr double kHighest = 8, kLowest = 0.05;
  constexpr int kLevels = 8;
  for (int i = 0; i < kLevels; ++i)
    sigmas_.push_back(kHighest * std::pow(kLowest / kHighest, double(i) / (kLevels - 1)));
}

double PatchSizes::fraction() const { return double(best_.size()) / double(sigmas_.size()); }

bool PatchSizes::step() {
  const double sigma = sigmas_[best_.size()];
  const Tensor x = clean_ + sigma * noise_;
  const auto error = [&](int side) {
    return (patches_.guesses(x, sigma, side, conditions_) - clean_).square().mean().item<double>();
  };
  const std::vector<int> sides = patches_.sides();
  best_.push_back(*std::ranges::min_element(sides, {}, error));
  return best_.size() < sigmas_.size();
}

int PatchSizes::side_at(double sigma) const {
  const auto distance = [&](double level) { return std::abs(std::log(level / sigma)); };
  const auto nearest = std::ranges::min_element(sigmas_, {}, distance);
  return best_[std::size_t(nearest - sigmas_.begin())];
}

}  // namespace stepwise
