// What layers mark on the picture under the playhead rather than paint: what stays, what goes back,
// what shows another class. Plain arithmetic; window thread only.
#pragma once

#include <string>
#include <vector>

#include "view/desk.h"
#include "view/view.h"

namespace stepwise::app {

// How much of each pixel stays as it is, 0 to 1: what the painting in hand locks, or what the
// branch that is shown locks or still holds at this step. Empty where nothing does.
Image held_here(const View& view, const Desk& desk);

// The noise level that each pixel of the painting in hand goes back to; empty where none does.
Image levels_here(const View& view, const Desk& desk);

// Where another class is asked for, by the painting in hand or in the branch that is shown.
struct MarkedRegion {
  int label = -1;  // -1: no class.
  std::string name;
  Image share;  // Of the guess, one channel.
};
std::vector<MarkedRegion> regions_here(const View& view, const Desk& desk);

}  // namespace stepwise::app
