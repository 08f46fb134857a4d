// The end of the X server while the program shows a window on it: Xlib then ends the program in the
// middle of whatever it is doing. Main thread only.
#pragma once

#include <functional>

namespace stepwise::app {

// `lost` is called as soon as the connection breaks, to save what would be lost; then the program
// ends with exit status 1, for neither Xlib nor OpenGL can be asked for anything any more. An empty
// `lost` ends this; without X11 nothing happens.
void on_display_loss(std::function<void()> lost);

}  // namespace stepwise::app
