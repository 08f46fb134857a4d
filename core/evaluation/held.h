// The choice of real pictures that are compared with the reference as if they were samples. Plain
// values, any thread.
#pragma once

#include <cstdint>
#include <vector>

#include "data/idx.h"

namespace stepwise {

// Indices of `count` of the pictures, chosen by the seed alone, their classes dealt in turn as
// those of samples are. A class that runs out is passed over. `count` may be at most the number of
// pictures.
std::vector<int> hold(const Pictures& pictures, int count, std::uint64_t seed);

}  // namespace stepwise
