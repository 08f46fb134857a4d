#include "painting/stamp.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace stepwise {
namespace {

constexpr Range<float> kPlace{-1e6f, 1e6f};
constexpr Range<float> kTurn{-1e3f, 1e3f};
constexpr Range<float> kPixel{-1e6f, 1e6f};
constexpr int kMostSamples = 8;  // Of a pixel, along each side, where a stamp is made smaller.

Point turned(Point v, float angle) {
  const float c = std::cos(angle), s = std::sin(angle);
  return {c * v.x - s * v.y, s * v.x + c * v.y};
}

// What a picture of `channels` has of a pixel of another one.
float converted(const Image& from, int y, int x, int c, int channels) {
  if (from.channels == channels) return from.at(y, x, c);
  if (channels > 1 || from.channels == 1) return from.at(y, x, std::min(c, from.channels - 1));
  float sum = 0;
  for (int k = 0; k < from.channels; ++k) sum += from.at(y, x, k);
  return sum / float(from.channels);
}

// The stamp's picture at a point of it, in one channel of a picture of `channels`; its outermost
// pixels go on to its edge.
float bilinear(const Image& from, Point at, int c, int channels) {
  const float x = std::clamp(at.x - 0.5f, 0.f, float(from.width - 1));
  const float y = std::clamp(at.y - 0.5f, 0.f, float(from.height - 1));
  const int left = int(x), top = int(y);
  const int right = std::min(left + 1, from.width - 1), low = std::min(top + 1, from.height - 1);
  const auto value = [&](int row, int column) { return converted(from, row, column, c, channels); };
  const float u = x - float(left), v = y - float(top);
  return std::lerp(std::lerp(value(top, left), value(top, right), u),
                   std::lerp(value(low, left), value(low, right), u), v);
}

// Stamps one pixel of `out`: the mean of n x n points of it that the stamp reaches.
void stamp_pixel(Image& out, int y, int x, float coverage, const Stamp& stamp, int n) {
  const Image& from = stamp.picture;
  const Point half{float(from.width) / 2, float(from.height) / 2};
  std::vector<float> sums(std::size_t(out.channels));
  int reached = 0;
  for (int i = 0; i < n * n; ++i) {
    const Point p{float(x) + (float(i % n) + 0.5f) / float(n),
                  float(y) + (float(i / n) + 0.5f) / float(n)};
    const Point v = stamp.at.offset(p), at{v.x + half.x, v.y + half.y};
    if (at.x < 0 || at.y < 0 || at.x > float(from.width) || at.y > float(from.height)) continue;
    ++reached;
    for (int c = 0; c < out.channels; ++c)
      sums[std::size_t(c)] += bilinear(from, at, c, out.channels);
  }
  if (reached == 0) return;
  const float share = coverage * float(reached) / float(n * n);
  for (int c = 0; c < out.channels; ++c) {
    float& pixel = out.at(y, x, c);
    pixel = std::lerp(pixel, sums[std::size_t(c)] / float(reached), share);
  }
}

}  // namespace

Point Placement::of(Point v) const {
  if (flipped) v.x = -v.x;
  const Point r = turned(v, turn);
  return {middle.x + scale * r.x, middle.y + scale * r.y};
}

Point Placement::offset(Point p) const {
  Point v = turned({(p.x - middle.x) / scale, (p.y - middle.y) / scale}, -turn);
  if (flipped) v.x = -v.x;
  return v;
}

void check(const Stamp& stamp) {
  const Image& picture = stamp.picture;
  const Range<int> side{1, kMaxStampSide};
  side.check("The width of a stamp", picture.width);
  side.check("The height of a stamp", picture.height);
  Range<int>{1, 4}.check("The number of channels of a stamp", picture.channels);
  require(picture.pixels.size() == std::size_t(picture.width) * std::size_t(picture.height) *
                                       std::size_t(picture.channels),
          "A stamp of ", picture.width, " x ", picture.height, " pixels has ",
          picture.pixels.size(), " values.");
  for (const float value : picture.pixels) kPixel.check("A pixel of a stamp", value);
  kPlace.check("The place of a stamp", stamp.at.middle.x);
  kPlace.check("The place of a stamp", stamp.at.middle.y);
  kStampScale.check("The scale of a stamp", stamp.at.scale);
  kTurn.check("The turn of a stamp", stamp.at.turn);
}

Image stamped(const Image& base, const Image& coverage, const Stamp& stamp) {
  assert(coverage.height == base.height && coverage.width == base.width);
  const int samples = std::clamp(int(std::ceil(1 / stamp.at.scale)), 1, kMostSamples);
  Image out = base;
  for (int y = 0; y < base.height; ++y)
    for (int x = 0; x < base.width; ++x)
      if (coverage.at(y, x) > 0) stamp_pixel(out, y, x, coverage.at(y, x), stamp, samples);
  return out;
}

}  // namespace stepwise
