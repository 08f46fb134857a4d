// The folders that people keep pictures in. Any thread.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace stepwise::app {

struct KnownPlace {
  std::string name;
  std::filesystem::path folder;
};

// Those that are there, by the desktop's own names for them ($XDG_CONFIG_HOME/user-dirs.dirs):
// pictures, downloads, documents, desktop; the home folder last. Empty without a home.
std::vector<KnownPlace> known_places();

// Where pictures go when nobody says where: the first of these; without any, the current folder.
std::filesystem::path usual_folder();

}  // namespace stepwise::app
