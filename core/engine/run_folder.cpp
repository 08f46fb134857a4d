#include "engine/run_folder.h"

#include "error.h"
#include "formats/layout.h"

namespace stepwise {
namespace {

std::filesystem::path user_data_folder() {
  const std::filesystem::path home = data_home();
  require(!home.empty(), "Neither HOME nor XDG_DATA_HOME is set. Say where it goes with --out.");
  return home / "stepwise";
}

// The same where it is no error if neither is set: then it is no absolute path.
std::filesystem::path own_folder(const char* name) { return data_home() / "stepwise" / name; }

// "run/" is the folder "run".
std::filesystem::path without_slash(const std::filesystem::path& path) {
  const std::filesystem::path normal = path.lexically_normal();
  return normal.has_filename() ? normal : normal.parent_path();
}

}  // namespace

std::filesystem::path runs_folder() { return user_data_folder() / "runs"; }

std::filesystem::path classifiers_folder() { return user_data_folder() / "classifiers"; }
std::filesystem::path models_folder() { return own_folder("models"); }
std::filesystem::path meters_folder() { return user_data_folder() / "meters"; }
std::filesystem::path examples_folder() { return own_folder("examples"); }
std::filesystem::path own_recipes_folder() { return own_folder("recipes"); }

std::filesystem::path new_few_steps_folder(const std::filesystem::path& model) {
  std::error_code error;
  const auto above = std::filesystem::absolute(without_slash(model), error).parent_path();
  const auto runs = own_folder("runs"), folder = model / kFewSteps;
  const bool own = !model.empty() && std::filesystem::equivalent(above, runs, error);
  return own && !std::filesystem::exists(folder, error) ? folder : std::filesystem::path();
}

std::filesystem::path model_around(const std::filesystem::path& few_steps) {
  const std::filesystem::path folder = without_slash(few_steps);
  if (folder.filename() != kFewSteps) return {};
  const auto model = folder.has_parent_path() ? folder.parent_path() : std::filesystem::path(".");
  std::error_code error;
  const auto holds = [&](const char* name) { return std::filesystem::exists(model / name, error); };
  return holds(kIndex) || holds(kConfig) ? model : std::filesystem::path();
}

std::filesystem::path new_run_folder(const std::string& data, const std::string& recipe) {
  const auto runs = runs_folder();
  for (int i = 1;; ++i) {
    const auto folder = runs / text_of(data, "-", recipe, "-", i);
    std::error_code error;  // A folder that may not be looked into is refused when it is made.
    if (!std::filesystem::exists(folder, error)) return folder;
  }
}

}  // namespace stepwise
