// Pictures as plain values, free to cross threads. Floats are in data units: [-1, 1], -1 is black.
#pragma once

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "fields.h"

namespace stepwise {

// One picture, H x W x C in row-major order: pixels[(y * width + x) * channels + c].
template <class Pixel>
struct BasicImage {
  int height = 0;
  int width = 0;
  int channels = 1;
  std::vector<Pixel> pixels;

  BasicImage() = default;
  BasicImage(int h, int w, int c, Pixel fill = {})
      : height(h), width(w), channels(c), pixels(std::size_t(h) * w * c, fill) {}

  bool empty() const { return pixels.empty(); }
  Pixel& at(int y, int x, int c = 0) { return pixels[(std::size_t(y) * width + x) * channels + c]; }
  Pixel at(int y, int x, int c = 0) const {
    return pixels[(std::size_t(y) * width + x) * channels + c];
  }
  bool operator==(const BasicImage&) const = default;
};

using Image = BasicImage<float>;             // Data units, [-1, 1] for a clean picture.
using ByteImage = BasicImage<std::uint8_t>;  // 0 to 255.

// Pictures of one size, one after the other: N x H x W x C. Their pixels lie in a vector or, to be
// read alone, in SharedBytes.
template <class Pixel, class Pixels = std::vector<Pixel>>
struct BasicBatch {
  int count = 0;
  int height = 0;
  int width = 0;
  int channels = 1;
  Pixels pixels;

  std::size_t picture_size() const { return std::size_t(height) * width * channels; }
  std::span<const Pixel> picture(int i) const {
    return {pixels.data() + i * picture_size(), picture_size()};
  }
  std::span<Pixel> picture(int i) requires std::same_as<Pixels, std::vector<Pixel>> {
    return {pixels.data() + i * picture_size(), picture_size()};
  }
  BasicImage<Pixel> image(int i) const {  // A copy of the i-th picture.
    BasicImage<Pixel> copy(height, width, channels);
    std::ranges::copy(picture(i), copy.pixels.begin());
    return copy;
  }
  bool operator==(const BasicBatch&) const = default;
};

using ImageBatch = BasicBatch<float>;
using ByteBatch = BasicBatch<std::uint8_t>;

STEPWISE_FIELDS(Image, height, width, channels, pixels)
STEPWISE_FIELDS(ImageBatch, count, height, width, channels, pixels)
STEPWISE_FIELDS(ByteBatch, count, height, width, channels, pixels)

float to_float(std::uint8_t byte);       // 2 v / 255 - 1
ByteImage to_bytes(const Image& image);  // rint(255 (v + 1) / 2), clamped to 0..255.
Image to_floats(const ByteImage& image);
ByteBatch to_bytes(const ImageBatch& images);
ImageBatch to_floats(const ByteBatch& images);

}  // namespace stepwise
