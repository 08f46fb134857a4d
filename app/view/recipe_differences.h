// In what the recipes of several runs differ, in words. Any thread.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "settings/recipe.h"

namespace stepwise::app {

struct RecipeDifference {
  std::string field;                // "learning rate".
  std::vector<std::string> values;  // Of each recipe.
};

// The fields in which not all of them agree, in the order in which a recipe lists them; what the
// recipes are called is none.
std::vector<RecipeDifference> differences_of(std::span<const Recipe* const> recipes);

// "Their recipes differ in batch (32, 64) and learning rate (0.006, 0.003)." Or that they are the
// same.
std::string words_for(std::span<const RecipeDifference> differences);

}  // namespace stepwise::app
