// The type of the window. Main thread only.
#pragma once

namespace stepwise::app {

// Puts the fonts of widgets/theme.h into Dear ImGui's atlas, in that order and at that scale: Inter
// where it is installed, DejaVu Sans where it is not, Dear ImGui's own where there is neither.
void load_fonts(double scale);

}  // namespace stepwise::app
