// A picture of any size as a model takes it. Any thread.
#pragma once

#include <cstdint>

#include "fields.h"
#include "image/image.h"
#include "range.h"

namespace stepwise {

inline constexpr Range<float> kShare{0, 1};

struct PictureFit {
  float x = 0.5f, y = 0.5f;  // Where the largest piece of the model's proportions is cut out: 0 is
                             //   the left or upper end, 1 the other.
  std::uint8_t background = 0;  // Grey behind what is transparent.
  bool inverted = false;        // Dark and bright are exchanged.
  bool operator==(const PictureFit&) const = default;
};

// The piece that is cut out, in pixels of the picture.
struct PictureCrop {
  int top = 0, left = 0, height = 0, width = 0;
  bool operator==(const PictureCrop&) const = default;
};
PictureCrop crop_of(int height, int width, int to_height, int to_width, const PictureFit& fit);

// What is behind transparent pixels where nobody says: black for grey models, whose data sets
// (digits, clothes) are bright on black, so that nothing there is nothing in the model's eyes;
// white for colors, as browsers and viewers show them.
inline std::uint8_t usual_background(int channels) { return channels == 1 ? 0 : 255; }

// A picture of four channels (see picture_file.h) in data units: laid on the background, cut,
// brought to that size (the mean of what falls into a pixel where it shrinks, Lanczos with three
// lobes where it grows; a size that is there already is left to the bit), and to that many
// channels: 1, the luma 0.299 R + 0.587 G + 0.114 B, or 3.
Image fitted(const ByteImage& rgba, int height, int width, int channels, const PictureFit& fit);

}  // namespace stepwise
