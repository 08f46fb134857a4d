#include "model/safetensors.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <cstring>
#include <nlohmann/json.hpp>

#include "error.h"
#include "image/file.h"
#include "model/safetensors_header.h"

namespace stepwise {
namespace {

static_assert(std::endian::native == std::endian::little, "Tensors are copied as they are stored.");

constexpr std::uint64_t kMaxHeader = 100'000'000;  // As the reference reader.
constexpr std::size_t kLengthBytes = 8;

struct DTypeInfo {
  DType dtype;
  std::string_view name;
  std::size_t size;
};
constexpr std::array kDTypes = {
    DTypeInfo{DType::kU64, "U64", 8},        DTypeInfo{DType::kI64, "I64", 8},
    DTypeInfo{DType::kF64, "F64", 8},        DTypeInfo{DType::kF32, "F32", 4},
    DTypeInfo{DType::kU32, "U32", 4},        DTypeInfo{DType::kI32, "I32", 4},
    DTypeInfo{DType::kBF16, "BF16", 2},      DTypeInfo{DType::kF16, "F16", 2},
    DTypeInfo{DType::kU16, "U16", 2},        DTypeInfo{DType::kI16, "I16", 2},
    DTypeInfo{DType::kF8E4M3, "F8_E4M3", 1}, DTypeInfo{DType::kF8E5M2, "F8_E5M2", 1},
    DTypeInfo{DType::kI8, "I8", 1},          DTypeInfo{DType::kU8, "U8", 1},
    DTypeInfo{DType::kBool, "BOOL", 1},
};

const DTypeInfo& info_of(DType dtype) { return kDTypes[std::size_t(dtype)]; }

std::string text_of_shape(const std::vector<std::int64_t>& shape) {
  std::string text = "[";
  for (const std::int64_t n : shape) text += (text.size() > 1 ? ", " : "") + std::to_string(n);
  return text + "]";
}

// Bytes that dtype and shape ask for.
std::uint64_t size_of(const TensorEntry& entry, DType dtype, const std::string& which) {
  std::uint64_t size = size_of(dtype);
  for (const std::int64_t n : entry.shape)
    require(!__builtin_mul_overflow(size, std::uint64_t(n), &size), which, " has the shape ",
            text_of_shape(entry.shape), ", more than any memory holds.");
  return size;
}

DType dtype_of(const TensorEntry& entry, const std::string& which) {
  for (const DTypeInfo& info : kDTypes)
    if (info.name == entry.dtype) return info.dtype;
  throw Error(text_of(which, " has the dtype ", shown(entry.dtype), ", which is not known."));
}

// The tensors must lie side by side and fill the data region.
void check_tiling(const SafetensorsHeader& header, std::uint64_t data_size,
                  const std::string& blame) {
  std::vector<std::pair<const TensorEntry*, const std::string*>> order;
  for (const auto& [name, entry] : header.entries) order.emplace_back(&entry, &name);
  std::ranges::sort(order, {},
                    [](const auto& e) { return std::pair(e.first->begin, e.first->end); });
  std::uint64_t at = 0;
  for (const auto& [entry, name] : order) {
    const std::string which = blame + "tensor " + shown(*name);
    require(entry->end <= data_size, which, " ends at byte ", entry->end,
            " of the data, which has ", data_size, ". The file is truncated or damaged.");
    require(entry->begin >= at, which, " overlaps the one before it, at byte ", entry->begin, ".");
    require(entry->begin == at, which, " leaves a gap before it, bytes ", at, " to ", entry->begin,
            ".");
    at = entry->end;
  }
  require(at == data_size, blame, "the tensors end at byte ", at, " of the data, which has ",
          data_size, ".");
}

template <class T>
StoredTensor stored_as(DType dtype, std::vector<std::int64_t> shape, std::span<const T> values) {
  StoredTensor tensor{dtype, std::move(shape), {}};
  assert(tensor.numel() == std::int64_t(values.size()));
  tensor.bytes.assign(reinterpret_cast<const char*>(values.data()), values.size_bytes());
  return tensor;
}

std::string json_text(const std::string& text) {
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string entry_text(const std::string& name, const StoredTensor& tensor, std::size_t begin) {
  std::string shape;
  for (const std::int64_t n : tensor.shape) {
    if (!shape.empty()) shape += ',';
    shape += std::to_string(n);
  }
  return text_of(json_text(name), ":{\"dtype\":\"", name_of(tensor.dtype), "\",\"shape\":[", shape,
                 "],\"data_offsets\":[", begin, ",", begin + tensor.bytes.size(), "]}");
}

}  // namespace

std::string_view name_of(DType dtype) { return info_of(dtype).name; }

std::size_t size_of(DType dtype) { return info_of(dtype).size; }

std::int64_t StoredTensor::numel() const {
  std::int64_t count = 1;
  for (const std::int64_t n : shape) count *= n;
  return count;
}

StoredTensor stored(std::vector<std::int64_t> shape, std::span<const float> values) {
  return stored_as(DType::kF32, std::move(shape), values);
}

StoredTensor stored(std::vector<std::int64_t> shape, std::span<const std::uint8_t> values) {
  return stored_as(DType::kU8, std::move(shape), values);
}

StoredTensor stored(std::vector<std::int64_t> shape, std::span<const std::int64_t> values) {
  return stored_as(DType::kI64, std::move(shape), values);
}

Safetensors decode_safetensors(std::string_view bytes, const std::string& name) {
  const std::string blame = text_of("Cannot read '", name, "' as safetensors: ");
  require(bytes.size() >= kLengthBytes, blame, "it holds ", bytes.size(), " bytes.");
  std::uint64_t length = 0;
  std::memcpy(&length, bytes.data(), kLengthBytes);
  bytes.remove_prefix(kLengthBytes);
  require(length <= kMaxHeader && length <= bytes.size(), blame, "its header should have ", length,
          " bytes, but only ", bytes.size(), " follow. It is truncated, or another kind of file.");
  SafetensorsHeader header = read_header(bytes.substr(0, length), blame);
  const std::string_view data = bytes.substr(length);
  check_tiling(header, data.size(), blame);

  Safetensors file;
  file.metadata = std::move(header.metadata);
  for (auto& [tensor_name, entry] : header.entries) {
    const std::string which = blame + "tensor " + shown(tensor_name);
    const DType dtype = dtype_of(entry, which);
    const std::uint64_t size = size_of(entry, dtype, which);
    require(size == entry.end - entry.begin, which, " has the shape ", text_of_shape(entry.shape),
            " of ", entry.dtype, ", ", size, " bytes, but is stored in ", entry.end - entry.begin,
            ".");
    file.tensors.emplace(tensor_name, StoredTensor{dtype, std::move(entry.shape),
                                                   std::string(data.substr(entry.begin, size))});
  }
  return file;
}

std::string encode_safetensors(const Safetensors& file) {
  std::vector<const std::pair<const std::string, StoredTensor>*> order;
  for (const auto& entry : file.tensors) order.push_back(&entry);
  std::ranges::stable_sort(order, {}, [](const auto* entry) { return entry->second.dtype; });

  std::string metadata;
  for (const auto& [key, value] : file.metadata)
    metadata += (metadata.empty() ? "" : ",") + json_text(key) + ":" + json_text(value);
  std::string header = metadata.empty() ? "{" : "{\"__metadata__\":{" + metadata + "}";
  std::size_t size = 0;
  for (const auto* entry : order) {
    const auto& [name, tensor] = *entry;
    assert(tensor.bytes.size() == std::size_t(tensor.numel()) * size_of(tensor.dtype));
    header += (header.size() > 1 ? "," : "") + entry_text(name, tensor, size);
    size += tensor.bytes.size();
  }
  header += '}';
  header.resize((header.size() + 7) / 8 * 8, ' ');

  const std::uint64_t length = header.size();
  std::string bytes;
  bytes.reserve(kLengthBytes + header.size() + size);
  bytes.append(reinterpret_cast<const char*>(&length), kLengthBytes);
  bytes += header;
  for (const auto* entry : order) bytes += entry->second.bytes;
  return bytes;
}

Safetensors read_safetensors(const std::filesystem::path& path) {
  return decode_safetensors(read_file(path), path.string());
}

void write_safetensors(const std::filesystem::path& path, const Safetensors& file) {
  write_file(path, encode_safetensors(file));
}

}  // namespace stepwise
