// The recipes that can be chosen by name. Each is a file, JSON of the fields in which it differs
// from its parent, as in {"parent": "quick", "channels": [24, 48, 96], "learning_rate": 0.005}, and
// is called as the file is, without .json. Beside the fields of struct Recipe there may stand
//
//   parent   the name of the recipe that has all other fields; without one, they are struct
//            Recipe's own
//   about    what it is for, in a sentence
//   device   "cuda": only a graphics card can feed it; its children inherit that
//
// The disk is somebody else's (engine/recipe_files.h). Plain values; any thread.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "settings/recipe.h"

namespace stepwise {

// A file of a recipe as it was read; those of the user stand behind those of the program.
struct RecipeFile {
  std::filesystem::path path;
  std::string text;
  bool own = false;  // The user's.
};

struct KnownRecipe {
  Recipe recipe;              // All of it.
  std::string about, device;  // Empty where the file says nothing.
  std::filesystem::path file;
  bool own = false;
};

// Why a file is no recipe, or a folder has none: the name that the recipe would have, if it is a
// file's, and words that name file, field and value.
struct RecipeTrouble {
  std::string name, message;
};

struct RecipeBook {
  std::vector<KnownRecipe> recipes;  // The program's first, and of these those for any device, the
                                     // shortest first.
  std::vector<RecipeTrouble> troubles;
};

// What can be read of the files, whatever their order; a file that cannot be costs nothing more
// than its own recipe and those made from it.
RecipeBook read_recipes(std::vector<RecipeFile> files);

// The recipe of a file that lies elsewhere, whose parent is in the book. Throws Error with what is
// wrong with it.
KnownRecipe read_recipe(const RecipeFile& file, const RecipeBook& book);

// Puts a recipe in its place among the others.
void add_recipe(KnownRecipe recipe, RecipeBook& book);

// The recipe of that name, or nullptr.
const KnownRecipe* find_recipe(const RecipeBook& book, std::string_view name);

// The same; throws Error with why its file is none, or with the names that there are.
const KnownRecipe& recipe_of(const RecipeBook& book, std::string_view name);

// The recipe that this one was made from; where there is none in the book, struct Recipe's own
// values, which have no name.
Recipe parent_of(const RecipeBook& book, const Recipe& recipe);

// Those that are worth a try on "cpu" or "cuda": a processor takes half a minute for a step of gpu.
std::vector<KnownRecipe> recipes_for(const RecipeBook& book, std::string_view device);

// Throws Error unless it is a name for a recipe: letters, digits, - and _, 40 at most.
void check_recipe_name(std::string_view name);

// What the file of a recipe says: its parent, if that has a name, and where it differs from it.
std::string text_of_recipe_file(const Recipe& recipe, const Recipe& parent);

}  // namespace stepwise
