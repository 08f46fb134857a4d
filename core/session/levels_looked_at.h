// What a held-out loss is made of: the pictures of one bin of noise levels, and what a model makes
// of them. Worker thread.
#pragma once

#include <cstdint>

#include "data/pictures.h"
#include "diffusion/model.h"
#include "engine/events.h"

namespace stepwise {

// Of a model that was trained so on so many steps; `test` are the pictures that it never saw. Drawn
// with `settings`, so that losses are those of the run's curves. Throws Error if there is no such
// bin.
LevelsLookedAt looked_at_levels(int bin, const Recipe& recipe, std::int64_t step,
                                const Model& model, const SampleSettings& settings,
                                const Pictures& test);

}  // namespace stepwise
