#include "training/rate_finder.h"

#include <cmath>
#include <string>

#include "error.h"
#include "training/network.h"

namespace stepwise {
namespace {

// At the end of its budget a run learns nothing more: a search ends before.
Recipe with_room(Recipe recipe) {
  const std::string trouble = trouble_with_new_weights(recipe);
  require(trouble.empty(), trouble);
  recipe.budget = {0, kRateSteps + 1};
  // Losses that are divided by what they were lately do not tell whether they fall.
  if (recipe.weighting == Weighting::kUncertainty) recipe.weighting = Weighting::kEdm;
  return recipe;
}

// Of the step that was taken last. That it is no number is what such a run is made to find out.
double newest_loss(Trainer& trainer) {
  try {
    return double(trainer.collect().back().loss);
  } catch (const Error&) {
    return std::nan("");
  }
}

}  // namespace

RateFinder::RateFinder(const Recipe& recipe, const Dataset& data, torch::Device device)
    : trainer_(fitted_to(data.train, with_room(recipe)), data, device),
      search_(search_around(recipe.learning_rate)) {}

void RateFinder::advance(const std::function<bool()>& asked) {
  if (!trainer_.within_step()) trainer_.set_learning_rate(next_rate(search_));
  if (trainer_.advance(asked)) add_loss(newest_loss(trainer_), search_);
}

double RateFinder::fraction() const {
  return finished() ? 1 : double(search_.points.size()) / kRateSteps;
}

}  // namespace stepwise
