// What the canvas is made of. Window thread only.
#pragma once

#include <optional>

#include "panels/panels.h"
#include "view/quantities.h"
#include "widgets/canvas.h"

namespace stepwise::app {

// One image of the frame and where it is shown: the whole canvas, or a quarter of it.
struct Pane {
  Quantity quantity;
  Rect area;
  Shown shown;
  Placed placed;
};

// Which one can be painted on there; nothing: neither.
std::optional<Surface> surface_of(Quantity quantity);

// What the mouse does to the pane that it is over, after the item that is the canvas: the wheel and
// dragging move the camera, the tool in hand paints.
void move_camera(Ui& ui, const Pane& pane);
void paint(const View& view, Ui& ui, const Pane& pane, Commands& out);

// In place of the mouse, where the tool in hand can do something.
void draw_brush(const View& view, const Ui& ui, const Pane& pane);

}  // namespace stepwise::app
