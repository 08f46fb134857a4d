// The IDX files that MNIST and its successors are stored in, as labelled pictures. Plain bytes, any
// thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "data/pictures.h"

namespace stepwise {

// Numbers that are not bytes become bytes: black becomes 0, white 255.
struct Brightness {
  double black = 0, white = 255;

  std::uint8_t byte_of(double number) const;
  bool operator==(const Brightness&) const = default;
};

// What the numbers in these files of pictures mean, from the least and the largest of all of them:
// a range in common use that holds both, or just that range. Files of bytes are what they are.
Brightness brightness_of(const std::vector<std::filesystem::path>& files);

// Pictures and, beside them, their labels as they stand in the file: `labels` of the pictures is
// still empty.
struct IdxData {
  Pictures pictures;
  std::vector<int> labels;
  std::vector<std::string> notes;  // What was converted, a sentence each.
};

// Reads a file of pictures (N x H x W, N x H x W x C, N x C x H x W with 1 or 3 colours, or N rows
// of pixels) and the file of their labels, of any type. Throws Error with the path, what was
// expected and what was found if either is missing, cut short, too long, of another kind, or if
// they disagree.
IdxData read_idx(const std::filesystem::path& images, const std::filesystem::path& labels,
                 const Brightness& brightness = {});

}  // namespace stepwise
