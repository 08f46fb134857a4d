#include "session/survey.h"

#include <torch/utils.h>
#include <algorithm>
#include <cmath>

#include "diffusion/noise.h"
#include "diffusion/tensor_image.h"
#include "error.h"
#include "evaluation/classifier.h"
#include "evaluation/held.h"

namespace stepwise {
namespace {

constexpr std::int64_t kMostAtOnce = 8;  // Pictures, or fewer of more
constexpr std::int64_t kMostNumbers = 1
                                      << 13;  //   than so many numbers in all: others wait for it.

// Root mean square of each picture, [N].
Tensor sizes_of(const Tensor& x) {
  return x.to(torch::kCPU, torch::kDouble).flatten(1).square().mean(1).sqrt();
}

// Those of one class are neighbours: they share work.
std::vector<int> chosen(const Survey& command, const Pictures& test) {
  require(command.count >= 2 && command.count <= test.count, "Cannot look at ", command.count,
          " test pictures: choose 2 to ", test.count, ".");
  std::vector<int> pictures = hold(test, command.count, command.seed);
  std::ranges::stable_sort(pictures, {}, [&](int i) { return test.labels[std::size_t(i)]; });
  return pictures;
}

}  // namespace

SurveyJob::SurveyJob(Survey command, SharedModel model, const Pictures& test,
                     std::shared_ptr<const IdealDenoiser> ideal, bool same_classes)
    : command_(std::move(command)), model_(std::move(model)), ideal_(std::move(ideal)) {
  const std::vector<std::int64_t> shape{test.channels, test.height, test.width};
  require(model_->shape == shape, "The model is for ", torch::IntArrayRef(model_->shape),
          ", but the pictures of the data set are ", torch::IntArrayRef(shape),
          " (channels, height, width).");
  require_noise(*model_, "The ideal guess");
  for (const double sigma : command_.sigmas) kSigma.check("The noise level", sigma);
  const std::vector<int> pictures = chosen(command_, test);
  for (const int i : pictures) {
    Condition told = command_.told.value_or(Condition{test.labels[std::size_t(i)]});
    if (told.label >= model_->classes.count) told = {};
    told_.push_back(told);
    known_.push_back(same_classes ? ideal_->known(told) : Condition{});
  }
  clean_ = tensor_of(test, torch::tensor(pictures, torch::kLong));
  noise_ = PictureNoise(command_.seed, pictures).like(NoiseUse::kInspect, 0, clean_);
  const std::int64_t numbers = shape[0] * shape[1] * shape[2];
  portion_ = std::clamp<std::int64_t>(kMostNumbers / numbers, 1, kMostAtOnce);
  guess_errors_ = torch::zeros({command_.count}, torch::kDouble);
  ideal_errors_ = torch::zeros({command_.count}, torch::kDouble);
}

void SurveyJob::compare(std::int64_t first, std::int64_t last, double sigma) {
  const std::vector<Condition> told(told_.begin() + first, told_.begin() + last);
  const std::vector<Condition> known(known_.begin() + first, known_.begin() + last);
  const Tensor clean = clean_.slice(0, first, last);
  const Tensor noisy = clean + sigma * noise_.slice(0, first, last);
  const Guess guess = model_->denoiser(told, SampleSettings{})(noisy.to(model_->device), sigma);
  guess_errors_.slice(0, first, last).copy_(sizes_of(guess.clean.to(torch::kCPU) - clean));
  ideal_errors_.slice(0, first, last).copy_(sizes_of(ideal_->guesses(noisy, sigma, known) - clean));
}

Surveyed SurveyJob::surveyed(double sigma) const {
  const auto mean = [](const Tensor& errors) { return errors.mean().item<double>(); };
  const auto spread = [](const Tensor& errors) { return errors.std().item<double>(); };
  const auto known = std::ranges::count_if(known_, [](const Condition& c) { return !!c.label; });
  return {
      .sigma = sigma,
      .count = command_.count,
      .known = int(known),
      .guess_error = mean(guess_errors_),
      .guess_spread = spread(guess_errors_),
      .ideal_error = mean(ideal_errors_),
      .ideal_spread = spread(ideal_errors_),
      .standard_error = spread(guess_errors_ - ideal_errors_) / std::sqrt(double(command_.count))};
}

bool SurveyJob::step(const Emit& emit) {
  if (level_ == command_.sigmas.size()) return false;
  const torch::NoGradGuard no_grad;
  const double sigma = command_.sigmas[level_];
  const std::int64_t last = std::min<std::int64_t>(done_ + portion_, command_.count);
  compare(done_, last, sigma);
  done_ = last;
  if (done_ == command_.count) {
    emit(surveyed(sigma));
    done_ = 0;
    ++level_;
  }
  const double levels = double(level_) + double(done_) / command_.count;
  emit(Progress{levels / double(command_.sigmas.size()), "comparing with the ideal denoiser"});
  return level_ < command_.sigmas.size();
}

}  // namespace stepwise
