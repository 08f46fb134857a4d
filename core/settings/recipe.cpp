#include "settings/recipe.h"

#include "error.h"

namespace stepwise {

const std::vector<Recipe>& recipes() {
  static const std::vector<Recipe> all = [] {
    Recipe quick;
    Recipe standard = quick;  // As wide as its time can feed, and steps that suit the width.
    standard.name = "standard";
    standard.budget = {20, 0};
    standard.channels = {24, 48, 96};
    standard.learning_rate = 5e-3;
    Recipe best = standard;
    best.name = "best";
    best.budget = {90, 0};
    best.channels = {32, 64, 128};
    best.layers_per_block = 2;
    best.learning_rate = 3e-3;
    best.half_weights = true;
    return std::vector{quick, standard, best};
  }();
  return all;
}

Recipe recipe_of(std::string_view name) {
  for (const Recipe& recipe : recipes())
    if (recipe.name == name) return recipe;
  throw Error(text_of("There is no recipe '", name,
                      "'; there are: ", joined(recipes(), &Recipe::name), "."));
}

void check(const Recipe& r) {
  Range<double>{0, kMinutes.max}.check("minutes", r.budget.minutes);
  Range<std::int64_t>{0, kTrainingSteps.max}.check("steps", r.budget.steps);
  require(r.budget.minutes > 0 || r.budget.steps > 0,
          "The recipe has no budget: give it minutes or steps.");
  require(!r.channels.empty() && r.channels.size() <= 6, "The recipe has ", r.channels.size(),
          " resolutions, but must have 1 to 6.");
  for (const auto channels : r.channels) {
    Range<std::int64_t>{8, 2048}.check("channels", channels);
    require(channels % 8 == 0, "channels is ", channels, ", but must be a multiple of 8.");
  }
  Range<int>{1, 8}.check("layers_per_block", r.layers_per_block);
  Range<double>{0.01, 100}.check("sigma_data", r.sigma_data);
  Range<double>{-10, 10}.check("sigma_mean", r.sigma_mean);
  Range<double>{0.01, 10}.check("sigma_std", r.sigma_std);
  Range<double>{0, 1}.check("class_dropout", r.class_dropout);
  kBatch.check("batch", r.batch);
  kLearningRate.check("learning_rate", r.learning_rate);
  Range<double>{0, 0.9999}.check("momentum", r.momentum);
  Range<double>{0, 0.99}.check("warm_up", r.warm_up);
  Range<double>{0, 10}.check("weight_decay", r.weight_decay);
  Range<double>{0, 1e9}.check("clip", r.clip);
  Range<double>{0, 1}.check("ema", r.ema);
  Range<double>{0, 1e9}.check("gallery_seconds", r.gallery_seconds);
  Range<double>{0.1, 1e9}.check("checkpoint_seconds", r.checkpoint_seconds);
}

}  // namespace stepwise
