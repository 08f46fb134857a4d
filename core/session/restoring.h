// What a session of before consisted of: branches that are begun again, and the weights of the
// models that run them. Worker thread.
#pragma once

#include <filesystem>
#include <functional>
#include <vector>

#include "editing/forest.h"
#include "session/opening.h"

namespace stepwise {

// Begins the branches in their order and runs each as far as was asked for, a frame at a time, as
// beginning() does, which `begin` calls. One that cannot be begun is told of in a Warning.
Piece restoring(Forest& forest, std::vector<PastBranch> branches,
                std::function<Piece(const PastBranch&)> begin);

// Reads the weights in the folder, some of them at a time, and tells their fingerprint.
Piece identifying(ModelId model, const std::filesystem::path& folder);

}  // namespace stepwise
