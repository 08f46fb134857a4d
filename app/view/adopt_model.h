// What changes in the settings when another model is used. Window thread.
#pragma once

#include "engine/events.h"
#include "view/desk.h"
#include "view/view.h"

namespace stepwise::app {

// Our own models are sampled with whatever is on screen. One that came with its own scheduler is
// sampled as that does, until the user says otherwise, and its levels are left again with it.
void adopt_model(const ModelOpened& model, Desk& desk);

// Where the model in use is gone, the newest of the others is used.
void forget_model(const View& view, Desk& desk);

}  // namespace stepwise::app
