// The fingerprint of a model's weights, to say whether a folder still holds those that pictures
// were drawn with. Any thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <limits>
#include <string>
#include <vector>

#include "image/file.h"
#include "image/sha256.h"

namespace stepwise {

// SHA-256 of the safetensors file, as sha256sum says it; of several that an index lists, of one
// after the other in the order of their names.
class WeightsSha256 {
 public:
  // Of a model folder. Throws Error where it holds no model.
  explicit WeightsSha256(const std::filesystem::path& folder);

  // Reads about so many bytes; false when those were the last.
  bool step(std::uint64_t bytes = std::numeric_limits<std::uint64_t>::max());
  std::string digest() { return sha_.digest(); }  // Once, after that.

 private:
  std::vector<InputFile> files_;
  std::size_t file_ = 0;  // The one that is read, and
  std::uint64_t at_ = 0;  //   how far.
  Sha256 sha_;
};

}  // namespace stepwise
