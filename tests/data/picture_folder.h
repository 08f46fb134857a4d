// Folders of pictures as the tests want them, and a cache folder that disappears with the test.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "../temporary_folder.h"
#include "data/dataset.h"
#include "idx_files.h"
#include "image/png.h"

namespace stepwise {

class PictureFolder {
 public:
  PictureFolder() {
    ::setenv("XDG_CACHE_HOME", (folder_ / "cache").c_str(), 1);
    std::filesystem::create_directory(root());
  }
  ~PictureFolder() { ::unsetenv("XDG_CACHE_HOME"); }

  std::filesystem::path root() const { return folder_ / "animals"; }
  std::filesystem::path operator/(const std::string& name) const { return root() / name; }

  // Puts a file there, and makes the folders above it.
  void add(const std::string& name, const std::string& bytes) const {
    std::filesystem::create_directories((root() / name).parent_path());
    put(root() / name, bytes);
  }
  void add(const std::string& name, const ByteImage& picture) const { add(name, png_of(picture)); }

  Dataset open(int size = 0) const {
    DataSource source{root().string()};
    source.size = size;
    return open_dataset(source);
  }

  // The files in the cache.
  std::vector<std::filesystem::path> cached() const {
    std::vector<std::filesystem::path> files;
    const auto folder = folder_ / "cache/stepwise";
    if (std::filesystem::exists(folder))
      for (const auto& entry : std::filesystem::directory_iterator(folder))
        files.push_back(entry.path());
    return files;
  }

 private:
  TemporaryFolder folder_;
};

// A grey picture, brighter from left to right.
inline ByteImage ramp(int height, int width, int from = 0) {
  ByteImage image(height, width, 1);
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) image.at(y, x) = std::uint8_t(from + x);
  return image;
}

}  // namespace stepwise
