// What was computed of a ReferenceSet, as one file in the user's cache folder: looking at all real
// pictures takes far longer than reading it. It may be deleted at any time. On the thread that owns
// the tensors.
#pragma once

#include <filesystem>

#include "evaluation/evaluation.h"

namespace stepwise {

// From now on the set is kept in a file of that folder. Takes in what it holds already, which gives
// the same figures to the last bit; nothing where it is damaged or of another set.
void keep_in(const std::filesystem::path& folder, ReferenceSet& set);

// Writes or replaces the set's file, if it has one. Where it cannot be written, what is in the set
// will be computed anew.
void keep(const ReferenceSet& set);

}  // namespace stepwise
