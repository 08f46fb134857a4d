// The parts of the noise lab, each for a place of its own. Those that show come after update_lab().
// Window thread only.
#pragma once

#include "panels/panels.h"

namespace stepwise::app {

// Which picture is looked at, and at which noise level.
void lab_subject_controls(const View& view, LabUi& lab);
void lab_noise_control(LabUi& lab);

// What the model is told, and which noise.
void lab_more_controls(const View& view, Ui& ui);

// Clean, noisy, guess and ideal guess, or why there are none; beside one another where there is
// room.
void lab_pictures(const View& view, const Ui& ui, PictureRenderer& pictures, Commands& out);

// What is seen of this picture, and what holds over many.
void lab_sentences(const View& view, const LabUi& lab);

// The picture made worse in every way that a model can learn to undo.
void lab_worsen(const View& view, Ui& ui, PictureRenderer& pictures, Commands& out);

// The training pictures, page by page, to be corrected by hand.
void lab_training(const View& view, BrowseUi& ui, PictureRenderer& pictures, Commands& out);

// The training picture with the largest share in the ideal guess.
void lab_nearest(const View& view, const LabUi& lab, PictureRenderer& pictures);

// Errors by noise level, over many pictures and of this one, in what room is left, at least so many
// points high.
inline constexpr float kErrorsHeight = 200;
void lab_errors(const View& view, LabUi& lab);

}  // namespace stepwise::app
