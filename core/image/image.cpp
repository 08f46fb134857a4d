#include "image/image.h"

#include <algorithm>
#include <cmath>

namespace stepwise {
namespace {

std::uint8_t to_byte(float v) {
  if (!(v > -1)) return 0;  // NaN too: it must not reach the cast.
  return std::uint8_t(std::rint(255 * (std::min(v, 1.f) + 1) / 2));
}

// All but the pixels.
template <class Batch>
Batch sized_as(const auto& other) {
  Batch batch{other.count, other.height, other.width, other.channels, {}};
  batch.pixels.resize(other.pixels.size());
  return batch;
}

}  // namespace

float to_float(std::uint8_t byte) { return 2 * float(byte) / 255 - 1; }

ByteImage to_bytes(const Image& image) {
  ByteImage bytes(image.height, image.width, image.channels);
  std::ranges::transform(image.pixels, bytes.pixels.begin(), to_byte);
  return bytes;
}

Image to_floats(const ByteImage& image) {
  Image floats(image.height, image.width, image.channels);
  std::ranges::transform(image.pixels, floats.pixels.begin(), to_float);
  return floats;
}

ByteBatch to_bytes(const ImageBatch& images) {
  auto bytes = sized_as<ByteBatch>(images);
  std::ranges::transform(images.pixels, bytes.pixels.begin(), to_byte);
  return bytes;
}

ImageBatch to_floats(const ByteBatch& images) {
  auto floats = sized_as<ImageBatch>(images);
  std::ranges::transform(images.pixels, floats.pixels.begin(), to_float);
  return floats;
}

}  // namespace stepwise
