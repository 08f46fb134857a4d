#include "training/step.h"

#include <torch/utils.h>

#include "model/convolution.h"
#include "settings/schedule.h"
#include "training/ema.h"
#include "training/loss.h"

namespace stepwise {

namespace {

// Into the tensor that is there, where there is one.
void put(torch::Tensor& place, const torch::Tensor& value) {
  if (place.defined() && place.sizes() == value.sizes())
    place.copy_(value);
  else
    place = value.clone();
}

double spent(const TrainerState& s, std::int64_t steps) {
  return fraction_spent(s.recipe.budget, s.clock.seconds(), steps);
}

// Of each picture of the batch, where this process knows its own share.
void put_share(const torch::Tensor& place, const torch::Tensor& own, Share share) {
  place.zero_();
  const std::int64_t batch = place.size(0);
  place.narrow(0, share.first(batch), share.count(batch)).copy_(own);
}

Regression asked_of(const TrainerState& s, const Batch& batch) {
  const Recipe& recipe = s.recipe;
  if (recipe.consistency == 0)
    return s.regressor(batch.clean, batch.noise, batch.sigma, recipe.weighting);
  const torch::Tensor below = level_below(batch.sigma, s.told.spent, recipe.consistency);
  return s.regressor.consistent(batch.clean, batch.noise, batch.sigma, below, recipe.weighting);
}

Regression regression_of(const TrainerState& s, const Batch& batch) {
  Regression regression = asked_of(s, batch);
  if (s.recipe.weighting == Weighting::kUncertainty && !has_severity(s.recipe.degradation))
    regression.weight = regression.weight / s.expected.at(batch.sigma);
  return regression;
}

}  // namespace

void tell_batch(TrainerState& s) {
  const BatchPlace place = s.batches.place_of(s.step, s.share());
  put(s.told.place.all, place.all);
  put(s.told.place.pictures, place.pictures);
  if (s.processes)
    s.told.spent.copy_(s.told.next);  // As the first one told all of them.
  else
    s.told.spent.fill_(spent(s, s.step));
}

void tell_rates(TrainerState& s, double factor) {
  const bool first = !s.processes || s.processes->first();
  s.rate = float(s.recipe.learning_rate * factor);
  s.told.factor.fill_(first ? factor : 0);
  s.told.farewell.zero_();
  s.told.next.fill_(first ? spent(s, s.step + 1) : 0);
  s.told.decay.fill_(ema_decay(s.recipe.ema, s.step + 1));
  s.told.longer_decay.fill_(ema_decay(longer_half_life(s.recipe.ema), s.step + 1));
}

std::unique_ptr<BatchGradients> begin_gradients(TrainerState& s, const BatchPlace& place,
                                                Share share) {
  const Batch batch = s.batches.at(place, share);
  put_share(s.told.levels, batch.sigma, share);
  const bool bfloat16 = s.recipe.bfloat16 && s.device.is_cpu() && Bfloat16Convolutions::pays();
  return std::make_unique<BatchGradients>(s.net, s.parameters, regression_of(s, batch),
                                          batch.labels, s.recipe.batch, bfloat16);
}

void end_gradients(TrainerState& s, Gradients gradients) {
  s.told.gradients.copy_(s.layout.joined(gradients.of_parameters));
  s.told.loss.copy_(gradients.loss);
  put_share(s.told.edm_losses, gradients.edm_losses, s.share());
}

void compute_gradients(TrainerState& s) {
  const auto gradients = begin_gradients(s, s.told.place, s.share());
  gradients->advance([] { return false; });
  end_gradients(s, gradients->take());
}

void update(TrainerState& s) {
  StepTensors& told = s.told;
  told.norm.copy_(clip_gradients(told.gradients, s.recipe.clip));
  told.sound.mul_(told.loss.isfinite() & told.norm.isfinite());
  s.optimiser.step(s.weights, told.gradients, told.factor, told.sound);
  ema_update(s.averages, s.weights, told.decay, told.sound);
  ema_update(s.longer, s.weights, told.longer_decay, told.sound);
  s.expected.note(told.levels, told.edm_losses, told.sound);
}

}  // namespace stepwise
