// What is left of a painting where it leads, told by a look ahead at this very one. Plain
// arithmetic; window thread only.
#pragma once

#include "view/desk.h"
#include "view/view.h"

namespace stepwise::app {

// Of the painting under the playhead, found once and kept in the desk; nullptr before it has been
// looked ahead to its end, and where the branch that it was painted on has not come to its own.
const Remains* remains_here(const View& view, Desk& desk);

}  // namespace stepwise::app
