// The real session on a model without weights: the exact denoiser of ten pictures drawn here, one
// of each class. For the window and its panels, tested with the worker that they will have.
#pragma once

#include <memory>
#include <vector>

#include "engine/engine.h"

namespace stepwise {

inline constexpr int kClosedFormSide = 28;

// Opens that model whatever folder is asked for.
std::unique_ptr<Worker> make_closed_form_session();

}  // namespace stepwise
