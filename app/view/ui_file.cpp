#include "view/ui_file.h"

#include <nlohmann/json.hpp>

namespace stepwise {
namespace {

using nlohmann::json;

constexpr int kMostClasses = 100000;

template <class T>
void read(const json& from, const char* name, T& value) {
  const auto found = from.find(name);
  if (found == from.end()) return;
  try {
    value = found->get<T>();
  } catch (const json::exception&) {
  }
}

template <class T>
void read(const json& from, const char* name, T& value, Range<T> range) {
  T next = value;
  read(from, name, next);
  if (range.holds(next)) value = next;
}

template <class E>
void read_enum(const json& from, const char* name, E& value, int count) {
  int next = int(value);
  read(from, name, next);
  if (next >= 0 && next < count) value = E(next);
}

// Optional values are lists of one or none.
template <class T>
json to_json(const std::optional<T>& value) {
  return value ? json::array({*value}) : json::array();
}
template <class T>
json to_json(const T& value) {
  return value;
}
template <class T>
void read_option(const json& from, const char* name, std::optional<T>& value) {
  std::vector<T> values;
  read(from, name, values);
  if (values.empty())
    value.reset();
  else
    value = values[0];
}
template <class T>
void read_option(const json& from, const char* name, T& value) {
  if constexpr (std::is_enum_v<T>)
    read_enum(from, name, value, std::is_same_v<T, Variance> ? 4 : 2);
  else
    read(from, name, value);
}

json to_json(const SamplerOptions& options) {
  json all;
  visit_fields(options, [&](const char* name, const auto& value) { all[name] = to_json(value); });
  return all;
}

// All classes or one's own: "own"; any: "any"; else a number.
json to_json(const std::optional<Condition>& condition) {
  if (!condition) return "own";
  return condition->label ? json(*condition->label) : json("any");
}

void read_condition(const json& from, std::optional<Condition>& condition) {
  const auto found = from.find("condition");
  if (found == from.end()) return;
  if (*found == "own") condition.reset();
  if (*found == "any") condition = Condition{};
  if (found->is_number_unsigned() && *found <= kMostClasses)
    condition = Condition{found->get<int>()};
}

json to_json(const SampleSettings& s) {
  return {{"count", s.count},
          {"guidance", s.guidance},
          {"guidance_min", s.guidance_min},
          {"guidance_max", s.guidance_max},
          {"sampler", name_of(s.sampler).id},
          {"grid", int(s.grid)},
          {"steps", s.steps},
          {"sigma_min", s.sigma_min},
          {"sigma_max", s.sigma_max},
          {"rho", s.rho},
          {"eta", s.eta},
          {"seed", s.seed},
          {"options", to_json(s.options)}};
}

// All of them or, where they do not go together, none.
void read(const json& from, SampleSettings& settings) {
  SampleSettings s = settings;
  read(from, "count", s.count, kCount);
  read(from, "guidance", s.guidance, kGuidance);
  read(from, "guidance_min", s.guidance_min);
  read(from, "guidance_max", s.guidance_max);
  std::string sampler;
  read(from, "sampler", sampler);
  for (const SamplerName& each : kSamplers)
    if (each.id == sampler) s.sampler = each.kind;
  read_enum(from, "grid", s.grid, int(kGrids.size()));
  read(from, "steps", s.steps, kSteps);
  read(from, "sigma_min", s.sigma_min, kSigma);
  read(from, "sigma_max", s.sigma_max, kSigma);
  read(from, "rho", s.rho, kRho);
  read(from, "eta", s.eta, kEta);
  read(from, "seed", s.seed);
  if (const auto options = from.find("options"); options != from.end() && options->is_object())
    visit_fields(s.options,
                 [&](const char* name, auto& value) { read_option(*options, name, value); });
  try {
    check(s);
    settings = s;
  } catch (const Error&) {
  }
}

json to_json(const TrainUi& t) {
  return {{"data", json::parse(to_json(t.data))},
          {"recipe", json::parse(to_json(t.recipe))},
          {"log_loss", t.log_loss},
          {"log_steps", t.log_steps},
          {"smoothing", t.smoothing}};
}

void read(const json& from, TrainUi& t) {
  read(from, "log_loss", t.log_loss);
  read(from, "log_steps", t.log_steps);
  read(from, "smoothing", t.smoothing, {0.f, 0.9999f});
  try {
    const Recipe recipe = recipe_from_json(from.at("recipe").dump());
    check(recipe);
    t.recipe = recipe;
  } catch (const std::exception&) {  // Of another version, or damaged.
  }
  try {
    t.data = data_source_from_json(from.at("data").dump());
  } catch (const std::exception&) {
  }
}

json to_json(const LabUi& l) {
  return {{"from_test_set", l.from_test_set},
          {"index", l.index},
          {"sigma", l.sigma},
          {"seed", l.seed},
          {"condition", to_json(l.condition)}};
}

void read(const json& from, LabUi& l) {
  read(from, "from_test_set", l.from_test_set);
  read(from, "index", l.index, {0, 1 << 30});
  read(from, "sigma", l.sigma, kSigma);
  read(from, "seed", l.seed);
  read_condition(from, l.condition);
}

template <class T>
void read_part(const json& from, const char* name, T& part) {
  const auto found = from.find(name);
  if (found != from.end() && found->is_object()) read(*found, part);
}

}  // namespace

std::string to_json(const Ui& ui) {
  const json all = {
      {"layer", int(ui.quantity)},
      {"tool", int(ui.tool)},
      {"brush_value", ui.brush.value},
      {"brush_size", ui.brush.size},
      {"brush_softness", ui.brush.softness},
      {"noise", int(ui.noise)},
      {"tab", ui.tab},
      {"forks", ui.forks},
      {"window_width", ui.window_width},
      {"window_height", ui.window_height},
      {"sample", to_json(ui.sample)},
      {"condition", to_json(ui.condition)},
      {"sampled_model", ui.sampled_model},
      {"train", to_json(ui.train)},
      {"lab", to_json(ui.lab)},
      {"measured", ui.runs.measured},
  };
  return all.dump(2) + "\n";
}

void remember(std::string_view text, Ui& ui) {
  const json all = json::parse(text, nullptr, false);
  if (!all.is_object()) return;
  read_enum(all, "layer", ui.quantity, 5);
  read_enum(all, "tool", ui.tool, int(kTools.size()));
  read(all, "brush_value", ui.brush.value, kBrushValue);
  read(all, "brush_size", ui.brush.size, kBrushSize);
  read(all, "brush_softness", ui.brush.softness, kBrushSoftness);
  read_enum(all, "noise", ui.noise, 2);
  read(all, "tab", ui.tab);
  read(all, "forks", ui.forks, {0, 1 << 30});
  read(all, "window_width", ui.window_width, {320, 16384});
  read(all, "window_height", ui.window_height, {240, 16384});
  read_part(all, "sample", ui.sample);
  read_condition(all, ui.condition);
  read(all, "sampled_model", ui.sampled_model);
  read_part(all, "train", ui.train);
  read_part(all, "lab", ui.lab);
  read(all, "measured", ui.runs.measured, kMeasured);
}

}  // namespace stepwise
