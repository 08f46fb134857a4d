// Pictures that took long to read, kept as one file in the user's cache folder. It may be deleted
// at any time; whoever has it open keeps what was in it. Any thread.
//
// The file holds the pixels, then the labels, of training and test pictures, then a head in JSON
// and a tail that says where the head begins.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "data/dataset.h"
#include "fields.h"
#include "image/sha256.h"
#include "image/temporary.h"

namespace stepwise {

struct CacheHead {
  std::string stamp;     // Of what the pictures were read from.
  std::string identity;  // See identity.h: computed once, when the file is made.
  int train = 0, test = 0;
  int height = 0, width = 0, channels = 0;
  std::vector<std::string> class_names, notes;
  std::vector<std::int64_t> checks;  // CRC-32 of each block of pixels and labels.
};
STEPWISE_FIELDS(CacheHead, stamp, identity, train, test, height, width, channels, class_names,
                notes, checks)

// The file for the pictures of that folder, of that size, in $XDG_CACHE_HOME/stepwise (~/.cache if
// unset). Throws Error if there is no place for it.
std::filesystem::path picture_cache(const std::filesystem::path& folder, int size);

// Fills classes, pictures (mapped), identity and notes of the data set. False, and nothing is
// changed, where there is no such file, or it has another stamp, is cut short or damaged. All of
// half a gigabyte is compared with its checks, of more so much of it, here and there.
bool read_cache(const std::filesystem::path& file, const std::string& stamp, Dataset& data);

// Writes such a file picture by picture, which is there once it is finished.
class CacheWriter {
 public:
  CacheWriter(const std::filesystem::path& file, int height, int width, int channels);

  // All training pictures come before those of the test set.
  void add(std::span<const std::uint8_t> pixels, int label, bool test);
  int count(bool test) const { return int(parts_[test].labels.size()); }

  // Once, when all are there, with what they themselves do not tell.
  void finish(const std::string& stamp, std::vector<std::string> class_names,
              std::vector<std::string> notes);

 private:
  struct Part {
    std::vector<std::uint8_t> labels;
    Sha256 pixels;
  };
  void append(std::span<const std::uint8_t> bytes);
  void end_block();

  Temporary file_;
  CacheHead head_;
  std::array<Part, 2> parts_;  // Training, test.
  std::string block_;
};

}  // namespace stepwise
