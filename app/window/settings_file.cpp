#include "window/settings_file.h"

#include <cstdio>
#include <cstdlib>

#include "error.h"
#include "image/file.h"
#include "panels/ui_file.h"

namespace stepwise::app {
namespace {

constexpr std::size_t kMaxSettings = 1 << 20;

// Folders that are not there any more are not offered.
void keep_those_there(std::vector<std::string>& folders) {
  if (folders.size() > kMostRecent) folders.resize(kMostRecent);
  std::erase_if(folders, [](const std::string& folder) {
    std::error_code error;
    return !std::filesystem::is_directory(folder, error);
  });
}

}  // namespace

std::filesystem::path settings_path() {
  const auto set = [](const char* name) {
    const char* value = std::getenv(name);
    return value && *value ? value : nullptr;
  };
  if (const char* state = set("XDG_STATE_HOME"))
    return std::filesystem::path(state) / "stepwise" / "window.json";
  if (const char* home = set("HOME"))
    return std::filesystem::path(home) / ".local" / "state" / "stepwise" / "window.json";
  return {};
}

bool load_settings(Ui& ui) {
  const std::filesystem::path path = settings_path();
  std::error_code error;
  if (path.empty() || !std::filesystem::is_regular_file(path, error)) return false;
  try {
    restore(read_file(path, kMaxSettings), ui);
    keep_those_there(ui.models.recent);
  } catch (const Error&) {
    return false;
  }
  return true;
}

void save_settings(const Ui& ui) {
  const std::filesystem::path path = settings_path();
  if (path.empty()) return;
  try {
    std::error_code failed;  // Then the file cannot be written either, and that says why.
    std::filesystem::create_directories(path.parent_path(), failed);
    write_file(path, to_json(ui));
  } catch (const std::exception& e) {
    std::fprintf(stderr, "What you chose in the window is not remembered: %s\n", e.what());
  }
}

}  // namespace stepwise::app
