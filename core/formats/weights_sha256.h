// The fingerprint of a model's weights, to say whether a folder still holds those that pictures
// were drawn with. Any thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "image/file.h"
#include "image/sha256.h"

namespace stepwise {

// Of a model folder: SHA-256 of its safetensors file, as sha256sum says it; of several that an
// index lists, of one after the other in the order of their names. Throws Error where it holds no
// model.
std::string weights_sha256(const std::filesystem::path& folder);

// The same, for those with other work to do in between.
class WeightsSha256 {
 public:
  explicit WeightsSha256(const std::filesystem::path& folder);

  // Reads about so many bytes; false when those were the last.
  bool step(std::uint64_t bytes);
  std::string digest() { return sha_.digest(); }  // Once, after that.

 private:
  std::vector<InputFile> files_;
  std::size_t file_ = 0;  // The one that is read, and
  std::uint64_t at_ = 0;  //   how far.
  Sha256 sha_;
};

}  // namespace stepwise
