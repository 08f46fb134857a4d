// Labelled pictures of a data set. Plain bytes; any thread.
#pragma once

#include <cstdint>
#include <vector>

#include "image/image.h"
#include "image/shared_bytes.h"

namespace stepwise {

inline constexpr std::size_t kMaxClasses = 256;  // Labels are bytes.

// Pictures, 0 (black) to 255, and what each shows. Where the pixels are those of a mapped file,
// nothing is read but the pictures that are looked at. So a data set may be larger than memory, and
// several processes that train on it share it out: each looks at its part of every batch, and what
// two of them look at is in memory once.
struct Pictures : BasicBatch<std::uint8_t, SharedBytes> {
  std::vector<std::uint8_t> labels;  // One per picture.
};

}  // namespace stepwise
