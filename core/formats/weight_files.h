// The files that hold the weights of one network: a safetensors file, or several that an index
// lists. Only what they hold is in memory; the numbers stay on disk until they are asked for. No
// torch; any thread.
#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "formats/safetensors.h"

namespace stepwise {

struct WeightSlice : TensorSlice {
  std::size_t file = 0;  // Which of the files.
};

class WeightFiles {
 public:
  // A safetensors file, or an index (*.json) of several beside it. Throws Error unless the files
  // hold the tensors that the index says, each of them once.
  explicit WeightFiles(const std::filesystem::path& path);

  std::string name() const { return path_.string(); }
  const std::vector<SafetensorsFile>& files() const { return files_; }  // By name.

  // By today's names, whatever they are called in the files.
  const std::map<std::string, WeightSlice>& tensors() const { return tensors_; }

  // How many of them are called by the names of a wrapping (module., _orig_mod.) in the files.
  std::size_t unwrapped() const { return unwrapped_; }

  void read(const WeightSlice& place, char* to) const;  // place.size bytes.

 private:
  void open(const std::filesystem::path& file);
  void open_all_of(const std::filesystem::path& index);

  std::filesystem::path path_;
  std::vector<SafetensorsFile> files_;
  std::map<std::string, WeightSlice> tensors_;
  std::size_t unwrapped_ = 0;
};

}  // namespace stepwise
