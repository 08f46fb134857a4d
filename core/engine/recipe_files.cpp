#include "engine/recipe_files.h"

#include <algorithm>
#include <system_error>
#include <utility>

#include "error.h"
#include "image/file.h"

namespace stepwise {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostBytes = 64 << 10;  // Of a file,
constexpr std::size_t kMostFiles = 256;       //   and files of a folder.

// By name.
std::vector<fs::path> files_in(const fs::path& folder, std::error_code& failed) {
  std::vector<fs::path> files;
  fs::directory_iterator at(folder, failed);
  for (const fs::directory_iterator end; !failed && at != end; at.increment(failed))
    if (at->path().extension() == kRecipeExtension) files.push_back(at->path());
  std::ranges::sort(files);
  return files;
}

class Reader {
 public:
  void read(const fs::path& folder, bool own) {
    std::error_code failed;
    std::vector<fs::path> files = files_in(folder, failed);
    if (own && failed == std::errc::no_such_file_or_directory) return;
    if (failed)
      note(text_of("Cannot read the recipes in '", folder.string(), "': ", failed.message(), "."));
    else if (!own && files.empty())
      note(text_of("There are no recipes in '", folder.string(), "'."));
    if (files.size() > kMostFiles) {
      note(text_of("'", folder.string(), "' holds ", files.size(), " recipes; only the first ",
                   kMostFiles, " are read."));
      files.resize(kMostFiles);
    }
    for (const fs::path& file : files) read_one(file, own);
  }

  RecipeBook book() && {
    RecipeBook book = read_recipes(std::move(files_));
    book.troubles.insert(book.troubles.begin(), troubles_.begin(), troubles_.end());
    return book;
  }

 private:
  void read_one(const fs::path& file, bool own) try {
    files_.push_back({file, read_file(file, kMostBytes), own});
  } catch (const Error& e) {
    note(e.what(), file.stem().string());
  }

  void note(std::string message, std::string name = "") {
    troubles_.push_back({std::move(name), std::move(message)});
  }

  std::vector<RecipeFile> files_;
  std::vector<RecipeTrouble> troubles_;
};

}  // namespace

RecipeBook load_recipes(const fs::path& shipped, const fs::path& own) {
  Reader reader;
  reader.read(shipped, false);
  if (own.is_absolute()) reader.read(own, true);
  return std::move(reader).book();
}

KnownRecipe load_recipe(const fs::path& file, const RecipeBook& book) {
  return read_recipe({file, read_file(file, kMostBytes), true}, book);
}

KnownRecipe save_recipe(Recipe recipe, const KnownRecipe& parent, const fs::path& folder) {
  check_recipe_name(recipe.name);
  require(folder.is_absolute(),
          "There is no place for recipes: neither HOME nor XDG_DATA_HOME is set.");
  std::error_code failed;  // Then the file cannot be written either, and that says why.
  fs::create_directories(folder, failed);
  const fs::path file = folder / (recipe.name + kRecipeExtension);
  write_new_file(file, text_of_recipe_file(recipe, parent.recipe));
  recipe.parent = parent.recipe.name;
  return {std::move(recipe), "", parent.device, file, true};
}

}  // namespace stepwise
