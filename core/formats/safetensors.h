// Files of named tensors in the safetensors format: 8 bytes header length, a JSON header, raw
// little-endian row-major data. Plain values, no torch; any thread. Reading is strict: whatever is
// wrong with a file, an Error names the file and the cause, and no piece of memory is asked for
// that is larger than the file.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "image/file.h"

namespace stepwise {

// The element types of the format, in the order the reference writer sorts tensors by.
enum class DType {
  kU64,
  kI64,
  kF64,
  kF32,
  kU32,
  kI32,
  kBF16,
  kF16,
  kU16,
  kI16,
  kF8E4M3,
  kF8E5M2,
  kI8,
  kU8,
  kBool
};
std::string_view name_of(DType dtype);  // As written in files: "F32".
std::size_t size_of(DType dtype);       // Bytes per element.
std::optional<DType> dtype_named(std::string_view name);
bool is_float(DType dtype);  // Of the kinds that weights have: F64, F32, F16, BF16.

struct StoredTensor {
  DType dtype = DType::kF32;
  std::vector<std::int64_t> shape;  // Empty: a scalar, one element.
  std::string bytes;                // Elements in row-major order, little-endian.

  std::int64_t numel() const;
  bool operator==(const StoredTensor&) const = default;
};

// The tensor with these elements. Their number must be the product of the shape.
StoredTensor stored(std::vector<std::int64_t> shape, std::span<const float> values);
StoredTensor stored(std::vector<std::int64_t> shape, std::span<const std::uint8_t> values);
StoredTensor stored(std::vector<std::int64_t> shape, std::span<const std::int64_t> values);

// A tensor that is still in its file.
struct TensorSlice {
  DType dtype = DType::kF32;
  std::vector<std::int64_t> shape;
  std::uint64_t begin = 0, size = 0;  // Its bytes, counted from the start of the file.

  std::int64_t numel() const;
};

// A file whose header has been read and checked. The data stays where it is until it is asked for,
// so that a network can be filled tensor by tensor.
class SafetensorsFile {
 public:
  explicit SafetensorsFile(const std::filesystem::path& path);

  std::string name() const { return file_.name(); }
  const std::map<std::string, TensorSlice>& tensors() const { return tensors_; }
  const std::map<std::string, std::string>& metadata() const { return metadata_; }

  void read(const TensorSlice& place, char* to) const;  // place.size bytes.

 private:
  InputFile file_;
  std::map<std::string, TensorSlice> tensors_;
  std::map<std::string, std::string> metadata_;
};

struct Safetensors {
  std::map<std::string, StoredTensor> tensors;
  std::map<std::string, std::string> metadata;  // The file's __metadata__.
};

// The bytes of such a file.
std::string encode_safetensors(const Safetensors& file);

// Replaces the file atomically.
void write_safetensors(const std::filesystem::path& path, const Safetensors& file);

}  // namespace stepwise
