#include "files/places.h"

#include <array>
#include <cstdlib>
#include <sstream>

#include "error.h"
#include "image/file.h"

namespace stepwise::app {
namespace {

namespace fs = std::filesystem;

struct UserFolder {
  const char* key;    // In user-dirs.dirs.
  const char* usual;  // In the home folder, where that says nothing.
  const char* name;
};
constexpr std::array kUserFolders = {
    UserFolder{"XDG_PICTURES_DIR", "Pictures", "Pictures"},
    UserFolder{"XDG_DOWNLOAD_DIR", "Downloads", "Downloads"},
    UserFolder{"XDG_DOCUMENTS_DIR", "Documents", "Documents"},
    UserFolder{"XDG_DESKTOP_DIR", "Desktop", "Desktop"},
};

fs::path variable(const char* name) {
  const char* value = std::getenv(name);
  return value && *value == '/' ? value : "";
}

// The text of user-dirs.dirs; empty where it cannot be read.
std::string user_dirs(const fs::path& home) {
  constexpr std::size_t kMaxBytes = 1 << 16;
  const fs::path config = variable("XDG_CONFIG_HOME");
  try {
    return read_file((config.empty() ? home / ".config" : config) / "user-dirs.dirs", kMaxBytes);
  } catch (const Error&) {
    return "";
  }
}

// KEY="$HOME/Bilder" or KEY="/data/pictures"; empty where there is no such line.
fs::path folder_in(const std::string& text, const std::string& key, const fs::path& home) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with(key + "=\"") || !line.ends_with('"') || line.size() < key.size() + 3)
      continue;
    const std::string value = line.substr(key.size() + 2, line.size() - key.size() - 3);
    constexpr std::string_view kHome = "$HOME/";
    return value.starts_with(kHome) ? home / value.substr(kHome.size()) : fs::path(value);
  }
  return {};
}

}  // namespace

std::vector<KnownPlace> known_places() {
  const fs::path home = variable("HOME");
  if (home.empty()) return {};
  const std::string text = user_dirs(home);
  std::vector<KnownPlace> places;
  const auto add = [&](const char* name, const fs::path& folder) {
    std::error_code error;
    if (folder.is_absolute() && fs::is_directory(folder, error)) places.push_back({name, folder});
  };
  for (const auto& [key, usual, name] : kUserFolders) {
    const fs::path told = folder_in(text, key, home);
    if (told != home && told != home / "") add(name, told.empty() ? home / usual : told);
  }
  add("Home", home);
  return places;
}

fs::path usual_folder() {
  const std::vector<KnownPlace> places = known_places();
  std::error_code error;
  return places.empty() ? fs::current_path(error) : places.front().folder;
}

}  // namespace stepwise::app
