// Pictures put on a picture: moved, turned, made larger or smaller, mirrored. Positions in pixels
// from the picture's top left corner. Any thread.
#pragma once

#include "fields.h"
#include "image/image.h"
#include "painting/stroke.h"
#include "range.h"

namespace stepwise {

inline constexpr Range<float> kStampScale{0.05f, 20};
inline constexpr int kMaxStampSide = 4096;

// A similarity: v goes to middle + scale R(turn) F v, where F mirrors left and right if `flipped`.
struct Placement {
  Point middle;
  float scale = 1;
  float turn = 0;  // Radians; clockwise on screen, since y points down.
  bool flipped = false;

  Point of(Point v) const;      // Where that offset from the middle goes,
  Point offset(Point p) const;  //   and which one comes to that place.
  bool operator==(const Placement&) const = default;
};
STEPWISE_FIELDS(Placement, middle, scale, turn, flipped)

// Puts a picture on the guess, its middle at `at.middle`.
struct Stamp {
  Image picture;
  Placement at;
  bool operator==(const Stamp&) const = default;
};
STEPWISE_FIELDS(Stamp, picture, at)

// Throws Error if it is no picture or a number is out of range.
void check(const Stamp& stamp);

// The picture with the stamp on it, as far as the coverage lets it through and the stamp reaches.
// Where pixels fall on pixels they are the stamp's to the bit; between them it is interpolated
// bilinearly, and averaged where it is made smaller. Grey goes into all channels of a coloured
// picture, the mean of the channels into a grey one.
Image stamped(const Image& base, const Image& coverage, const Stamp& stamp);

}  // namespace stepwise
