#include <algorithm>
#include <bit>
#include <cstring>

#include "error.h"
#include "first_of.h"
#include "formats/safetensors.h"
#include "formats/safetensors_header.h"
#include "settings/impostor.h"

namespace stepwise {
namespace {

static_assert(std::endian::native == std::endian::little, "Tensors are copied as they are stored.");

constexpr std::uint64_t kMaxHeader = 100'000'000;  // As the reference reader.
constexpr std::size_t kLengthBytes = 8;

std::string text_of_shape(const std::vector<std::int64_t>& shape) {
  return "[" + joined(shape) + "]";
}

// Bytes that dtype and shape ask for. Sides of 0 count as 1 in the bound, so that no product of
// some of the sides is out of range either.
std::uint64_t size_of(const TensorEntry& entry, DType dtype, const std::string& which) {
  std::int64_t bound = std::int64_t(size_of(dtype));
  bool empty = false;
  for (const std::int64_t n : entry.shape) {
    empty = empty || n == 0;
    require(!__builtin_mul_overflow(bound, std::max<std::int64_t>(n, 1), &bound), which,
            " has the shape ", text_of_shape(entry.shape), ", more than any memory holds.");
  }
  return empty ? 0 : std::uint64_t(bound);
}

DType dtype_of(const TensorEntry& entry, const std::string& which) {
  if (const auto dtype = dtype_named(entry.dtype)) return *dtype;
  throw Error(text_of(which, " has the dtype ", in_quotes(entry.dtype), ", which is not known."));
}

// The tensors must lie side by side and fill the data region.
void check_tiling(const SafetensorsHeader& header, std::uint64_t data_size,
                  const std::string& blame) {
  std::vector<std::pair<const TensorEntry*, const std::string*>> order;
  order.reserve(header.entries.size());
  for (const auto& [name, entry] : header.entries) order.emplace_back(&entry, &name);
  std::ranges::sort(order, {},
                    [](const auto& e) { return std::pair(e.first->begin, e.first->end); });
  std::uint64_t at = 0;
  for (const auto& [entry, name] : order) {
    const std::string which = blame + "tensor " + in_quotes(*name);
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

TensorSlice place_of(TensorEntry& entry, std::uint64_t data_begin, const std::string& which) {
  const DType dtype = dtype_of(entry, which);
  const std::uint64_t size = size_of(entry, dtype, which);
  require(size == entry.end - entry.begin, which, " has the shape ", text_of_shape(entry.shape),
          " of ", entry.dtype, ", ", size, " bytes, but is stored in ", entry.end - entry.begin,
          ".");
  return {dtype, std::move(entry.shape), data_begin + entry.begin, size};
}

// Each entry is given up as its place is made: a header of a million names is held once.
std::map<std::string, TensorSlice> places_of(SafetensorsHeader& header, std::uint64_t data_begin,
                                             std::uint64_t data_size, const std::string& blame) {
  check_tiling(header, data_size, blame);
  std::map<std::string, TensorSlice> places;
  while (!header.entries.empty()) {
    auto node = header.entries.extract(header.entries.begin());
    const std::string which = blame + "tensor " + in_quotes(node.key());
    places.emplace_hint(places.end(), std::move(node.key()),
                        place_of(node.mapped(), data_begin, which));
  }
  return places;
}

std::string blame_of(const std::string& name) {
  return text_of("Cannot read '", name, "' as safetensors: ");
}

// The length of the header, which must lie within the file of so many bytes. `first`: those it
// begins with.
std::uint64_t header_length(std::string_view first, std::uint64_t size, const std::string& blame) {
  std::uint64_t length = 0;
  if (size >= kLengthBytes) std::memcpy(&length, first.data(), kLengthBytes);
  const bool fits = size >= kLengthBytes && length <= kMaxHeader && length <= size - kLengthBytes &&
                    first.substr(kLengthBytes).starts_with('{');
  if (fits) return length;
  const std::string impostor = impostor_of(first, Expected::kSafetensors);
  require(impostor.empty(), blame, impostor);
  require(size >= kLengthBytes, blame, "it holds ", size, " bytes.");
  require(length <= kMaxHeader && length <= size - kLengthBytes, blame, "its header should have ",
          length, " bytes, but only ", size - kLengthBytes,
          " follow. It is truncated, or another kind of file.");
  return length;
}

}  // namespace

std::int64_t TensorSlice::numel() const { return std::int64_t(size / size_of(dtype)); }

SafetensorsFile::SafetensorsFile(const std::filesystem::path& path) : file_(path) {
  const std::string blame = blame_of(name());
  const std::uint64_t size = file_.size();
  std::string first(std::min<std::uint64_t>(size, kImpostorBytes), '\0');
  file_.read(0, first);
  std::string json(header_length(first, size, blame), '\0');
  file_.read(kLengthBytes, json);
  SafetensorsHeader header = read_header(json, blame);
  const std::uint64_t data_begin = kLengthBytes + json.size();
  std::string().swap(json);
  tensors_ = places_of(header, data_begin, size - data_begin, blame);
  metadata_ = std::move(header.metadata);
}

void SafetensorsFile::read(const TensorSlice& place, char* to) const {
  file_.read(place.begin, {to, place.size});
}

Safetensors read_safetensors(const std::filesystem::path& path) {
  const SafetensorsFile file(path);
  Safetensors read;
  read.metadata = file.metadata();
  for (const auto& [name, place] : file.tensors()) {
    StoredTensor tensor{place.dtype, place.shape, std::string(place.size, '\0')};
    file.read(place, tensor.bytes.data());
    read.tensors.emplace_hint(read.tensors.end(), name, std::move(tensor));
  }
  return read;
}

Safetensors decode_safetensors(std::string_view bytes, const std::string& name) {
  const std::string blame = blame_of(name);
  const std::uint64_t length = header_length(bytes.substr(0, kImpostorBytes), bytes.size(), blame);
  SafetensorsHeader header = read_header(bytes.substr(kLengthBytes, length), blame);
  const std::uint64_t data_begin = kLengthBytes + length;
  Safetensors read;
  for (auto& [tensor, place] : places_of(header, data_begin, bytes.size() - data_begin, blame))
    read.tensors.emplace_hint(
        read.tensors.end(), tensor,
        StoredTensor{place.dtype, place.shape, std::string(bytes.substr(place.begin, place.size))});
  read.metadata = std::move(header.metadata);
  return read;
}

}  // namespace stepwise
