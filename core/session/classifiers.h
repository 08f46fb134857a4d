// Which classifier judges the pictures of a data set. Worker thread.
#pragma once

#include <filesystem>

#include "evaluation/classifier.h"
#include "settings/record.h"

namespace stepwise {

// The one in `file`, or, without a file, the first that was trained on these pictures, of those in
// the user's own folder and those that came with the program. Throws Error if there is none, with
// the command that makes one.
Classifier classifier_for(const DataRecord& data, const std::filesystem::path& file,
                          const std::filesystem::path& assets);

}  // namespace stepwise
