#include "editing/begin.h"

#include <cmath>
#include <utility>

#include "diffusion/at_step.h"
#include "diffusion/noise.h"
#include "diffusion/tensor_image.h"

namespace stepwise {
namespace {

constexpr int kIterations = 2;  // For each step of a climb.

Tensor picture_for(const Start& start, const Model& model) {
  const Tensor picture = to_tensor(start.picture).to(model.device);
  require(picture.sizes() == torch::IntArrayRef(model.shape), "The picture to start from is ",
          picture.sizes(), ", but the model is for ", torch::IntArrayRef(model.shape),
          " (channels, height, width). Bring it to that size first.");
  return picture.unsqueeze(0);
}

bool has_path(StartKind kind) {
  return kind == StartKind::kEditFriendly || kind == StartKind::kFlow;
}

// On the great circle from a to b (Shoemake 1985): of the length that noise has, all the way.
Tensor between(const Tensor& a, const Tensor& b, double t) {
  const double cosine =
      (a * b).sum().item<double>() / (a.norm().item<double>() * b.norm().item<double>());
  const double angle = std::acos(std::clamp(cosine, -1., 1.));
  if (std::sin(angle) < 1e-6) return t < 0.5 ? a : b;
  return (std::sin((1 - t) * angle) * a + std::sin(t * angle) * b) / std::sin(angle);
}

Tensor noise_between(const Branch& root) {
  const auto noise = [&](const NoiseOf& of) {
    return PictureNoise(of.seed, {of.picture})
        .draw(NoiseUse::kStart, 0, root.model->shape, root.model->device);
  };
  const Tensor from = noise(root.start->from), to = noise(root.start->to);
  std::vector<Tensor> all;
  const int last = int(root.pictures.size()) - 1;
  for (int i = 0; i <= last; ++i) all.push_back(between(from, to, last > 0 ? double(i) / last : 0));
  return torch::cat(all);
}

}  // namespace

Branch root_of(const SampleSettings& settings, std::vector<Condition> conditions, SharedModel model,
               const std::optional<Start>& start) {
  const bool known = start && start->kind != StartKind::kBetween;
  if (start) check(*start);
  Tensor picture = known ? picture_for(*start, *model) : Tensor();
  return root_of(settings, std::move(conditions), std::move(model), start, std::move(picture));
}

Branch root_of(const SampleSettings& settings, std::vector<Condition> conditions, SharedModel model,
               const std::optional<Start>& start, Tensor pictures) {
  require(int(conditions.size()) == settings.count, "There are ", conditions.size(),
          " conditions for ", settings.count, " pictures. Give one for each.");
  if (start && start->kind != StartKind::kSdedit)
    require_noise(*model, text_of("A beginning by ", name_of(start->kind).id));
  Branch root;
  root.levels = levels_of(settings, model->schedule);
  root.conditions = std::move(conditions);
  root.settings = settings;
  root.pictures = picture_range(0, settings.count);
  root.model = std::move(model);
  if (start) root.start = std::make_shared<const Start>(*start);
  if (pictures.defined()) {
    root.levels = root.levels.from(start->sigma);
    root.path = std::make_shared<const KnownPath>(
        KnownPath{std::move(pictures), settings.seed, root.levels,
                  start->kind == StartKind::kFlow ? start->draws : 1});
    root.on_path = has_path(start->kind);
    // Both follow the ODE: there is no noise to forget what was.
    if (start->kind == StartKind::kFlow || start->kind == StartKind::kDdim) root.settings.eta = 0;
    // Down again by the very steps that Climb went up.
    if (start->kind == StartKind::kDdim) root.settings.sampler = SamplerKind::kEuler;
    if (start->kind == StartKind::kFlow) root.source = source_of(root, root.pictures);
  }
  root.denoise = compose(root);
  return root;
}

Tensor first_x(const Branch& root) {
  if (root.path) return root.path->at(0, root.pictures);
  const PictureNoise own(root.settings.seed, root.pictures);
  const Tensor noise = root.start
                           ? noise_between(root)
                           : own.draw(NoiseUse::kStart, 0, root.model->shape, root.model->device);
  return root.model->first_x(root.settings, root.conditions, root.levels, noise);
}

Denoise source_of(const Branch& root, const std::vector<int>& pictures) {
  std::vector<Condition> conditions;
  for (const int picture : pictures) conditions.push_back(root.conditions[std::size_t(picture)]);
  SampleSettings settings = root.settings;
  if (root.start->kind != StartKind::kEditFriendly) {
    settings.guidance = root.start->guidance;
    conditions.assign(pictures.size(), root.start->source);
  }
  return root.model->denoiser(conditions, settings);
}

Climb::Climb(const Branch& root)
    : levels_(root.levels),
      denoise_(source_of(root, root.pictures)),
      at_(levels_.steps() - 1),
      x_(root.path->clean(root.pictures)) {
  if (x_.size(0) == 1)
    x_ = x_.expand({std::int64_t(root.pictures.size()), -1, -1, -1}).contiguous();
}

// Euler's step down from x' at the upper level ends at x = D(x') + (lower / upper) (x' - D(x')).
// Solved for x' by iteration, which begins with the guess at the lower level (DDIM inversion) and
// comes several times nearer with each evaluation (Pan et al. 2023).
bool Climb::step() {
  if (at_ == 0) return false;
  const double lower = levels_.sigmas[std::size_t(at_)];
  const double upper = levels_.sigmas[std::size_t(at_) - 1];
  x_ = at_step(at_, levels_, [&] {
    const auto above = [&](const Guess& guess) {
      return guess.clean + (upper / lower) * (x_ - guess.clean);
    };
    Tensor x = above(denoise_(x_, lower));
    for (int i = 0; i < kIterations; ++i) x = above(denoise_(x, upper));
    return finite_pictures(x);
  });
  return --at_ > 0;
}

double Climb::fraction() const { return 1 - double(at_) / std::max(1, levels_.steps() - 1); }

}  // namespace stepwise
