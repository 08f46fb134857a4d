// Two recipes against each other: how a trial is asked for, and what it tells. Window thread only.
#pragma once

#include "panels/panels.h"

namespace stepwise::app {

// In the column of training: the recipe there is B; a press has it tried against another, A.
void trial_form(const View& view, TrainUi& ui, Commands& out);

// Whether the newest trial is what the center shows: until a run begins, or somebody closes it.
bool shows_trial(const View& view, const TrainUi& ui);

// What is sure by now, in words, by noise level, and the losses behind it; so many pixels high.
void trial_panel(const View& view, TrainUi& ui, float height);

}  // namespace stepwise::app
