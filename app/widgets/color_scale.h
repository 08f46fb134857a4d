// Which value a color stands for, in a corner of a picture. Window thread only.
#pragma once

#include <imgui.h>

#include "widgets/canvas.h"
#include "widgets/picture_renderer.h"

namespace stepwise::app {

// A bar from the lowest value to the highest that are told apart. Nothing for a picture shown as it
// is, with values in [-1, 1], and where the picture is too small for it.
void draw_scale(ImDrawList& list, const Shown& shown, const Rect& picture);

}  // namespace stepwise::app
