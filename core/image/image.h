// Pictures as plain values, free to cross threads. Floats are in data units: [-1, 1], -1 is black.
#pragma once

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

// Pictures of one size, one after the other: N x H x W x C.
struct ImageBatch {
  int count = 0;
  int height = 0;
  int width = 0;
  int channels = 1;
  std::vector<float> pixels;

  std::size_t picture_size() const { return std::size_t(height) * width * channels; }
  std::span<const float> picture(int i) const {
    return {pixels.data() + i * picture_size(), picture_size()};
  }
  std::span<float> picture(int i) { return {pixels.data() + i * picture_size(), picture_size()}; }
  Image image(int i) const;  // A copy of the i-th picture.
  bool operator==(const ImageBatch&) const = default;
};

void visit_fields(FieldsOf<Image> auto& i, auto visit) {
  visit("height", i.height);
  visit("width", i.width);
  visit("channels", i.channels);
  visit("pixels", i.pixels);
}
void visit_fields(FieldsOf<ImageBatch> auto& b, auto visit) {
  visit("count", b.count);
  visit("height", b.height);
  visit("width", b.width);
  visit("channels", b.channels);
  visit("pixels", b.pixels);
}

ByteImage to_bytes(const Image& image);  // rint(255 (v + 1) / 2), clamped to 0..255.
Image to_floats(const ByteImage& image);

}  // namespace stepwise
