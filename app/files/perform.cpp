#include <algorithm>
#include <cctype>
#include <cstdlib>

#include "data/files.h"
#include "engine/enclosed_models.h"
#include "engine/recipe_files.h"
#include "engine/run_folder.h"
#include "engine/session_file.h"
#include "error.h"
#include "files/tasks.h"
#include "formats/layout.h"
#include "formats/picture_tensors.h"
#include "formats/weights_sha256.h"
#include "image/file.h"
#include "image/output.h"
#include "image/png.h"

namespace stepwise::app {
namespace {

namespace fs = std::filesystem;

// The fingerprint of each model that lies in a folder; one that is gone keeps what is known.
void fingerprint(PictureRecipe& recipe) {
  for (RecipeModel& model : recipe.models) try {
      if (!model.folder.empty() && model.sha256.empty())
        model.sha256 = weights_sha256(model.folder);
    } catch (const Error&) {
    }
}

struct Encoded {
  std::string bytes, note;
};

Encoded encoded(StillFile file) {
  fingerprint(file.recipe);
  const std::string recipe = text_of_recipe(file.recipe);
  if (recipe.size() <= kMaxRecipe) return {png_of(file.pixels, recipe), ""};
  return {png_of(file.pixels),
          "It does not carry its recipe, which is too long for a picture: save a session."};
}
Encoded encoded(const std::vector<AnimationFrame>& frames) { return {webp_of(frames), ""}; }
Encoded encoded(const NumbersFile& numbers) {
  return {tensors_of(numbers.pictures, numbers.conditions), ""};
}
Encoded encoded(SessionFile session) {
  for (const auto& [place, folder] : session.enclosed)
    session.file.tensors.merge(enclosed_model(folder, place));
  return {encode_safetensors(session.file), ""};
}

FileAnswer done(SaveFile task) {
  const Encoded file =
      std::visit([](auto& content) { return encoded(std::move(content)); }, task.content);
  std::error_code failed;  // Then the file cannot be written either, and that says why.
  fs::create_directories(folder_of(task.path), failed);
  return FileSaved{write_numbered(task.path, file.bytes), file.note};
}

FileAnswer done(SaveRecipe task) {
  return RecipeSaved{save_recipe(std::move(task.recipe), task.parent, own_recipes_folder())};
}

bool is_offered(const fs::directory_entry& entry, bool& is_folder) {
  std::error_code error;
  const std::string name = entry.path().filename().string();
  is_folder = entry.is_directory(error);
  constexpr std::string_view kEndings[] = {".png", ".jpg", ".jpeg", ".webp", ".stepwise"};
  std::string ending = entry.path().extension().string();
  std::ranges::transform(ending, ending.begin(),
                         [](unsigned char c) { return char(std::tolower(c)); });
  return !name.starts_with('.') &&
         (is_folder || std::ranges::find(kEndings, ending) != std::end(kEndings));
}

FileAnswer done(const ListFolder& task) {
  FolderListed listed;
  std::error_code failed;
  listed.folder = fs::absolute(task.folder, failed).lexically_normal();
  fs::directory_iterator at(listed.folder, failed);
  for (const fs::directory_iterator end; !failed && at != end && !listed.cut;
       at.increment(failed)) {
    bool is_folder = false;
    if (!is_offered(*at, is_folder)) continue;
    listed.cut = listed.entries.size() == kMostListed;
    if (!listed.cut) listed.entries.push_back({at->path().filename().string(), is_folder});
  }
  if (failed) listed.trouble = failed.message();
  std::ranges::sort(listed.entries, [](const FolderEntry& a, const FolderEntry& b) {
    return a.is_folder != b.is_folder ? a.is_folder : a.name < b.name;
  });
  return listed;
}

PictureFound picture_at(const fs::path& path) {
  PictureFound found{path, open_picture(path), {}, {}};
  if (!found.file.note.empty()) found.notes.push_back(found.file.note);
  if (found.file.recipe.empty()) return found;
  try {
    found.recipe = recipe_of_text(found.file.recipe, path.string());
    for (const RecipeModel& model : found.recipe->models)
      if (!model.folder.empty() && !model.sha256.empty() &&
          weights_sha256(model.folder) != model.sha256)
        found.notes.push_back(text_of("The weights in '", model.folder.string(),
                                      "' are not those that the picture was drawn with."));
  } catch (const Error& e) {
    found.notes.push_back(e.what());
  }
  return found;
}

bool is_model(const fs::path& folder) {
  try {
    layout_of(folder);
    return true;
  } catch (const Error&) {
    return false;
  }
}

// Pictures may also lie beside a model: those that it drew.
bool is_data(const fs::path& folder) {
  try {
    return find_data_files(folder.string()).kind != DataKind::kPictures || !is_model(folder);
  } catch (const Error&) {
    return false;
  }
}

FileAnswer done(const LookAtFile& task) {
  const fs::path path = place_of(task.place);
  std::error_code error;
  require(!path.empty() && fs::exists(path, error), "There is no file or folder '", task.place,
          "'.");
  if (path.extension() == kSessionExtension)
    return SessionFoundAt{path, take_out_models(path, models_folder())};
  if (!fs::is_directory(path, error)) return picture_at(path);
  if (fs::exists(path / "training.safetensors", error)) return RunFoundAt{path};
  if (is_data(path)) return DataFound{path};
  layout_of(path);  // Says what is there instead.
  return ModelFound{path};
}

int digit_of(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  c = char(std::tolower(static_cast<unsigned char>(c)));
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

// RFC 3986, section 2.1.
std::string percent_decoded(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool coded = text[i] == '%' && i + 2 < text.size() && digit_of(text[i + 1]) >= 0 &&
                       digit_of(text[i + 2]) >= 0;
    plain += coded ? char(16 * digit_of(text[i + 1]) + digit_of(text[i + 2])) : text[i];
    if (coded) i += 2;
  }
  return plain;
}

}  // namespace

fs::path place_of(std::string_view text) {
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back())))
    text.remove_suffix(1);
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.front())))
    text.remove_prefix(1);
  if (text.size() >= 2 && (text[0] == '\'' || text[0] == '"') && text.back() == text[0])
    text = text.substr(1, text.size() - 2);
  constexpr std::string_view kScheme = "file://";
  if (text.starts_with(kScheme)) {
    text.remove_prefix(kScheme.size());
    const std::size_t path = text.find('/');  // Behind the name of a host, which is this one.
    return path == std::string_view::npos ? fs::path()
                                          : fs::path(percent_decoded(text.substr(path)));
  }
  const char* home = std::getenv("HOME");
  if (text.starts_with("~/") && home) return fs::path(home) / text.substr(2);
  return fs::path(text);
}

FileAnswer perform(FileTask task) {
  try {
    return std::visit([](auto& what) { return done(std::move(what)); }, task);
  } catch (const std::exception& e) {
    return FileTrouble{e.what()};
  }
}

}  // namespace stepwise::app
