// The parts of training that only show. Window thread only.
#pragma once

#include "panels/panels.h"

namespace stepwise::app {

// The held-out point that the newest one is compared with: the latest at no more than half of its
// steps, else the first; nullptr where there is nothing to compare.
const HeldOutPoint* compared_with(const std::vector<HeldOutPoint>& held_out);

// Loss and loss per noise level beside each other, below them learning rate, gradient norm, and of
// a run that is measured the Frechet distance; all of it so many pixels high, or higher where they
// would be too small to read. Where one is enlarged, that alone; of the upper two the other stays
// beside it.
void training_plots(const View& view, TrainUi& ui, PictureRenderer& pictures, float height);

// Of these, the loss per noise level, in the way that `ui` says. `large`: as of a Plot.
void levels_plot(const Training& training, TrainUi& ui, ImVec2 size, bool* large,
                 PictureRenderer& pictures);

// Whether somebody looks at what the loss is made of; and that, so many pixels high: the test
// pictures of one bin of noise levels, those with the largest loss first.
bool shows_levels(const View& view, const TrainUi& ui);
void looked_at_levels(const View& view, TrainUi& ui, PictureRenderer& pictures, float height);
// Asks for the bin that was pressed on the map of losses.
void ask_for_levels(const Training& training, TrainUi& ui, Commands& out);

// The marks of the run that can be gone back to, the newest first; nothing where there are none.
void training_marks(const View& view, TrainUi& ui, Commands& out);

// Another average of the run's weights, to draw with; nothing before there is a run.
void training_average(const View& view, TrainUi& ui, Commands& out);

// What the model draws from fixed seeds, so many pixels high with a slider back through training
// time below. A press on it enlarges it.
void training_gallery(const View& view, TrainUi& ui, PictureRenderer& pictures, float height);

// The first pictures of the newest one, small; a press goes to the workspace of training. Nothing
// where there is none.
void newest_gallery(const View& view, Ui& ui, PictureRenderer& pictures, int most);
// The height that this takes of a column so wide, both in pixels.
float newest_gallery_height(const View& view, float width, int most);

}  // namespace stepwise::app
