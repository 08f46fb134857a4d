// Training pictures of the open data set that were corrected by hand, as panels show and change
// them. Window thread only.
#pragma once

#include <string>

#include "panels/panels.h"

namespace stepwise::app {

// What the open data set calls a class; its number where none is open.
std::string data_class(const View& view, int label);

// What is corrected of a training picture of the open data set, perhaps nothing.
Correction corrected(const View& view, int index);

// "Set to Coat by hand", "Left out", both or nothing: a line each, each behind a line's end.
std::string corrected_words(const View& view, const Correction& correction);

// The mark of that on a picture of this size.
void corrected_mark(const Correction& correction, ImVec2 corner, float tile);

// What the run in training does not know of yet, where the open data set is the one that it learns
// from, and the button that tells it.
void corrections_since(const View& view, Commands& out);

// Asks that this be what is corrected of the picture.
void post_correction(const View& view, const Correction& correction, Commands& out);

}  // namespace stepwise::app
