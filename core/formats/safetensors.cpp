#include "formats/safetensors.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <nlohmann/json.hpp>

#include "formats/safetensors_header.h"

namespace stepwise {
namespace {

static_assert(std::endian::native == std::endian::little, "Tensors are copied as they are stored.");

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

template <class T>
StoredTensor stored_as(DType dtype, std::vector<std::int64_t> shape, std::span<const T> values) {
  StoredTensor tensor{dtype, std::move(shape), {}};
  assert(tensor.numel() == std::int64_t(values.size()));
  tensor.bytes.assign(reinterpret_cast<const char*>(values.data()), values.size_bytes());
  return tensor;
}

}  // namespace

std::string_view name_of(DType dtype) { return info_of(dtype).name; }

std::size_t size_of(DType dtype) { return info_of(dtype).size; }

std::optional<DType> dtype_named(std::string_view name) {
  const auto found = std::ranges::find(kDTypes, name, &DTypeInfo::name);
  return found == kDTypes.end() ? std::nullopt : std::optional(found->dtype);
}

bool is_float(DType dtype) {
  return dtype == DType::kF64 || dtype == DType::kF32 || dtype == DType::kF16 ||
         dtype == DType::kBF16;
}

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

std::string encode_safetensors(const Safetensors& file) {
  std::vector<const std::pair<const std::string, StoredTensor>*> order;
  for (const auto& entry : file.tensors) order.push_back(&entry);
  std::ranges::stable_sort(order, {}, [](const auto* entry) { return entry->second.dtype; });

  auto entries = nlohmann::ordered_json::object();
  for (const auto& [key, value] : file.metadata) entries["__metadata__"][key] = value;
  std::size_t size = 0;
  for (const auto* entry : order) {
    const auto& [name, tensor] = *entry;
    assert(tensor.bytes.size() == std::size_t(tensor.numel()) * size_of(tensor.dtype));
    const std::size_t end = size + tensor.bytes.size();
    entries[name] = {
        {"dtype", name_of(tensor.dtype)}, {"shape", tensor.shape}, {"data_offsets", {size, end}}};
    size = end;
  }
  std::string header = entries.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  header.resize((header.size() + 7) / 8 * 8, ' ');

  const std::uint64_t length = header.size();
  std::string bytes;
  bytes.reserve(kLengthBytes + header.size() + size);
  bytes.append(reinterpret_cast<const char*>(&length), kLengthBytes);
  bytes += header;
  for (const auto* entry : order) bytes += entry->second.bytes;
  return bytes;
}

void write_safetensors(const std::filesystem::path& path, const Safetensors& file) {
  write_file(path, encode_safetensors(file));
}

}  // namespace stepwise
