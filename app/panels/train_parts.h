// The parts of the training tab that only show. Window thread only.
#pragma once

#include "panels/panels.h"

namespace stepwise::app {

// The held-out point that the newest one is compared with: the latest at no more than half of its
// steps, else the first; nullptr where there is nothing to compare.
const HeldOutPoint* compared_with(const std::vector<HeldOutPoint>& held_out);

void training_loss(const Training& training, TrainUi& ui);

// Loss per noise level, learning rate, gradient norm.
void training_details(const Training& training, TrainUi& ui);

// What the model draws from fixed seeds, with a slider back through training time.
void training_gallery(const View& view, TrainUi& ui, PictureRenderer& pictures);

}  // namespace stepwise::app
