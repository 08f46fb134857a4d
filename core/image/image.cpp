#include "image/image.h"

#include <algorithm>
#include <cmath>

namespace stepwise {
namespace {

std::uint8_t to_byte(float v) {
  if (!(v > -1)) return 0;  // NaN too: it must not reach the cast.
  return std::uint8_t(std::rint(255 * (std::min(v, 1.f) + 1) / 2));
}

}  // namespace

Image ImageBatch::image(int i) const {
  Image copy(height, width, channels);
  std::ranges::copy(picture(i), copy.pixels.begin());
  return copy;
}

ByteImage to_bytes(const Image& image) {
  ByteImage bytes(image.height, image.width, image.channels);
  std::ranges::transform(image.pixels, bytes.pixels.begin(), to_byte);
  return bytes;
}

Image to_floats(const ByteImage& image) {
  Image floats(image.height, image.width, image.channels);
  std::ranges::transform(image.pixels, floats.pixels.begin(),
                         [](std::uint8_t v) { return 2 * float(v) / 255 - 1; });
  return floats;
}

}  // namespace stepwise
