// What can be other than it was of a run that has begun: while it trains, and where a new run
// begins at a mark of another one. Plain values; any thread.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "fields.h"
#include "settings/recipe.h"

namespace stepwise {

// Another value for a field of a recipe, as set_field() takes it.
struct FieldValue {
  std::string field, value;

  bool operator==(const FieldValue&) const = default;
};
STEPWISE_FIELDS(FieldValue, field, value)

// Fields that only say how the next step is made.
inline constexpr std::array<std::string_view, 7> kLiveFields = {
    "sigma_mean", "sigma_std", "class_dropout", "flip", "shift", "weighting", "wrong_classes"};

// Beside these, what a run that begins at a mark may have otherwise. The others say what its
// network is, what the optimiser remembers, or which pictures come when.
inline constexpr std::array<std::string_view, 17> kFieldsAtMark = {
    "minutes",      "steps",           "levels",        "sigma_low",
    "sigma_high",   "learning_rate",   "momentum",      "warm_up",
    "decay",        "weight_decay",    "clip",          "ema",
    "half_weights", "gallery_seconds", "measure_count", "checkpoint_seconds",
    "marks"};

// The recipe with these values, named for it as in named_for_run(). Throws Error naming the first
// field that must stay as it is, or what a value is not.
Recipe changed_in_training(const Recipe& recipe, const std::vector<FieldValue>& values);
Recipe changed_at_mark(const Recipe& recipe, const std::vector<FieldValue>& values);

// "rate × 0.5, weighting min-snr": the multiplier of the learning rate and the fields that are
// other ones; empty where none is.
std::string words_of_change(double multiplier_before, double multiplier, const Recipe& before,
                            const Recipe& recipe);

}  // namespace stepwise
