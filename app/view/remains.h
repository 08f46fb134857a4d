// What is left of a painting where it leads, told by a look ahead at this very one. Plain
// arithmetic; window thread only.
#pragma once

#include <optional>

#include "view/desk.h"
#include "view/view.h"

namespace stepwise::app {

struct Remains {
  double share =
      0;        // Of the change that was painted, 0 to 1: <left, painted> / <painted, painted>.
  Picture map;  // The same of each pixel that was painted: white is all, black nothing.
};

// Of the painting under the playhead; none before it has been looked ahead to its end, and where
// the branch that it was painted on has not come to its own.
std::optional<Remains> remains_here(const View& view, const Desk& desk);

}  // namespace stepwise::app
