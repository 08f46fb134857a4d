#include "evaluation/captions.h"

#include <torch/utils.h>

#include <algorithm>
#include <array>
#include <random>
#include <utility>

#include "diffusion/noise.h"
#include "error.h"

namespace stepwise {
namespace {

// Where classes tell most: above, little of a picture is left to compare with; below, it shows by
// itself what it is of.
constexpr std::array kLevels = {0.25, 0.5, 1.0, 2.0, 4.0};
constexpr std::int64_t kMostAtOnce = 64;  // Pictures that a network is given together.

// Another class for so many of them, as whoever labels by guessing would.
std::vector<int> with_wrong(std::vector<int> labels, double share, int classes,
                            std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::uniform_real_distribution<double> chance;
  std::uniform_int_distribution<int> step(1, classes - 1);
  for (int& label : labels)
    if (chance(random) < share) label = (label + step(random)) % classes;
  return labels;
}

}  // namespace

CaptionReviewing::CaptionReviewing(SharedModel model, Tensor clean, std::vector<int> indices,
                                   std::vector<int> labels, double wrong, std::uint64_t seed)
    : model_(std::move(model)),
      clean_(std::move(clean)),
      indices_(std::move(indices)),
      labels_(std::move(labels)),
      classes_(model_->classes.count) {
  const std::vector<std::int64_t> shape = clean_.sizes().slice(1).vec();
  require(model_->shape == shape, "The model is for ", torch::IntArrayRef(model_->shape),
          ", but the pictures are ", torch::IntArrayRef(shape), " (channels, height, width).");
  require(classes_ >= 2, "The model knows ", classes_,
          " classes. Choose one of two classes or more: captions are only disputed where there are "
          "others.");
  Range<double>{0, 1}.check("The share of captions made wrong", wrong);
  told_ = with_wrong(labels_, wrong, classes_, seed);
  noise_ = PictureNoise(seed, indices_).like(NoiseUse::kInspect, 0, clean_);
  portion_ = std::max<std::int64_t>(1, kMostAtOnce / (classes_ + 1));
  errors_ = torch::zeros({std::int64_t(kLevels.size()), clean_.size(0), classes_ + 1});
}

// Each picture with every class, and with none, under the same noise.
void CaptionReviewing::look(std::int64_t first, std::int64_t count, double sigma) {
  const torch::NoGradGuard no_grad;
  const int options = classes_ + (model_->classes.has_null ? 1 : 0);
  std::vector<Condition> told;
  for (std::int64_t i = 0; i < count; ++i)
    for (int label = 0; label < options; ++label)
      told.push_back(label < classes_ ? Condition{label} : Condition{});
  const Tensor clean = clean_.narrow(0, first, count).repeat_interleave(options, 0);
  const Tensor noise = noise_.narrow(0, first, count).repeat_interleave(options, 0);
  const Guess guess =
      model_->denoiser(told, SampleSettings{})((clean + sigma * noise).to(model_->device), sigma);
  const Tensor errors = (guess.clean.to(torch::kCPU) - clean).square().flatten(1).mean(1);
  errors_[std::int64_t(level_)]
      .narrow(0, first, count)
      .narrow(1, 0, options)
      .copy_(errors.view({count, options}));
}

bool CaptionReviewing::step() {
  const std::int64_t count = std::min(portion_, clean_.size(0) - done_);
  look(done_, count, kLevels[level_]);
  done_ += count;
  if (done_ == clean_.size(0)) {
    done_ = 0;
    ++level_;
  }
  return level_ < kLevels.size();
}

double CaptionReviewing::fraction() const {
  return (double(level_) + double(done_) / double(clean_.size(0))) / double(kLevels.size());
}

CaptionReview CaptionReviewing::review() const {
  const std::int64_t pictures = clean_.size(0);
  CaptionReview review;
  review.count = int(pictures);
  const Tensor right = torch::tensor(labels_, torch::kLong).view({-1, 1});
  if (model_->classes.has_null)
    for (std::size_t i = 0; i < kLevels.size(); ++i) {
      const Tensor level = errors_[std::int64_t(i)];
      const double with = level.gather(1, right).mean().item<double>();
      const double without = level.select(1, classes_).mean().item<double>();
      review.effects.push_back({kLevels[i], 1 - with / without});
    }
  // Each level counts alike: errors are shares of what the best class leaves there.
  const Tensor of_classes = errors_.narrow(2, 0, classes_);
  const Tensor shares = (of_classes / of_classes.amin(2, true)).mean(0);  // [N, classes]
  const auto [least, best] = shares.min(1);
  for (std::int64_t i = 0; i < pictures; ++i) {
    const int told = told_[std::size_t(i)], believed = int(best[i].item<std::int64_t>());
    const bool made = told != labels_[std::size_t(i)];
    review.made += made;
    if (told == believed) continue;
    ++review.disputed;
    review.found += made;
    const double margin = 1 - least[i].item<double>() / shares[i][told].item<double>();
    review.doubts.push_back({indices_[std::size_t(i)], told, believed, margin, made});
  }
  std::ranges::stable_sort(review.doubts, std::greater(), &Doubt::margin);
  if (review.doubts.size() > kMostDoubts) review.doubts.resize(kMostDoubts);
  return review;
}

}  // namespace stepwise
