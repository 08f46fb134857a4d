#include "settings/data_home.h"

#include <cstdlib>

namespace stepwise {

std::filesystem::path data_home() {
  const char* xdg = std::getenv("XDG_DATA_HOME");
  if (xdg && *xdg == '/') return xdg;
  const char* home = std::getenv("HOME");
  if (!home || !*home) return {};
  return std::filesystem::path(home) / ".local" / "share";
}

}  // namespace stepwise
