// An edit as a plain value: one painted picture at one step of a branch. No torch; free to cross
// threads.
#pragma once

#include <cstdint>

#include "image/image.h"

namespace stepwise {

using BranchId = int;  // Ids rise in the order of creation and are never used twice.

// Which picture an edit paints on: the guess D(x, sigma), or the noisy picture x itself.
enum class Surface { kGuess, kNoisy };
enum class NoiseSource { kImplied, kFresh };  // (x - guess) / sigma, or newly drawn.

// One painted picture at one step of a branch.
struct Edit {
  BranchId branch = 0;
  int step = 0;
  int picture = 0;
  Surface surface = Surface::kGuess;
  NoiseSource noise = NoiseSource::kImplied;
  std::uint64_t noise_seed = 1;  // Of fresh noise.
  Image painted;                 // The whole picture after painting.
};

}  // namespace stepwise
