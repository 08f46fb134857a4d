// What is painted on a picture and waits for the model: plain values. Window thread only.
#pragma once

#include "painting/edit.h"
#include "widgets/picture.h"

namespace stepwise::app {

// Which picture is painted on.
struct Place {
  BranchId branch = 0;
  int step = 0;
  int picture = 0;

  bool operator==(const Place&) const = default;
};
STEPWISE_FIELDS(Place, branch, step, picture)

struct Painting {
  Place place;
  Layers layers;

  bool operator==(const Painting&) const = default;
};
STEPWISE_FIELDS(Painting, place, layers)

// What the layers make of the two pictures that can be painted on; nothing where they paint on
// neither. The model's answer to it comes later.
struct PaintedPictures {
  Picture guess, noisy;
  Picture of;  // The guess that was painted on.
};

// What is left of a painting where it leads.
struct Remains {
  double share =
      0;        // Of the change that was painted, 0 to 1: <left, painted> / <painted, painted>.
  Picture map;  // The same of each pixel that was painted: white is all, black nothing.
  // What it was told from: the painting, the end that it leads to, and the end without it.
  Picture painted, end, unedited;
};

}  // namespace stepwise::app
