#include "view/remains.h"

#include <algorithm>
#include <cmath>

#include "view/edits.h"
#include "view/quantities.h"

namespace stepwise::app {
namespace {

constexpr float kPainted = 0.02f;  // Smaller changes are none.

// `left` in shares of `painted`, both at one pixel and over all.
Remains remains(const Image& painted, const Image& left) {
  Remains all;
  Image map(painted.height, painted.width, 1, -1.f);
  double product = 0, square = 0;
  const int channels = painted.channels;
  for (int y = 0; y < painted.height; ++y)
    for (int x = 0; x < painted.width; ++x) {
      double here = 0, whole = 0;
      for (int c = 0; c < channels; ++c) {
        here += double(painted.at(y, x, c)) * left.at(y, x, c);
        whole += double(painted.at(y, x, c)) * painted.at(y, x, c);
      }
      product += here;
      square += whole;
      if (whole > kPainted * kPainted)
        map.at(y, x) = 2 * float(std::clamp(here / whole, 0., 1.)) - 1;
    }
  all.share = square > 0 ? std::clamp(product / square, 0., 1.) : 0;
  all.map = picture_of(map);
  return all;
}

Image difference(const Picture& a, const Picture& b) {
  Image d = image_of(a);
  const Image minus = image_of(b);
  for (std::size_t i = 0; i < d.pixels.size(); ++i) d.pixels[i] -= minus.pixels[i];
  return d;
}

}  // namespace

const Remains* remains_here(const View& view, Desk& desk) {
  const Painting* painting = painting_here(view, desk);
  if (!painting || !desk.painted.guess) return nullptr;
  const AheadShown* ahead = ahead_of(view, *painting);
  if (!ahead || !ahead->finished) return nullptr;
  const auto& [branch, step, picture] = painting->place;
  const Picture unedited = lookup(view, branch, ahead->step, picture).guess;
  if (!unedited) return nullptr;
  Remains& kept = desk.remains;
  if (kept.painted != desk.painted.guess || kept.end != ahead->guess || kept.unedited != unedited) {
    kept = remains(difference(desk.painted.guess, desk.painted.of),
                   difference(ahead->guess, unedited));
    kept.painted = desk.painted.guess;
    kept.end = ahead->guess;
    kept.unedited = unedited;
  }
  return &kept;
}

}  // namespace stepwise::app
