// An IDX file as it is, gzipped or not: 0, 0, the type of its numbers, how many dimensions, the
// dimensions and the numbers, all big-endian. Any thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "data/unpacked.h"

namespace stepwise {

struct IdxType {
  std::uint8_t code;
  int size;          // Bytes of one number.
  const char* name;  // As in "holds 32-bit floats".

  bool bytes() const { return code == 0x08; }
};

class IdxFile {
 public:
  // Reads the header. Throws Error if it is none, and says what the file is instead where known.
  explicit IdxFile(const std::filesystem::path& path);

  const std::string& name() const { return file_.name(); }
  const IdxType& type() const { return *type_; }
  const std::vector<std::int64_t>& dimensions() const { return dimensions_; }
  std::string shape() const;                     // "60000 x 28 x 28".
  int layers() const { return file_.layers(); }  // Of gzip.

  // The numbers that the header promised, and not one more, portion by portion. Once. The memory
  // grows with the data that is really there.
  void read(const std::function<void(std::span<const double>)>& take);
  std::vector<std::uint8_t> read_bytes();  // Where the type is bytes.

 private:
  std::uint32_t number(const char* what);
  void read_portions(const std::function<void(std::span<const char>)>& take);

  UnpackedFile file_;
  const IdxType* type_ = nullptr;
  std::vector<std::int64_t> dimensions_;
};

}  // namespace stepwise
