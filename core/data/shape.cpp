#include "data/shape.h"

#include <algorithm>
#include <utility>

#include "error.h"

namespace stepwise {

void transpose(Pictures& pictures) {
  const std::size_t height = std::size_t(pictures.height), width = std::size_t(pictures.width);
  const std::size_t channels = std::size_t(pictures.channels), size = pictures.picture_size();
  std::vector<std::uint8_t> upright(pictures.pixels.size());
  for (std::size_t first = 0; first < upright.size(); first += size)
    for (std::size_t y = 0; y < height; ++y)
      for (std::size_t x = 0; x < width; ++x)
        std::copy_n(pictures.pixels.data() + first + (y * width + x) * channels, channels,
                    upright.data() + first + (x * height + y) * channels);
  pictures.pixels = std::move(upright);
  std::swap(pictures.height, pictures.width);
}

void reshape(Pictures& pictures, int height, int width) {
  require(std::int64_t(height) * width == std::int64_t(pictures.height) * pictures.width,
          "Pictures of ", pictures.width, " x ", pictures.height, " pixels cannot be reshaped to ",
          width, " x ", height, ": these are ", std::int64_t(width) * height,
          " pixels, and those are ", std::int64_t(pictures.width) * pictures.height, ".");
  pictures.height = height;
  pictures.width = width;
}

}  // namespace stepwise
