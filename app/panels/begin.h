// A tree that begins with a picture, and changes of what it shows. Window thread only.
#pragma once

#include "panels/panels.h"

namespace stepwise::app {

// How a tree begins with the picture at hand; nothing while there is none.
Panel begin_panel;
// What the picture that the tree under the playhead began with may become; nothing elsewhere.
Panel change_panel;

}  // namespace stepwise::app
