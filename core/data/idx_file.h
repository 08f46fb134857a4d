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
#include "image/shared_bytes.h"

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
  // The same where the type is bytes. Those of a large plain file are mapped.
  SharedBytes bytes();

 private:
  bool can_be_mapped() const { return layers() == 0 && type_->bytes(); }
  std::int64_t data_size() const;  // Bytes of numbers that the header promises.
  // Throws Error where the file holds more or fewer.
  void check_size(std::int64_t expected, std::int64_t found) const;
  std::uint32_t number(const char* what);
  void read_portions(const std::function<void(std::span<const char>)>& take);

  UnpackedFile file_;
  const IdxType* type_ = nullptr;
  std::vector<std::int64_t> dimensions_;
};

}  // namespace stepwise
