// A search for a learning rate: how it is asked for, and what it shows. Window thread only.
#pragma once

#include "panels/panels.h"

namespace stepwise::app {

// In the column of training: a press searches for the recipe on screen, another one takes what was
// found over into it. While a run trains, no more than a search that goes on.
void rate_search_form(const View& view, TrainUi& ui, Commands& out);

// Whether the newest search stands in the place of the learning rate's plot: from its first point
// on, until a run begins.
bool shows_rate_search(const View& view);

// The smoothed loss over the rates that were tried. `large`: as of a Plot.
void rate_search_plot(const RateShown& shown, TrainUi& ui, ImVec2 size, bool* large);

}  // namespace stepwise::app
