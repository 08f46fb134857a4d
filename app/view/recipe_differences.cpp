#include "view/recipe_differences.h"

#include <algorithm>
#include <type_traits>

#include "first_of.h"
#include "widgets/ticks.h"

namespace stepwise::app {
namespace {

constexpr int kDigits = 6;  // Of numbers: recipes are told apart by them.

template <class Value>
std::string value_words(const Value& value) {
  if constexpr (std::is_same_v<Value, bool>)
    return value ? "yes" : "no";
  else if constexpr (HasNames<Value> || HasId<Value>)
    return std::string(id_of(value));
  else if constexpr (std::is_floating_point_v<Value>)
    return format_number(value, kDigits);
  else if constexpr (std::is_integral_v<Value>)
    return std::to_string(value);
  else if constexpr (std::is_same_v<Value, std::string>)
    return value.empty() ? "none" : value;
  else
    return joined(value, {}, "-");
}

std::string field_words(std::string key) {
  std::ranges::replace(key, '_', ' ');
  return key;
}

}  // namespace

std::vector<RecipeDifference> differences_of(std::span<const Recipe* const> recipes) {
  std::vector<RecipeDifference> fields;
  for (const Recipe* recipe : recipes) {
    std::size_t i = 0;
    visit_fields(*recipe, [&](const char* key, const auto& value, auto...) {
      if (fields.size() == i) fields.push_back({field_words(key), {}});
      fields[i++].values.push_back(value_words(value));
    });
  }
  std::erase_if(fields, [](const RecipeDifference& field) {
    const auto& values = field.values;
    return field.field == "name" || std::ranges::count(values, values[0]) == std::ssize(values);
  });
  return fields;
}

std::string words_for(std::span<const RecipeDifference> differences) {
  if (differences.empty()) return "Their recipes are the same.";
  std::string words = "Their recipes differ in ";
  for (std::size_t i = 0; i < differences.size(); ++i) {
    const char* between = i == 0 ? "" : i + 1 < differences.size() ? ", " : " and ";
    words += text_of(between, differences[i].field, " (", joined(differences[i].values), ")");
  }
  return words + ".";
}

}  // namespace stepwise::app
