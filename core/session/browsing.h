// Looking through the training pictures of a data set, as a job. Worker thread.
#pragma once

#include <memory>

#include "data/dataset.h"
#include "session/opening.h"

namespace stepwise {

// Compares some thousands of pictures at a time where the nearest ones are asked for. Throws Error
// for numbers out of range.
Piece browsing(const BrowseData& asked, std::shared_ptr<const Dataset> data);

}  // namespace stepwise
