#include "settings/recipe_fields.h"

#include <charconv>
#include <type_traits>
#include <utility>

#include "settings/json_value.h"

namespace stepwise {
namespace {

using nlohmann::json;

constexpr std::size_t kMostText = 1000;  // Bytes of a value: no field needs nearly as many.
constexpr std::size_t kShownField = 60;  // Characters of a key that a message repeats.

// A number in as few digits as say it, a list without its brackets, a name without its quotes.
template <class Field>
std::string text_of_field(const Field& field) {
  if constexpr (std::is_floating_point_v<Field>) {
    std::array<char, 32> digits;
    return {digits.data(), std::to_chars(digits.begin(), digits.end(), field).ptr};
  }
  std::string text = value_of(field).dump();
  std::erase_if(text, [](char c) { return c == '[' || c == ']' || c == '"'; });
  return text;
}

template <class Field>
std::vector<std::string> choices_of(const Field& field) {
  std::vector<std::string> choices;
  if constexpr (std::is_same_v<Field, bool>) choices = {"false", "true"};
  if constexpr (HasNames<Field>)
    for (const auto& [value, name] : names_of(field)) choices.emplace_back(name);
  if constexpr (std::is_same_v<Field, DegradationStack>)
    for (const DegradationName& family : kDegradations) choices.emplace_back(family.id);
  return choices;
}

// What is no JSON is a name; a list goes without its brackets.
json value_in(std::string_view text, bool is_list) {
  json value = json::parse(text, nullptr, false);
  if (is_list && !value.is_array()) value = json::parse(text_of("[", text, "]"), nullptr, false);
  return value.is_discarded() ? json(text) : value;
}

std::string all_keys() { return joined(texts_of(Recipe{}), &FieldText::key); }

}  // namespace

const char* help_of_field(std::string_view key) {
  const auto found = std::ranges::find(kRecipeHelp, key, &FieldHelp::key);
  return found == kRecipeHelp.end() ? "" : found->help;
}

std::vector<FieldText> texts_of(const Recipe& recipe) {
  std::vector<FieldText> texts;
  visit_choices(recipe, [&](const RecipeGroup& group, const char* key, const auto& field, auto...) {
    constexpr bool kSeveral = std::is_same_v<std::decay_t<decltype(field)>, DegradationStack>;
    texts.push_back({&group, key, text_of_field(field), choices_of(field), kSeveral});
  });
  return texts;
}

std::vector<FieldChange> changes(const Recipe& recipe, const Recipe& before) {
  const std::vector<FieldText> now = texts_of(recipe), then = texts_of(before);
  std::vector<FieldChange> changed;
  for (std::size_t i = 0; i < now.size(); ++i)
    if (now[i].value != then[i].value) changed.push_back({now[i], then[i].value});
  return changed;
}

void set_field(Recipe& recipe, std::string_view key, std::string_view text,
               const std::string& place) {
  const std::string blame = "Cannot read '" + place + "': ";
  const std::string_view shown = key.substr(0, kShownField);
  require(text.size() <= kMostText, blame, shown, " has ", text.size(), " characters, more than ",
          kMostText, ".");
  bool found = false;
  visit_choices(
      recipe, [&]<class Field>(const RecipeGroup&, const char* name, Field& field, auto... limits) {
        if (name != key) return;
        found = true;
        Field next{};
        read_value(value_in(text, kIsVector<Field>), next, {place, name});
        in_context(blame, [&] { (limits.check(name, next), ...); });
        field = std::move(next);
      });
  require(found, blame, "a recipe has no field '", shown, "'. Its fields are: ", all_keys(), ".");
}

Recipe named_for_run(Recipe recipe, const Recipe& base) {
  const std::vector<FieldChange> changed = changes(recipe, base);
  if (std::ranges::none_of(changed, [](const auto& each) { return each.group->decides; }))
    return recipe;
  recipe.name = base.name + "-changed";
  recipe.parent = base.name;
  return recipe;
}

}  // namespace stepwise
