// stepwise recipes: what can be trained by name, and of one recipe every field beside its parent's.
#include <algorithm>
#include <cstdio>

#include "commands/command.h"
#include "first_of.h"
#include "settings/recipe_fields.h"

namespace stepwise {
namespace {

std::string name_of_parent(const Recipe& parent) {
  return parent.name.empty() ? "the defaults" : parent.name;
}

// "quick, but with channels 24,48,96, learning_rate 0.005"
std::string difference(const Recipe& recipe, const Recipe& parent) {
  const auto words = [](const FieldChange& change) { return change.key + " " + change.value; };
  const std::vector<FieldChange> changed = changes(recipe, parent);
  if (changed.empty()) return name_of_parent(parent);
  return text_of(name_of_parent(parent), ", but with ", joined(changed, words));
}

void print_all(const RecipeBook& book) {
  require(!book.recipes.empty(), joined(book.troubles, &RecipeTrouble::message, " "));
  for (const RecipeTrouble& trouble : book.troubles) warn(trouble.message);
  int width = 0;
  for (const KnownRecipe& known : book.recipes)
    width = std::max(width, int(known.recipe.name.size()));
  for (const KnownRecipe& known : book.recipes) {
    const Recipe& recipe = known.recipe;
    std::printf("%-*s  %s\n", width, recipe.name.c_str(),
                difference(recipe, parent_of(book, recipe)).c_str());
    if (!known.about.empty()) std::printf("%-*s  %s\n", width, "", known.about.c_str());
  }
}

// A star before each line in which the recipe differs from its parent.
void print_fields(const Recipe& recipe, const Recipe& parent) {
  const std::vector<FieldText> before = texts_of(parent);
  const RecipeGroup* group = nullptr;
  for (std::size_t i = 0; const FieldText& field : texts_of(recipe)) {
    if (field.group != group) std::printf("\n%s\n", std::string(field.group->title).c_str());
    group = field.group;
    const std::string& was = before[i++].value;
    std::printf("%c %-18s %-10s %-10s %s\n", field.value == was ? ' ' : '*', field.key.c_str(),
                field.value.c_str(), was.c_str(), help_of_field(field.key));
  }
}

void print(const KnownRecipe& known, const RecipeBook& book) {
  const Recipe parent = parent_of(book, known.recipe);
  std::printf("name    %s\nfile    %s\nparent  %s, whose values stand behind its own\n",
              known.recipe.name.c_str(), known.file.c_str(), name_of_parent(parent).c_str());
  if (!known.about.empty()) std::printf("about   %s\n", known.about.c_str());
  if (!known.device.empty()) std::printf("device  %s\n", known.device.c_str());
  print_fields(known.recipe, parent);
}

}  // namespace

void add_recipes(CLI::App& app) {
  auto name = std::make_shared<std::string>();
  CLI::App* sub = app.add_subcommand(
      "recipes", "List the recipes that train takes, or show every field of one");
  sub->add_option("recipe", *name, "The name of a recipe, or its file")
      ->type_name("NAME|FILE.json");
  sub->callback([name] {
    const RecipeBook book = known_recipes();
    if (!name->empty()) return print(recipe_named(*name, book), book);
    print_all(book);
  });
}

}  // namespace stepwise
