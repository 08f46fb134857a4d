#include "evaluation/patches.h"

#include <torch/utils.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "diffusion/pictures_of_class.h"

namespace stepwise {
namespace {

constexpr std::int64_t kMostPictures = 4096;  // Of a class.

// [size, size]: 1 where two places of a row are within half a side of each other.
Tensor neighbors(std::int64_t size, int side, const torch::TensorOptions& options) {
  const Tensor place = torch::arange(size, options);
  return (place.unsqueeze(0) - place.unsqueeze(1)).abs().le(side / 2).to(options.dtype());
}

// One picture x [C, H, W].
Tensor guess_of(const Tensor& pictures, const Tensor& x, double sigma, int side) {
  const Tensor squares = (pictures - x).square().sum(1);  // [m, H, W]
  const Tensor rows = neighbors(x.size(1), side, x.options());
  const Tensor columns = neighbors(x.size(2), side, x.options());
  // Along rows, then along columns: both as one product of matrices.
  const Tensor along = torch::matmul(squares, columns).transpose(1, 2);
  const Tensor distances = torch::matmul(along, rows).transpose(1, 2);
  const Tensor weights = torch::softmax(distances / (-2 * sigma * sigma), 0);
  return (weights.unsqueeze(1) * pictures).sum(0);
}

}  // namespace

LocalPatches::LocalPatches(const Tensor& pixels, const Tensor& labels, int classes) {
  require(pixels.size(0) > 0, "There are no pictures to take patches from.");
  for (int label = 0; label <= classes; ++label)  // None has the last.
    of_class_.push_back(pictures_of_class(pixels, labels, label, kMostPictures));
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
    : patches_(patches),
      clean_(std::move(clean)),
      conditions_(std::move(conditions)),
      sides_(patches.sides()) {
  auto generator = at::detail::createCPUGenerator(13);
  noise_ = torch::randn(clean_.sizes(), generator);
  constexpr double kHighest = 8, kLowest = 0.05;
  constexpr int kLevels = 8;
  for (int i = 0; i < kLevels; ++i)
    sigmas_.push_back(kHighest * std::pow(kLowest / kHighest, double(i) / (kLevels - 1)));
}

double PatchSizes::fraction() const { return double(best_.size()) / double(sigmas_.size()); }

// From the largest side down, as long as that helps; what was too large above is so below.
bool PatchSizes::step() {
  const double sigma = sigmas_[best_.size()];
  const Tensor guess = patches_.guesses(clean_ + sigma * noise_, sigma, sides_.back(), conditions_);
  const double error = (guess - clean_).square().mean().item<double>();
  const bool better = error < least_error_;
  if (better) {
    least_error_ = error;
    side_ = sides_.back();
  }
  if (better && sides_.size() > 1) {
    sides_.pop_back();
    return true;
  }
  best_.push_back(side_);
  if (sides_.back() < side_) sides_.push_back(side_);
  least_error_ = std::numeric_limits<double>::infinity();
  return best_.size() < sigmas_.size();
}

int PatchSizes::side_at(double sigma) const {
  const auto distance = [&](double level) { return std::abs(std::log(level / sigma)); };
  const auto nearest = std::ranges::min_element(sigmas_, {}, distance);
  return best_[std::size_t(nearest - sigmas_.begin())];
}

}  // namespace stepwise
