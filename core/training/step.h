// One optimiser step, in parts that do the same operations each time: what differs from step to
// step is told before. Worker thread only.
#pragma once

#include <memory>

#include "training/gradients.h"
#include "training/step_tensors.h"
#include "training/trainer_state.h"

namespace stepwise {

// Which batch it is, of which this process computes a share, and how far the run is; and with which
// rates the weights and their average change.
void tell_batch(TrainerState& state);
void tell_rates(TrainerState& state, double factor);

// The gradients of a share of a batch: begun, and taken when they are done.
std::unique_ptr<BatchGradients> begin_gradients(TrainerState& state, const BatchPlace& place,
                                                Share share);
void end_gradients(TrainerState& state, Gradients gradients);

// Both at once, for devices that are told of all of them before the first is done.
void compute_gradients(TrainerState& state);

// Weights and averages from the gradients of the whole batch, and what losses are expected from
// then on. A step that is not finite, and those after it, change nothing.
void update(TrainerState& state);

}  // namespace stepwise
