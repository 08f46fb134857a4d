// Strokes to test edits with.
#pragma once

#include "painting/edit.h"

namespace stepwise {

// Covers all of a picture.
inline Layer flood(float value, Surface surface = Surface::kGuess) {
  return {Stroke{{{0, 0}}, 1e4f, 0}, Paint{surface, value}};
}

// Covers one pixel.
inline Stroke dot(int x, int y) { return {{{float(x) + 0.5f, float(y) + 0.5f}}, 1, 0}; }

}  // namespace stepwise
