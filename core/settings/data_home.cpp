#include "settings/data_home.h"

#include <cstdlib>

namespace stepwise {
namespace {

// The folder that the variable names, or this one of the user's own.
std::filesystem::path named_or(const char* variable, const char* in_home) {
  const char* xdg = std::getenv(variable);
  if (xdg && *xdg == '/') return xdg;
  const char* home = std::getenv("HOME");
  if (!home || !*home) return {};
  return std::filesystem::path(home) / in_home;
}

}  // namespace

std::filesystem::path data_home() { return named_or("XDG_DATA_HOME", ".local/share"); }

std::filesystem::path cache_home() { return named_or("XDG_CACHE_HOME", ".cache"); }

}  // namespace stepwise
