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

std::string text_of_shape(const std::vector<std::int64_t>& shape) {
  return "[" + joined(shape) + "]";
}

// Bytes that dtype and shape ask for. Sides of 0 count as 1 in the bound, so that no product of
// some of the sides is out of range either.
std::uint64_t size_of(const TensorSlice& entry, const std::string& which) {
  std::int64_t bound = std::int64_t(size_of(entry.dtype));
  bool empty = false;
  for (const std::int64_t n : entry.shape) {
    empty = empty || n == 0;
    require(!__builtin_mul_overflow(bound, std::max<std::int64_t>(n, 1), &bound), which,
            " has the shape ", text_of_shape(entry.shape), ", more than any memory holds.");
  }
  return empty ? 0 : std::uint64_t(bound);
}

// The tensors must lie side by side and fill the data region.
void check_tiling(const SafetensorsHeader& header, std::uint64_t data_size,
                  const std::string& blame) {
  std::vector<std::pair<const TensorSlice*, const std::string*>> order;
  order.reserve(header.entries.size());
  for (const auto& [name, entry] : header.entries) order.emplace_back(&entry, &name);
  std::ranges::sort(order, {},
                    [](const auto& e) { return std::pair(e.first->begin, e.first->size); });
  std::uint64_t at = 0;
  for (const auto& [entry, name] : order) {
    const std::string which = blame + "tensor " + in_quotes(*name);
    const std::uint64_t end = entry->begin + entry->size;
    require(end <= data_size, which, " ends at byte ", end, " of the data, which has ", data_size,
            ". The file is truncated or damaged.");
    require(entry->begin >= at, which, " overlaps the one before it, at byte ", entry->begin, ".");
    require(entry->begin == at, which, " leaves a gap before it, bytes ", at, " to ", entry->begin,
            ".");
    at = end;
  }
  require(at == data_size, blame, "the tensors end at byte ", at, " of the data, which has ",
          data_size, ".");
}

void check_sizes(const SafetensorsHeader& header, const std::string& blame) {
  for (const auto& [name, entry] : header.entries) {
    const std::string which = blame + "tensor " + in_quotes(name);
    const std::uint64_t size = size_of(entry, which);
    require(size == entry.size, which, " has the shape ", text_of_shape(entry.shape), " of ",
            name_of(entry.dtype), ", ", size, " bytes, but is stored in ", entry.size, ".");
  }
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
  const std::string blame = "Cannot read '" + name() + "' as safetensors: ";
  const std::uint64_t size = file_.size();
  std::string first(std::min<std::uint64_t>(size, kImpostorBytes), '\0');
  file_.read(0, first);
  std::string text(header_length(first, size, blame), '\0');
  file_.read(kLengthBytes, text);
  SafetensorsHeader header = read_header(text, blame);
  const std::uint64_t data_begin = kLengthBytes + text.size();
  std::string().swap(text);
  check_tiling(header, size - data_begin, blame);
  check_sizes(header, blame);
  tensors_ = std::move(header.entries);
  for (auto& [tensor, place] : tensors_) place.begin += data_begin;
  metadata_ = std::move(header.metadata);
}

void SafetensorsFile::read(const TensorSlice& place, char* to) const {
  file_.read(place.begin, {to, place.size});
}

}  // namespace stepwise
