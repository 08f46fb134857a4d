// The noise meter of the pictures that a model was trained on. Worker thread.
#pragma once

#include <filesystem>
#include <memory>

#include "evaluation/meter.h"
#include "settings/record.h"

namespace stepwise {

// The first that was trained on these pictures, of those in the user's own folder and those that
// came with the program; nullptr where there is none.
std::shared_ptr<Meter> meter_for(const DataRecord& data, const std::filesystem::path& assets);

}  // namespace stepwise
