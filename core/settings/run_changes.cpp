#include "settings/run_changes.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <utility>

#include "error.h"
#include "settings/recipe_fields.h"

namespace stepwise {
namespace {

constexpr std::string_view kChangedName = "-changed";  // What named_for_run() puts behind a name.

bool is_among(std::string_view key, const auto& fields) {
  return std::ranges::find(fields, key) != fields.end();
}

// A recipe that has been changed once is not named for each further change.
Recipe renamed(Recipe recipe, const Recipe& before) {
  return before.name.ends_with(kChangedName) ? recipe : named_for_run(std::move(recipe), before);
}

Recipe with_values(const Recipe& before, const std::vector<FieldValue>& values) {
  Recipe recipe = before;
  for (const auto& [field, value] : values)
    set_field(recipe, field, value, text_of(field, "=", value));
  return recipe;
}

}  // namespace

Recipe changed_in_training(const Recipe& before, const std::vector<FieldValue>& values) {
  Recipe recipe = with_values(before, values);
  for (const FieldChange& each : changes(recipe, before))
    require(is_among(each.key, kLiveFields), "While a run trains, its ", each.key, " stays ",
            each.before, ": it cannot become ", each.value, ". What can change is ",
            joined(kLiveFields), ".");
  check(recipe);
  return renamed(std::move(recipe), before);
}

Recipe changed_at_mark(const Recipe& before, const std::vector<FieldValue>& values) {
  Recipe recipe = with_values(before, values);
  for (const FieldChange& each : changes(recipe, before))
    require(is_among(each.key, kLiveFields) || is_among(each.key, kFieldsAtMark),
            "A run that begins at a mark keeps the ", each.key, " of that, ", each.before,
            ": it cannot become ", each.value, ". What can change is ", joined(kLiveFields), ", ",
            joined(kFieldsAtMark), ".");
  check(recipe);
  return renamed(std::move(recipe), before);
}

std::string words_of_change(double multiplier_before, double multiplier, const Recipe& before,
                            const Recipe& recipe) {
  std::string words;
  if (multiplier != multiplier_before) {
    std::array<char, 32> number;
    std::snprintf(number.data(), number.size(), "%.3g", multiplier);
    words = text_of("rate × ", number.data());
  }
  for (const FieldChange& each : changes(recipe, before)) {
    std::string field = each.key;
    std::ranges::replace(field, '_', ' ');
    words += text_of(words.empty() ? "" : ", ", field, " ", each.value);
  }
  return words;
}

}  // namespace stepwise
