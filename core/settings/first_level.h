// Whether a model knows anything of where pictures are to begin. Plain values; any thread.
#pragma once

#include <string>

#include "settings/sample_settings.h"

namespace stepwise {

// Why a model that learned no noise level above `learned_up_to` (0: any), and that draws best with
// those settings, makes no pictures with these; empty: nothing speaks against it. Where the first
// level of a model's own grid lies is not known here.
std::string trouble_at_first_level(const SampleSettings& settings, const SampleSettings& best,
                                   double learned_up_to);

}  // namespace stepwise
