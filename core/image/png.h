// Picture files. Any thread may call this.
#pragma once

#include <string>
#include <string_view>

#include "image/image.h"
#include "range.h"

namespace stepwise {

inline constexpr Range<int> kPngSide{1, 16384};  // Pixels.

// The keyword of the text that says how the picture was made, and how long that may be: readers
// refuse to unpack longer texts.
inline constexpr std::string_view kRecipeKeyword = "stepwise";
inline constexpr std::size_t kMaxRecipe = std::size_t{2} << 20;  // Bytes.

// The picture as the bytes of a PNG file. 1 (grey), 2 (grey, alpha), 3 or 4 channels; sides within
// kPngSide. A recipe, of at most kMaxRecipe bytes of UTF-8, stands in a text (iTXt) before the
// pixels; empty: there is none.
std::string png_of(const ByteImage& image, std::string_view recipe = {});

}  // namespace stepwise
