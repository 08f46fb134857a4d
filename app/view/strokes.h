// What the tool in hand does to the picture under the playhead, from press to release: layers of
// its painting. No drawing here. Window thread only.
#pragma once

#include <span>

#include "view/desk.h"
#include "view/view.h"

namespace stepwise::app {

// One stroke of the tool in hand: begins at a point (in pixels of the picture), goes on, and ends.
// It becomes a layer at once, or with the first move where a press alone is nothing. It goes on
// through the places, at least one, that the mouse has come by. Each change asks for a preview.
void begin_stroke(const View& view, Desk& desk, const Place& place, Surface surface, Point at,
                  Commands& out);
void continue_stroke(const View& view, Desk& desk, std::span<const Point> way, Commands& out);
void end_stroke(Desk& desk);

// The layer of the stroke that goes on, or nullptr.
const Layer* layer_in_work(const Desk& desk);

// The picture as it is painted by now, on that surface.
Image under_hand(const View& view, const Desk& desk, const Place& place, Surface surface);

float distance(Point a, Point b);

// The shape that a press makes; `under`: what is filled.
Shape begun_shape(const Hand& hand, Point at, const Image& under);
// The same after the mouse has come to `to`; `straight`: Shift is held.
void drag_shape(ShapeTool tool, Shape& shape, Point to, bool straight);

// What is stamped from now on: a picture, and the point of it that the next press puts under the
// mouse; none: each pixel in its place.
void take_stamp(Desk& desk, Image picture, std::optional<Point> point, std::string words);
// The picture that is seen there, from that point of it.
void pick_stamp(const View& view, Desk& desk, const Picture& shown, Point at);

}  // namespace stepwise::app
