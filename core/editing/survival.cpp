#include "editing/survival.h"

#include <torch/utils.h>
#include <algorithm>
#include <cmath>
#include <numbers>
#include <random>

#include "diffusion/noise.h"
#include "diffusion/tensor_image.h"
#include "editing/apply.h"

namespace stepwise {
namespace {

constexpr int kMostLevels = 16;
constexpr float kLeastSize = 2, kMostSize = 16;  // Diameters, each twice the one before.
constexpr float kLength = 0.25f;                 // Of a stroke, in sides of the picture.
constexpr std::int64_t kRows = 64;               // Forks at once, or fewer
constexpr std::int64_t kNumbers = 1 << 18;       //   of so many numbers in all.

int side_of(const Model& model) { return int(std::min(model.shape[1], model.shape[2])); }

std::vector<float> sizes_for(int side) {
  std::vector<float> sizes{kLeastSize};
  while (sizes.back() < kMostSize && 2 * sizes.back() < float(side))
    sizes.push_back(2 * sizes.back());
  return sizes;
}

// A short line about a point in the middle half of the picture: of one picture the same at all
// levels and for all sizes.
Stroke stroke_on(int picture, const SampleSettings& settings, const Model& model, float size) {
  std::seed_seq words{std::uint32_t(settings.seed), std::uint32_t(settings.seed >> 32),
                      std::uint32_t(picture)};
  std::mt19937 random(words);
  const auto drawn = [&] { return float(random()) / float(std::mt19937::max()); };
  const float x = float(model.shape[2]) * (0.25f + drawn() / 2);
  const float y = float(model.shape[1]) * (0.25f + drawn() / 2);
  const float angle = std::numbers::pi_v<float> * drawn();
  const float half = kLength / 2 * float(side_of(model));
  const float dx = half * std::cos(angle), dy = half * std::sin(angle);
  return {{{x - dx, y - dy}, {x + dx, y + dy}}, size, 0};
}

// White or black, whichever is farther from what is there.
Edit contrasting(const Stroke& stroke, const Tensor& guess) {
  const Image coverage = coverage_of(stroke, int(guess.size(1)), int(guess.size(2)));
  const double there = (guess.cpu() * to_tensor(coverage)).sum().item<double>();
  Edit edit;
  edit.layers = {{stroke, Paint{Surface::kGuess, there > 0 ? -1.f : 1.f}}};
  return edit;
}

Tensor product(const Tensor& a, const Tensor& b) {  // Of each picture: [n, sizes].
  return (a * b).to(torch::kCPU, torch::kDouble).flatten(2).sum(2);
}

}  // namespace

SurvivalMeasurement::SurvivalMeasurement(const SampleSettings& settings, SharedModel model)
    : sizes_(sizes_for(side_of(*model))) {
  check(settings);
  whole_.settings = settings;
  whole_.conditions = dealt({}, model->classes.count, settings.count);
  whole_.levels = levels_of(settings, model->schedule);
  const auto sizes = std::int64_t(sizes_.size());
  const std::int64_t numbers = model->shape[0] * model->shape[1] * model->shape[2];
  portion_ = int(std::max<std::int64_t>(1, std::min(kRows, kNumbers / numbers) / (1 + sizes)));
  whole_.model = std::move(model);
  const int steps = whole_.steps();
  stride_ = (steps + kMostLevels - 1) / kMostLevels;
  shares_ = torch::zeros({(steps + stride_ - 1) / stride_, sizes}, torch::kDouble);
  all_ = frames_from(0);
  for (int step = 0; step < steps; step += stride_) all_ += double(1 + sizes) * frames_from(step);
  all_ *= settings.count;
  begin_portion();
}

double SurvivalMeasurement::frames_from(int step) const { return whole_.steps() - step + 1; }

double SurvivalMeasurement::fraction() const { return done_ / all_; }

void SurvivalMeasurement::begin_portion() {
  drawn_ = whole_;
  drawn_.pictures = picture_range(first_, std::min(portion_, whole_.settings.count - first_));
  drawn_.stride = stride_;
  drawn_.denoise = compose(drawn_);
  const PictureNoise noise(whole_.settings.seed, drawn_.pictures);
  const Model& model = *whole_.model;
  std::vector<Condition> conditions;
  for (const int picture : drawn_.pictures)
    conditions.push_back(whole_.conditions[std::size_t(picture)]);
  const Tensor start = noise.draw(NoiseUse::kStart, 0, model.shape, model.device);
  drawn_.frames = {{model.first_x(whole_.settings, conditions, whole_.levels, start), {}, {}}};
  forks_ = Branch();
}

bool SurvivalMeasurement::step() {
  if (first_ >= whole_.settings.count) return false;
  const torch::NoGradGuard no_grad;
  if (drawn_.finished() && forks_.frames.empty()) begin_forks();
  Branch& branch = drawn_.finished() ? forks_ : drawn_;
  const int step = branch.fork + branch.length();
  append(branch, next_frame(branch, step, branch.frames.back(), branch.denoise));
  done_ += double(branch.pictures.size());
  if (!forks_.frames.empty() && forks_.finished()) end_forks();
  return first_ < whole_.settings.count;
}

// At the level after the one before.
void SurvivalMeasurement::begin_forks() {
  const int step = forks_.model ? forks_.fork + stride_ : 0;
  const Frame& from = drawn_.frames[std::size_t(step)];
  forks_ = whole_;
  forks_.fork = step;
  forks_.stride = forks_.steps();  // Only their end is looked at.
  std::vector<Tensor> noisy, changes;
  for (std::size_t i = 0; i < drawn_.pictures.size(); ++i) {
    const int picture = drawn_.pictures[i];
    const Tensor x = from.x[std::int64_t(i)], guess = from.guess.clean[std::int64_t(i)];
    Branch alone = whole_;
    alone.pictures = {picture};
    noisy.push_back(x);
    for (const float size : sizes_) {
      const Stroke stroke = stroke_on(picture, whole_.settings, *whole_.model, size);
      const Edited edited = apply_edit(x, guess, whole_.sigma(step), contrasting(stroke, guess),
                                       worsening_at(alone, step));
      noisy.push_back(edited.x);
      changes.push_back(edited.guess - guess);
    }
    forks_.pictures.insert(forks_.pictures.end(), 1 + sizes_.size(), picture);
  }
  changes_ = torch::stack(changes).unflatten(0, {-1, std::int64_t(sizes_.size())});
  forks_.denoise = compose(forks_);
  forks_.frames = {{torch::stack(noisy), {}, {}}};
}

// What is left of each stroke: the part of the change that is in the finished picture.
void SurvivalMeasurement::end_forks() {
  const Tensor ends = forks_.frames.back().x.unflatten(0, {-1, 1 + std::int64_t(sizes_.size())});
  const Tensor left = ends.slice(1, 1) - ends.slice(1, 0, 1);
  shares_[forks_.fork / stride_] += (product(left, changes_) / product(changes_, changes_)).sum(0);
  forks_.frames.clear();
  if (forks_.fork + stride_ < forks_.steps()) return;
  first_ += int(drawn_.pictures.size());
  if (first_ < whole_.settings.count) begin_portion();
}

std::vector<Survival> SurvivalMeasurement::table() const {
  const Tensor mean = (shares_ / std::max(1, first_)).clamp(0, 1);
  std::vector<Survival> table;
  for (std::int64_t level = 0; level < mean.size(0); ++level)
    for (std::size_t i = 0; i < sizes_.size(); ++i)
      table.push_back({whole_.sigma(int(level) * stride_), sizes_[i],
                       mean[level][std::int64_t(i)].item<double>()});
  return table;
}

}  // namespace stepwise
