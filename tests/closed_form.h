// The real session on a model without weights: the exact denoiser of ten pictures drawn here, one
// of each class. For the window and its panels, tested with the worker that they will have. It
// opens that model whatever folder is asked for.
#pragma once

namespace stepwise {

inline constexpr int kClosedFormSide = 28;

}  // namespace stepwise
