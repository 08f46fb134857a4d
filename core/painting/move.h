// Layers moved, turned, made larger or smaller and mirrored, without loss: their shapes are. Any
// thread.
#pragma once

#include <optional>

#include "painting/edit.h"

namespace stepwise {

// p goes to about + by + scale R(turn) F (p - about), where F mirrors left and right if `flipped`.
struct Move {
  Point about, by;
  float scale = 1;
  float turn = 0;  // Radians, clockwise on screen.
  bool flipped = false;
};

Point moved(Point point, const Move& move);

// What cannot be moved: a mask, a smudge (what it drags is elsewhere then), all of the picture.
bool can_move(const Layer& layer);
Layer moved(Layer layer, const Move& move);

// The smallest rectangle around it, or nothing where that is all of the picture.
struct Bounds {
  Point min, max;
};
std::optional<Bounds> bounds_of(const Shape& shape);

// The same where it covers no more than that: with as little of its picture as can be.
Stamp cropped(const Stamp& stamp, const Bounds& bounds);

// A layer that puts what the picture shows inside the outline on top of it, to be moved from there,
// and one that fills what it leaves behind, from around it.
Layer lifted(const Image& picture, const Polygon& outline);
Layer filled_behind(const Image& picture, const Polygon& outline);

}  // namespace stepwise
