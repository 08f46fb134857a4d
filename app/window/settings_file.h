// Where the window remembers what the user chose: $XDG_STATE_HOME/stepwise/window.json, by default
// in ~/.local/state. Main thread only.
#pragma once

#include <filesystem>

#include "panels/ui.h"

namespace stepwise::app {

std::filesystem::path settings_path();  // Empty where there is no home.

// False if there is nothing to remember.
bool load_settings(Ui& ui);
// A file that cannot be written is not worth bothering anyone with: it becomes a line on stderr.
void save_settings(const Ui& ui);

}  // namespace stepwise::app
