// Options of the command line that were given and change nothing. Any thread.
#pragma once

#include <string>
#include <vector>

#include "engine/events.h"
#include "settings/sample_settings.h"

namespace stepwise {

struct GivenOptions {
  bool guidance = false, steps = false;
};

// A sentence for each of them that has no effect with these settings on this model.
std::vector<std::string> without_effect(const GivenOptions& given, const SampleSettings& settings,
                                        const ModelOpened& model);

}  // namespace stepwise
