// Where files of the user's own lie. Any thread.
#pragma once

#include <filesystem>

namespace stepwise {

// Where the desktop keeps what belongs to the user: $XDG_DATA_HOME, or ~/.local/share. Empty if
// neither XDG_DATA_HOME nor HOME is set.
std::filesystem::path data_home();

// Where it keeps what can be made again, and may be deleted: $XDG_CACHE_HOME, or ~/.cache. Empty if
// neither XDG_CACHE_HOME nor HOME is set.
std::filesystem::path cache_home();

}  // namespace stepwise
