// Which of a picture's pixels look other when another one is shown in its place, so that of a
// stroke only what the pen has just touched is drawn. Any thread.
#pragma once

#include <optional>

#include "widgets/picture_renderer.h"

namespace stepwise::app {

// Pixels of a picture: nothing where an end is not above its beginning.
struct Texels {
  int left = 0, top = 0, right = 0, bottom = 0;
  bool operator==(const Texels&) const = default;
};

// A rectangle that holds all pixels in which the two look different, with those beside them: what
// was painted has an outline. Nothing where it cannot be told, for they are of different sizes,
// shown in different ways, or so large that to compare them costs more than to draw them.
std::optional<Texels> changed_texels(const Shown& then, const Shown& now);

}  // namespace stepwise::app
