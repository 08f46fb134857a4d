// What the window begins with: as it was left, and as the options have it. Main thread only.
#pragma once

#include "panels/ui.h"
#include "window/run_window.h"

namespace stepwise::app {

// `remembered`: whether there were settings of a launch before. Throws Error for a workspace that
// is none.
Ui first_ui(const WindowOptions& options, bool& remembered);

}  // namespace stepwise::app
