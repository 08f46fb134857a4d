// The files of recipes: those that come with the program, and the user's own beside its runs. What
// they say stands in settings/recipe_book.h. Any thread.
#pragma once

#include <filesystem>
#include <string>

#include "settings/recipe_book.h"

namespace stepwise {

inline constexpr const char* kRecipeExtension = ".json";

// The recipes of both folders. That of the user need not be there; what is wrong with the other is
// among the troubles, as is each file that cannot be read.
RecipeBook load_recipes(const std::filesystem::path& shipped, const std::filesystem::path& own);

// The recipe of one file, wherever it lies, whose parent is in the book. Throws Error with what is
// wrong with it.
KnownRecipe load_recipe(const std::filesystem::path& file, const RecipeBook& book);

// Writes a recipe of the user's into the folder, as NAME.json, and returns it as it will be read.
// Throws Error if the name is none, if there is such a file, or if it cannot be written.
KnownRecipe save_recipe(Recipe recipe, const KnownRecipe& parent,
                        const std::filesystem::path& folder);

}  // namespace stepwise
