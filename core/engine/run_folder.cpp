#include "engine/run_folder.h"

#include "error.h"

namespace stepwise {
namespace {

std::filesystem::path user_data_folder() {
  const std::filesystem::path home = data_home();
  require(!home.empty(), "Neither HOME nor XDG_DATA_HOME is set. Say where it goes with --out.");
  return home / "stepwise";
}

}  // namespace

std::filesystem::path runs_folder() { return user_data_folder() / "runs"; }

std::filesystem::path classifiers_folder() { return user_data_folder() / "classifiers"; }
std::filesystem::path models_folder() { return data_home() / "stepwise" / "models"; }
std::filesystem::path meters_folder() { return user_data_folder() / "meters"; }
std::filesystem::path examples_folder() { return data_home() / "stepwise" / "examples"; }
std::filesystem::path own_recipes_folder() { return data_home() / "stepwise" / "recipes"; }

std::filesystem::path new_run_folder(const std::string& data, const std::string& recipe) {
  const auto runs = runs_folder();
  for (int i = 1;; ++i) {
    const auto folder = runs / text_of(data, "-", recipe, "-", i);
    std::error_code error;  // A folder that may not be looked into is refused when it is made.
    if (!std::filesystem::exists(folder, error)) return folder;
  }
}

}  // namespace stepwise
