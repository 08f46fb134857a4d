#include "settings/recipe_book.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "settings/json.h"
#include "settings/recipe_fields.h"

namespace stepwise {
namespace {

using nlohmann::json;

constexpr std::size_t kMostLetters = 40;  // Of a name.

std::string stem_of(const RecipeFile& file) { return file.path.stem().string(); }

std::string blame(const RecipeFile& file) { return "Cannot read '" + file.path.string() + "': "; }

// Takes what is said of a recipe out of its object, which then holds fields alone.
std::string take_text(json& object, const char* key, const RecipeFile& file) {
  std::string text;
  const auto found = object.find(key);
  if (found == object.end()) return text;
  read_value(*found, text, {file.path.string(), key});
  object.erase(found);
  return text;
}

std::string parent_named_in(const RecipeFile& file) {
  json object = parse_object(file.text, file.path.string());
  return take_text(object, "parent", file);
}

// What a recipe inherits.
KnownRecipe parent_for(const std::string& name, const RecipeFile& file, const RecipeBook& book) {
  if (name.empty()) return {};
  if (const KnownRecipe* parent = find_recipe(book, name)) return *parent;
  const auto trouble = std::ranges::find(book.troubles, name, &RecipeTrouble::name);
  require(trouble == book.troubles.end(), blame(file), "its parent is '", name,
          "', which cannot be read either. ", trouble->message);
  throw Error(
      text_of(blame(file), "its parent is '", name,
              "', but there is no recipe of that name. Correct it, or leave 'parent' out."));
}

// The names from a child to its parents, as far as they are among the files, up to one that comes
// again.
std::vector<std::string> ancestry(std::string name, const std::vector<RecipeFile>& files) {
  std::vector<std::string> names;
  for (;;) {
    const bool again = std::ranges::find(names, name) != names.end();
    names.push_back(name);
    const auto file = std::ranges::find(files, name, stem_of);
    if (again || file == files.end()) return names;
    name = parent_named_in(*file);
  }
}

void note_trouble(const RecipeFile& file, const std::string& message, RecipeBook& book) {
  book.troubles.push_back({stem_of(file), message});
}

// Reads it, unless its parent is still to come. Whether it is done with.
bool try_to_read(const RecipeFile& file, const std::vector<RecipeFile>& waiting, RecipeBook& book) {
  try {
    const std::string parent = parent_named_in(file);
    if (std::ranges::find(waiting, parent, stem_of) != waiting.end()) return false;
    add_recipe(read_recipe(file, book), book);
  } catch (const Error& e) {
    note_trouble(file, e.what(), book);
  }
  return true;
}

// Two files of one name are one recipe too many: the first counts.
std::vector<RecipeFile> of_different_names(std::vector<RecipeFile> files, RecipeBook& book) {
  std::vector<RecipeFile> kept;
  for (RecipeFile& file : files) {
    const auto first = std::ranges::find(kept, stem_of(file), stem_of);
    if (first == kept.end())
      kept.push_back(std::move(file));
    else
      book.troubles.push_back(
          {"", text_of(blame(file), "'", first->path.string(), "' has that name. Rename yours.")});
  }
  return kept;
}

}  // namespace

RecipeBook read_recipes(std::vector<RecipeFile> files) {
  RecipeBook book;
  std::vector<RecipeFile> waiting = of_different_names(std::move(files), book);
  for (bool more = true; more;) {
    const std::vector<RecipeFile> before = waiting;
    std::erase_if(waiting, [&](const auto& file) { return try_to_read(file, before, book); });
    more = waiting.size() < before.size();
  }
  for (const RecipeFile& file : waiting)
    note_trouble(file,
                 text_of(blame(file), "its parents lead in a circle, ",
                         joined(ancestry(stem_of(file), waiting)),
                         ". Give one of them another parent, or none."),
                 book);
  return book;
}

KnownRecipe read_recipe(const RecipeFile& file, const RecipeBook& book) {
  in_context(blame(file), [&] { check_recipe_name(stem_of(file)); });
  const std::string place = file.path.string();
  json object = parse_object(file.text, place);
  const std::string parent = take_text(object, "parent", file);
  KnownRecipe known = parent_for(parent, file, book);
  known.about = take_text(object, "about", file);
  if (object.contains("device")) known.device = take_text(object, "device", file);
  known.file = file.path;
  known.own = file.own;
  known.recipe.name = stem_of(file);
  known.recipe.parent = parent;
  for (const auto& [key, value] : object.items()) set_field(known.recipe, key, value.dump(), place);
  in_context(blame(file), [&] { check(known.recipe); });
  return known;
}

void add_recipe(KnownRecipe recipe, RecipeBook& book) {
  const auto rank = [](const KnownRecipe& known) {
    return std::tuple(known.own, !known.device.empty(), known.recipe.degradation,
                      known.recipe.budget.minutes, known.recipe.name);
  };
  book.recipes.push_back(std::move(recipe));
  std::ranges::sort(book.recipes, {}, rank);
}

const KnownRecipe* find_recipe(const RecipeBook& book, std::string_view name) {
  const auto of_name = [](const KnownRecipe& known) { return std::string_view(known.recipe.name); };
  const auto found = std::ranges::find(book.recipes, name, of_name);
  return found == book.recipes.end() ? nullptr : &*found;
}

const KnownRecipe& recipe_of(const RecipeBook& book, std::string_view name) {
  if (const KnownRecipe* known = find_recipe(book, name)) return *known;
  for (const RecipeTrouble& trouble : book.troubles) require(trouble.name != name, trouble.message);
  const auto of_name = [](const KnownRecipe& known) { return known.recipe.name; };
  require(!book.recipes.empty(), "There is no recipe '", name, "'. ",
          joined(book.troubles, &RecipeTrouble::message, " "));
  throw Error(
      text_of("There is no recipe '", name, "'; there are: ", joined(book.recipes, of_name), "."));
}

Recipe parent_of(const RecipeBook& book, const Recipe& recipe) {
  if (const KnownRecipe* parent = find_recipe(book, recipe.parent)) return parent->recipe;
  Recipe defaults;
  defaults.name.clear();
  return defaults;
}

std::vector<KnownRecipe> recipes_for(const RecipeBook& book, std::string_view device) {
  std::vector<KnownRecipe> fitting = book.recipes;
  std::erase_if(fitting, [&](const KnownRecipe& known) {
    return !known.device.empty() && known.device != device;
  });
  return fitting;
}

void check_recipe_name(std::string_view name) {
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_';
  };
  require(!name.empty() && name.size() <= kMostLetters && std::ranges::all_of(name, fits), "'",
          name.substr(0, kMostLetters),
          "' is no name for a recipe. Take letters, digits, - and _, ", kMostLetters, " at most.");
}

std::string text_of_recipe_file(const Recipe& recipe, const Recipe& parent) {
  const json fields = value_of(recipe);
  std::vector<std::string> lines;
  if (!parent.name.empty()) lines.push_back(text_of("  \"parent\": ", json(parent.name).dump()));
  for (const FieldChange& change : changes(recipe, parent)) {
    const json& value = fields.at(change.key);
    lines.push_back(
        text_of("  \"", change.key, "\": ", value.is_number_float() ? change.value : value.dump()));
  }
  return "{\n" + joined(lines, {}, ",\n") + "\n}\n";
}

}  // namespace stepwise
