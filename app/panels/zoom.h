// The scale of the whole window, in steps a person tells apart. Window thread only.
#pragma once

#include "panels/ui.h"

namespace stepwise::app {

// So many steps larger (or, below 0, smaller) than what is on screen.
void zoom_window(Ui& ui, int steps);

}  // namespace stepwise::app
