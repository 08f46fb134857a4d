// The pictures of a list, read one after the other into a cache: cut to a shape and brought to a
// size as fit.h does it, and grey where all of them are. Any thread, one at a time.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "data/picture_cache.h"
#include "data/picture_list.h"
#include "image/image.h"

namespace stepwise {

class PictureScan {
 public:
  // `size`: of the squares that they become; 0: their own size where that is one and the same, with
  // sides from 16 to 64, else 32. Files that cannot be read are left out and told.
  PictureScan(const std::filesystem::path& root, PictureList list, int size,
              const std::filesystem::path& cache);

  // Reads for a while. False when the cache is there. Throws Error if it cannot be written, or if
  // no pictures are left to train on or to test with.
  bool step();
  double fraction() const { return double(next_) / double(list_.pictures.size()); }

 private:
  // What all pictures become. They are taken for grey ones of the first one's size until one is
  // not: then all is begun again, as a rule after a few of them.
  struct Shape {
    int height = 0, width = 0, channels = 1;
    bool operator==(const Shape&) const = default;
  };
  void take_next();
  std::optional<ByteImage> read(const std::string& path);
  Shape shape_with(const ByteImage& picture) const;
  void begin_again(const Shape& shape);
  void finish();
  std::string what_was_left_out() const;

  std::filesystem::path root_;
  PictureList list_;
  int size_;
  std::filesystem::path cache_;
  Shape shape_;
  std::optional<CacheWriter> writer_;
  std::size_t next_ = 0;               // In the list.
  bool resized_ = false;               // Some were.
  std::vector<std::string> left_out_;  // Files,
  std::string why_;                    //   and what is wrong with the first of them.
};

}  // namespace stepwise
