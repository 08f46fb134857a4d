// stepwise show: what a picture file carries, and whether it can be drawn again.
#include <cstdio>

#include "commands/command.h"
#include "commands/draw_again.h"
#include "commands/terminal.h"
#include "engine/picture_recipe.h"
#include "error.h"
#include "image/picture_file.h"

namespace stepwise {
namespace {

namespace fs = std::filesystem;

struct ShowOptions {
  fs::path file;
  bool on_terminal = false, json = false, check = false;
  fs::path model;  // To draw it again with; empty: the recipe's own.
};

void print(const std::string& name, const std::string& value) {
  std::printf("%-11s %s\n", name.c_str(), value.c_str());
}

// Fails where the pixels are others, for scripts.
void check_pixels(const ShowOptions& o, const PictureRecipe& recipe, const ByteImage& pixels,
                  const SessionOptions& session) {
  Headless worker(session);
  const PixelDifference found = difference(drawn_again(recipe, o.model, worker), pixels);
  print("drawn again", words_for(found));
  if (!found.none()) throw CLI::RuntimeError(1);
}

void show(const ShowOptions& o, const SessionOptions& session) {
  require_stdout();
  const PictureFile file = open_picture(o.file);
  if (o.on_terminal) std::fputs(on_terminal(file.pixels, terminal_columns()).c_str(), stdout);
  if (!file.note.empty()) warn(file.note);
  if (o.json) return void(std::printf("%s\n", file.recipe.empty() ? "{}" : file.recipe.c_str()));
  print("picture",
        text_of(o.file.string(), ", ", file.pixels.width, " x ", file.pixels.height, " pixels"));
  if (file.recipe.empty()) {
    print("recipe", "none: it does not say how it was made");
    require(!o.check, "Cannot draw '", o.file.string(), "' again: it carries no recipe.");
    return;
  }
  const PictureRecipe recipe = recipe_of_text(file.recipe, o.file.string());
  for (const auto& [name, value] : words_for(recipe)) print(name, value);
  if (o.check) check_pixels(o, recipe, file.pixels, session);
}

}  // namespace

void add_show(CLI::App& app, const SessionOptions& session) {
  auto o = std::make_shared<ShowOptions>();
  CLI::App* sub = app.add_subcommand("show", "Tell what a picture carries");
  sub->add_option("file", o->file, "A PNG, JPEG or WebP file")->required()->type_name("FILE");
  sub->add_flag("--terminal", o->on_terminal, "Print the picture too, in pixels or half blocks");
  sub->add_flag("--json", o->json, "Print the recipe as it stands in the file");
  sub->add_flag("--check", o->check, "Draw it again, and say whether the pixels are the same");
  sub->add_option("--model", o->model, "Draw it again with this model")->type_name("DIR");
  sub->callback([o, &session] { show(*o, session); });
}

}  // namespace stepwise
