#include "diffusion/race.h"

#include <algorithm>

#include "diffusion/at_step.h"
#include "diffusion/noise.h"
#include "settings/race.h"

namespace stepwise {
namespace {

// A denoiser that counts how often it is asked.
Denoise counted(Denoise denoise, std::shared_ptr<int> count) {
  return [=](const Tensor& x, double sigma) {
    ++*count;
    return denoise(x, sigma);
  };
}

SampleSettings reference_for(const SampleSettings& settings,
                             const std::vector<Condition>& conditions) {
  kRaceCount.check("The number of pictures", settings.count);
  require(int(conditions.size()) == settings.count, "There are ", conditions.size(),
          " conditions for ", settings.count, " pictures. Give one for each.");
  return race_reference(settings);
}

}  // namespace

Racer::Racer(const SampleSettings& settings, const std::vector<Condition>& conditions,
             const Model& model)
    : settings_(settings),
      levels_(levels_of(settings, model.schedule)),
      denoise_(counted(model.denoiser(conditions, settings), evaluated_)) {
  const PictureNoise noise(settings.seed, picture_range(0, settings.count));
  x_ = model.first_x(settings, conditions, levels_,
                     noise.draw(NoiseUse::kStart, 0, model.shape, model.device));
}

void Racer::step() {
  known_at_ = *evaluated_ + 1;
  const auto no_noise = [](const Tensor& x) { return torch::zeros_like(x); };
  const Step step = at_step(step_, levels_, [&] {
    Step moved = sampler_step(settings_, levels_, step_, denoise_, x_, history_, no_noise);
    moved.x = finite_pictures(moved.x);
    return moved;
  });
  x_ = step.x;
  ++step_;
  guess_ = finished() ? x_ : step.denoised;
  if (finished()) known_at_ = *evaluated_;
}

Racing::Racing(const SampleSettings& settings, const std::vector<Condition>& conditions,
               const std::vector<SamplerKind>& samplers, int evaluations, const Model& model)
    : reference_(reference_for(settings, conditions), conditions, model) {
  require(!samplers.empty(), "There is no sampler to race. Name at least one.");
  for (const SamplerKind sampler : samplers)
    racers_.emplace_back(stepwise::racing(settings, sampler, evaluations), conditions, model);
  evaluations_ = reference_.steps() + double(samplers.size()) * evaluations;
}

const Racer* Racing::step() {
  const torch::NoGradGuard no_grad;
  Racer* next = &reference_;
  if (reference_.finished())
    next = &*std::ranges::min_element(racers_, {}, [](const Racer& racer) {
      return racer.finished() ? kRaceEvaluations.max + 1 : racer.evaluations();
    });
  if (next->finished()) return nullptr;
  next->step();
  return next;
}

double Racing::distance_of(const Racer& racer) const {
  const Tensor apart = (racer.guess() - reference_.guess()).to(torch::kCPU, torch::kDouble);
  return apart.square().mean().sqrt().item<double>();
}

double Racing::fraction() const {
  double done = reference_.evaluations();
  for (const Racer& racer : racers_) done += racer.evaluations();
  return done / evaluations_;
}

}  // namespace stepwise
