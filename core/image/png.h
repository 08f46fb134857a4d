// Picture files. Any thread may call this.
#pragma once

#include <string>

#include "image/image.h"
#include "range.h"

namespace stepwise {

inline constexpr Range<int> kPngSide{1, 16384};  // Pixels.

// The picture as the bytes of a PNG file. 1 (grey), 2 (grey, alpha), 3 or 4 channels; sides within
// kPngSide.
std::string png_of(const ByteImage& image);

}  // namespace stepwise
