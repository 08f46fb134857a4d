// Lines over the noise levels that are drawn by hand, in place of settings that are numbers. Window
// thread only.
#pragma once

#include "settings/sample_settings.h"

namespace stepwise::app {

// Whether guidance acts as drawn, and the drawing of that.
void guidance_by_hand(SampleSettings& settings);

// The drawing of the levels, of a grid that is drawn.
void levels_by_hand(SampleSettings& settings);

// The shape of a drawn grid that has the levels of these settings, at so many points at the most.
std::vector<double> shape_of_levels(const SampleSettings& settings);

}  // namespace stepwise::app
