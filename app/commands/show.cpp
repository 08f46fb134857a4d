// stepwise show: what a picture file carries, and whether it can be drawn again.
#include <cstdio>

#include "commands/command.h"
#include "commands/terminal.h"
#include "engine/picture_recipe.h"
#include "image/picture_file.h"

namespace stepwise {
namespace {

namespace fs = std::filesystem;

struct ShowOptions {
  fs::path file;
  bool on_terminal = false, json = false;
};

void print(const std::string& name, const std::string& value) {
  std::printf("%-11s %s\n", name.c_str(), value.c_str());
}

void show(const ShowOptions& o) {
  require_stdout();
  const PictureFile file = open_picture(o.file);
  if (o.on_terminal) std::fputs(on_terminal(file.pixels, terminal_columns()).c_str(), stdout);
  if (!file.note.empty()) warn(file.note);
  if (o.json) return void(std::printf("%s\n", file.recipe.empty() ? "{}" : file.recipe.c_str()));
  print("picture",
        text_of(o.file.string(), ", ", file.pixels.width, " x ", file.pixels.height, " pixels"));
  if (file.recipe.empty()) return print("recipe", "none: it does not say how it was made");
  const PictureRecipe recipe = recipe_of_text(file.recipe, o.file.string());
  for (const auto& [name, value] : words_for(recipe)) print(name, value);
}

}  // namespace

void add_show(CLI::App& app, const SessionOptions&) {
  auto o = std::make_shared<ShowOptions>();
  CLI::App* sub = app.add_subcommand("show", "Tell what a picture carries");
  sub->fallthrough();
  sub->add_option("file", o->file, "A PNG, JPEG or WebP file")->required()->type_name("FILE");
  sub->add_flag("--terminal", o->on_terminal, "Print the picture too, in pixels or half blocks");
  sub->add_flag("--json", o->json, "Print the recipe as it stands in the file");
  sub->callback([o] { show(*o); });
}

}  // namespace stepwise
