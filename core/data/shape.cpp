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

namespace {

// One picture, [height, width, channels], into [height / factor, width / factor, channels].
void shrink_one(const Pictures& from, const std::uint8_t* pixels, int factor, std::uint8_t* to) {
  const int width = from.width / factor, channels = from.channels, squares = factor * factor;
  std::vector<int> sums(std::size_t(width * channels));
  for (int y = 0; y < from.height / factor; ++y) {
    std::ranges::fill(sums, 0);
    for (int row = 0; row < factor; ++row)
      for (int x = 0; x < width * factor; ++x)
        for (int c = 0; c < channels; ++c)
          sums[std::size_t(x / factor * channels + c)] += *pixels++;
    for (const int sum : sums) *to++ = std::uint8_t((sum + squares / 2) / squares);
  }
}

}  // namespace

void shrink(Pictures& pictures, int factor) {
  if (factor == 1) return;
  require(pictures.height % factor == 0 && pictures.width % factor == 0, "Pictures of ",
          pictures.width, " x ", pictures.height, " pixels cannot be shrunk to one pixel for each ",
          factor, " x ", factor, ". Choose a number that divides both sides.");
  const std::size_t size = pictures.picture_size(), small = size / std::size_t(factor * factor);
  std::vector<std::uint8_t> pixels(std::size_t(pictures.count) * small);
  for (std::size_t i = 0; i < std::size_t(pictures.count); ++i)
    shrink_one(pictures, pictures.pixels.data() + i * size, factor, pixels.data() + i * small);
  pictures.pixels = std::move(pixels);
  pictures.height /= factor;
  pictures.width /= factor;
}

}  // namespace stepwise
