#include "data/idx_file.h"

#include <algorithm>
#include <array>
#include <bit>

#include "error.h"
#include "first_of.h"
#include "image/file.h"
#include "settings/impostor.h"

namespace stepwise {
namespace {

constexpr std::int64_t kLargestRead = std::int64_t{1} << 31;  // Bytes of a file, unpacked.
constexpr std::int64_t kLargestMapped = std::int64_t{1} << 42;
// Smaller files are read even so: whatever becomes of them later is then no matter.
constexpr std::int64_t kSmallestMapped = std::int64_t{1} << 26;
constexpr std::size_t kPortion = std::size_t{1} << 18;

constexpr std::array kTypes = {
    IdxType{0x08, 1, "bytes"},           IdxType{0x09, 1, "signed bytes"},
    IdxType{0x0b, 2, "16-bit integers"}, IdxType{0x0c, 4, "32-bit integers"},
    IdxType{0x0d, 4, "32-bit floats"},   IdxType{0x0e, 8, "64-bit floats"},
};

template <class T>
T big_endian(const char* bytes) {
  T number = 0;
  for (std::size_t i = 0; i < sizeof(T); ++i) number = T(number << 8 | std::uint8_t(bytes[i]));
  return number;
}

double number_of(const char* bytes, const IdxType& type) {
  switch (type.code) {
    case 0x08:
      return std::uint8_t(*bytes);
    case 0x09:
      return std::int8_t(*bytes);
    case 0x0b:
      return std::int16_t(big_endian<std::uint16_t>(bytes));
    case 0x0c:
      return std::int32_t(big_endian<std::uint32_t>(bytes));
    case 0x0d:
      return std::bit_cast<float>(big_endian<std::uint32_t>(bytes));
    default:
      return std::bit_cast<double>(big_endian<std::uint64_t>(bytes));
  }
}

// What a file is that is not IDX: a whole sentence.
std::string impostor_in(const std::filesystem::path& path) {
  const std::string told = impostor_of(first_bytes(path, kImpostorBytes));
  return !told.empty() ? told
                       : "it does not begin as an IDX file does (0, 0, a type from 8 to 14, a "
                         "number of dimensions). Is it one of the files of MNIST?";
}

}  // namespace

IdxFile::IdxFile(const std::filesystem::path& path) : file_(path) {
  require(
      !first_bytes(path, 1).empty(), "Cannot read '", name(),
      "': it is empty, as a download that was broken off leaves behind. Download it once more.");
  const std::uint32_t magic = number("magic number");
  const auto type = std::ranges::find(kTypes, magic >> 8, &IdxType::code);
  require(type != kTypes.end() && (magic & 255) > 0, "Cannot read '", name(),
          "': ", impostor_in(path));
  type_ = &*type;
  const std::uint32_t count = magic & 255;
  require(count <= 4, "Cannot read '", name(), "': it has ", count,
          " dimensions, more than pictures have.");
  for (std::uint32_t i = 0; i < count; ++i) dimensions_.push_back(number("dimensions"));
}

std::string IdxFile::shape() const { return joined(dimensions_, {}, " x "); }

std::uint32_t IdxFile::number(const char* what) {
  std::array<char, 4> bytes{};
  const std::size_t got = file_.read(bytes);
  require(got == 4, "Cannot read '", name(), "': it ends within its header (", what, ").");
  return big_endian<std::uint32_t>(bytes.data());
}

std::int64_t IdxFile::data_size() const {
  const std::int64_t largest = can_be_mapped() ? kLargestMapped : kLargestRead;
  std::int64_t size = type_->size;
  for (const std::int64_t d : dimensions_) {
    require(d == 0 || size <= largest / d, "Cannot read '", name(), "': its header promises ",
            shape(), " numbers, more than the ", largest, " bytes allowed.");
    size *= d;
  }
  return size;
}

void IdxFile::read_portions(const std::function<void(std::span<const char>)>& take) {
  const std::int64_t expected = data_size();
  std::vector<char> portion(std::min(kPortion, std::size_t(expected)));
  for (std::int64_t left = expected; left > 0;) {
    const auto wanted = std::span(portion).first(std::min(portion.size(), std::size_t(left)));
    const std::size_t got = file_.read(wanted);
    if (got < wanted.size()) check_size(expected, expected - left + std::int64_t(got));
    take(wanted);
    left -= std::int64_t(got);
  }
  char more;  // Reading past the end also makes zlib compare checksums.
  check_size(expected, expected + std::int64_t(file_.read({&more, 1})));
}

void IdxFile::check_size(std::int64_t expected, std::int64_t found) const {
  require(found >= expected, "Cannot read '", name(), "': it is cut short. Its header promises ",
          expected, " bytes of data, but it holds ", found, ". Download it once more.");
  require(found == expected, "Cannot read '", name(), "': it goes on after the ", expected,
          " bytes of data that its header promises.");
}

void IdxFile::read(const std::function<void(std::span<const double>)>& take) {
  std::vector<double> numbers;
  read_portions([&](std::span<const char> bytes) {
    numbers.resize(bytes.size() / std::size_t(type_->size));
    for (std::size_t i = 0; i < numbers.size(); ++i)
      numbers[i] = number_of(bytes.data() + i * std::size_t(type_->size), *type_);
    take(numbers);
  });
}

SharedBytes IdxFile::bytes() {
  const std::int64_t size = data_size();
  if (can_be_mapped() && size >= kSmallestMapped) {
    const std::uint64_t header = 4 * (1 + dimensions_.size());
    check_size(size, std::int64_t(InputFile(name()).size() - header));
    return SharedBytes::mapped(name(), header, std::uint64_t(size));
  }
  std::vector<std::uint8_t> all;
  read_portions(
      [&](std::span<const char> bytes) { all.insert(all.end(), bytes.begin(), bytes.end()); });
  return all;
}

}  // namespace stepwise
