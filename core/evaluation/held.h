// The choice of real pictures that are held back from the reference, to be compared with it as if
// they were samples. Plain values, any thread.
#pragma once

#include <cstdint>
#include <vector>

#include "data/idx.h"

namespace stepwise {

// Indices of `count` of the pictures, chosen by the seed alone, their classes dealt in turn as
// those of samples are. A class that runs out is passed over. `count` may be at most the number of
// pictures.
std::vector<int> hold(const Pictures& pictures, int count, std::uint64_t seed);

// The indices 0 to count - 1 that are not among `some`, rising.
std::vector<int> others(const std::vector<int>& some, int count);

}  // namespace stepwise
