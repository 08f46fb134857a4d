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
    Recipe gpu = quick;  // What a graphics processor feeds in the same two minutes.
    gpu.name = "gpu";
    gpu.channels = {64, 128, 256};
    gpu.layers_per_block = 2;
    gpu.batch = 512;
    gpu.optimiser = OptimiserKind::kAdamW;
    gpu.learning_rate = 1e-3;
    gpu.weight_decay = 0.01;
    gpu.half_weights = true;
    return std::vector{quick, standard, best, gpu};
  }();
  return all;
}

std::vector<Recipe> recipes_for(std::string_view device) {
  std::vector<Recipe> fitting = recipes();
  if (device == "cpu") std::erase_if(fitting, [](const Recipe& r) { return r.name == "gpu"; });
  return fitting;
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
  visit_fields(r, []([[maybe_unused]] const char* key, [[maybe_unused]] const auto& value,
                     auto... limits) { (limits.check(key, value), ...); });
}

}  // namespace stepwise
