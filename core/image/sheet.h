// Many small pictures laid out as one, each pixel drawn as a square of `scale` pixels. Any thread.
#pragma once

#include <vector>

#include "image/image.h"
#include "range.h"

namespace stepwise {

inline constexpr Range<int> kSheetScale{1, 64};
inline constexpr Range<int> kSheetGap{0, 256};

struct SheetStyle {
  int scale = 3;                 // Pixels of the sheet along a side of a picture's pixel.
  int gap = 4;                   // Pixels between pictures, and around them all.
  std::uint8_t background = 28;  // Grey of the gaps: dark, but not the black of the pictures.
};

// Throws Error if a sheet of so many pictures of that size cannot be written as PNG. Pixels of
// `like` are not looked at.
void check_sheet(const ImageBatch& like, int rows, int columns, const SheetStyle& style = {});

// The pictures in rows of `columns`, in reading order. Places that stay empty show the background.
ByteImage contact_sheet(const ImageBatch& pictures, int columns, const SheetStyle& style = {});

// One row per picture of the batch, one column per frame: each picture through time, left to right.
ByteImage film_strip(const std::vector<ImageBatch>& frames, const SheetStyle& style = {});

}  // namespace stepwise
