// Whether anything on screen still moves or waits. Window thread only.
#pragma once

#include "view/desk.h"
#include "view/view.h"

namespace stepwise::app {

// Something changes with time alone, so that the next frame must be drawn without being asked for.
bool animating(const View& view, const Desk& desk);

// All that was asked for has been answered, or cannot be: nothing will change until the user does
// something.
bool settled(const View& view, const Desk& desk);

}  // namespace stepwise::app
