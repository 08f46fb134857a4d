// The parts of the workspace of runs. Window thread only.
#pragma once

#include <string>
#include <vector>

#include "panels/panels.h"

namespace stepwise::app {

// Those that the search finds, in the order asked for; and of these the chosen ones.
using RunList = std::vector<const RunShown*>;
RunList listed_runs(const View& view, const RunsUi& ui);
RunList chosen_runs(const View& view, const RunsUi& ui);

bool is_in_training(const View& view, const RunSummary& run);
std::string words_for(const Budget& budget);  // "7 min", "1,000 steps" or both.

// Whether there are several, and a color for each.
bool may_compare(const RunList& runs);

// What can be done with the chosen runs: as buttons, by keys, and after a right click on the latest
// item.
void run_buttons(const View& view, RunsUi& ui, Commands& out);
void run_keys(const View& view, RunsUi& ui, Commands& out);
void run_menu(const View& view, RunsUi& ui, Commands& out);

// The runs that are listed, a row each: a click chooses one, with Ctrl one more or less. A click on
// the name of a column sorts by it.
void run_table(const View& view, RunsUi& ui, PictureRenderer& pictures, Commands& out);

// Where the points of a run's curve stand on that axis; nowhere where that is not known.
std::vector<double> places_of(const RunShown& run, RunCurve curve, RunAxis axis);

// Their curves of what is chosen above, over what is chosen there, with in what their recipes
// differ; the plot so many pixels high.
void run_curves(const RunList& runs, RunsUi& ui, float height);

// The chosen runs: in what their recipes differ, their curves over each other, their newest
// pictures side by side.
void run_comparison(const View& view, RunsUi& ui, PictureRenderer& pictures);

// What the model in use thinks of the captions of its training pictures.
void caption_review(const View& view, Ui& ui, PictureRenderer& pictures, Commands& out);

}  // namespace stepwise::app
