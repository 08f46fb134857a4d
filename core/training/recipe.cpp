#include "training/recipe.h"

#include <nlohmann/json.hpp>

#include "model/json.h"

namespace stepwise {

namespace {

using Json = nlohmann::ordered_json;

template <class Table, class Kind>
std::string_view id_of(const Table& table, Kind kind) {
  for (const auto& [entry, id] : table)
    if (entry == kind) return id;
  return "unknown";
}

template <class Table>
auto kind_of(const Table& table, const char* field, const std::string& id) {
  std::string known;
  for (const auto& [entry, name] : table) {
    if (name == id) return entry;
    known += (known.empty() ? "" : ", ") + std::string(name);
  }
  throw Error(text_of(field, " '", id, "' is not known; there are: ", known, "."));
}

// Calls visit(name, field) for every field that is a plain number, flag or list: one list for
// reading and writing.
template <class AnyRecipe, class Visit>
void for_each_field(AnyRecipe& r, Visit visit) {
  visit("name", r.name);
  visit("minutes", r.budget.minutes);
  visit("steps", r.budget.steps);
  visit("channels", r.channels);
  visit("layers_per_block", r.layers_per_block);
  visit("attention", r.attention);
  visit("sigma_data", r.sigma_data);
  visit("sigma_mean", r.sigma_mean);
  visit("sigma_std", r.sigma_std);
  visit("class_dropout", r.class_dropout);
  visit("flip", r.flip);
  visit("batch", r.batch);
  visit("learning_rate", r.learning_rate);
  visit("momentum", r.momentum);
  visit("warm_up", r.warm_up);
  visit("weight_decay", r.weight_decay);
  visit("clip", r.clip);
  visit("ema", r.ema);
  visit("bfloat16", r.bfloat16);
  visit("half_weights", r.half_weights);
  visit("gallery_seconds", r.gallery_seconds);
  visit("checkpoint_seconds", r.checkpoint_seconds);
  visit("seed", r.seed);
}

}  // namespace

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
  std::string known;
  for (const Recipe& recipe : recipes()) {
    if (recipe.name == name) return recipe;
    known += (known.empty() ? "" : ", ") + recipe.name;
  }
  throw Error(text_of("There is no recipe '", name, "'; there are: ", known, "."));
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

std::string to_json(const Recipe& recipe) {
  Json json;
  for_each_field(recipe, [&](const char* name, const auto& field) { json[name] = field; });
  json["optimiser"] = id_of(kOptimisers, recipe.optimiser);
  json["decay"] = id_of(kDecays, recipe.decay);
  return json.dump();
}

Recipe recipe_from_json(std::string_view text) {
  const nlohmann::json object = parse_object(text, "the recipe");
  ObjectReader reader(object, "the recipe");
  Recipe recipe;
  std::string optimiser(id_of(kOptimisers, recipe.optimiser)), decay(id_of(kDecays, recipe.decay));
  for_each_field(recipe, [&](const char* name, auto& field) { reader.read(name, field); });
  reader.read("optimiser", optimiser);
  reader.read("decay", decay);
  recipe.optimiser = kind_of(kOptimisers, "optimiser", optimiser);
  recipe.decay = kind_of(kDecays, "decay", decay);
  check(recipe);
  return recipe;
}

}  // namespace stepwise
