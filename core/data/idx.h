// The IDX files that MNIST and its successors are stored in, gzipped or not. Plain bytes, any
// thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

namespace stepwise {

// Pictures one after the other, N x H x W x C, 0 (black) to 255, and what each shows.
struct Pictures {
  int count = 0;
  int height = 0;
  int width = 0;
  int channels = 1;
  std::vector<std::uint8_t> pixels;
  std::vector<std::uint8_t> labels;  // One per picture.

  std::size_t picture_size() const { return std::size_t(height) * width * channels; }
  const std::uint8_t* picture(int i) const { return pixels.data() + i * picture_size(); }
};

// Reads a file of pictures and the file of their labels. Throws Error with the path, what was
// expected and what was found if either is missing, cut short, too long, of another kind, or if
// they disagree.
Pictures read_idx(const std::filesystem::path& images, const std::filesystem::path& labels);

}  // namespace stepwise
