#include "data/idx.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string>

#include "error.h"

namespace stepwise {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kLargestCount = 10'000'000;
constexpr std::int64_t kLargestSide = 1024;
constexpr std::int64_t kLargestData = std::int64_t{1} << 31;  // Bytes of a file, unpacked.

// An IDX file: 0, 0, type of the elements, number of dimensions, the dimensions (big-endian), the
// elements. gzread passes plain files through, so both kinds are read alike.
class IdxFile {
 public:
  explicit IdxFile(const fs::path& path) : path_(path.string()) {
    std::error_code ignored;
    require(fs::is_regular_file(path, ignored), "Cannot read '", path_,
            "': there is no such file, or it is a folder, a pipe or a device.");
    file_.reset(::gzopen(path.c_str(), "rb"));
    require(file_ != nullptr, "Cannot open '", path_, "'. Is it readable?");
    ::gzbuffer(file_.get(), 1 << 18);
  }

  // The dimensions, once the magic number has been found to announce bytes in as many of them.
  template <std::size_t N>
  std::array<std::int64_t, N> header() {
    const std::uint32_t expected = 0x0800 + N;
    const std::uint32_t magic = number("magic number");
    require(magic == expected, "Cannot read '", path_, "': its magic number is ", magic, ", but ",
            expected, " was expected (bytes in ", N, N == 1 ? " dimension" : " dimensions", ").");
    std::array<std::int64_t, N> dimensions;
    for (std::int64_t& d : dimensions) d = number("dimensions");
    return dimensions;
  }

  // The elements that the header promised, and not one more. The memory grows with the data that is
  // really there.
  std::vector<std::uint8_t> elements(std::int64_t expected) {
    constexpr std::int64_t kPortion = 1 << 20;
    require(expected <= kLargestData, "Cannot read '", path_, "': its header promises ", expected,
            " bytes, more than the ", kLargestData, " allowed.");
    std::vector<std::uint8_t> bytes;
    while (std::int64_t(bytes.size()) < expected) {
      const std::int64_t had = std::int64_t(bytes.size());
      const std::int64_t wanted = std::min(kPortion, expected - had);
      bytes.resize(std::size_t(had + wanted));
      const std::int64_t got = read(bytes.data() + had, unsigned(wanted));
      require(got == wanted, "Cannot read '", path_, "': it is cut short. Its header promises ",
              expected, " bytes of data, but it holds ", had + got, ".");
    }
    std::uint8_t more;
    const bool ends =
        read(&more, 1) == 0;  // Reading past the end also makes zlib compare checksums.
    require(!cut_off_, "Cannot read '", path_,
            "': it is cut short, within the last bytes of its gzip stream.");
    require(ends, "Cannot read '", path_, "': it goes on after the ", expected,
            " bytes of data that its header promises.");
    return bytes;
  }

  const std::string& path() const { return path_; }

 private:
  std::uint32_t number(const char* what) {
    std::array<std::uint8_t, 4> b{};
    require(read(b.data(), 4) == 4, "Cannot read '", path_, "': it ends within its header (", what,
            ").");
    return std::uint32_t(b[0]) << 24 | std::uint32_t(b[1]) << 16 | std::uint32_t(b[2]) << 8 | b[3];
  }

  // How many bytes came; fewer than asked for at the end of the file, even where zlib finds its
  // stream cut off.
  std::int64_t read(std::uint8_t* to, unsigned size) {
    const int got = ::gzread(file_.get(), to, size);
    int error = Z_OK;
    const std::string why = ::gzerror(file_.get(), &error);
    require(error == Z_OK || error == Z_BUF_ERROR, "Cannot read '", path_,
            "': its compressed data is damaged (", why, ").");
    cut_off_ = error == Z_BUF_ERROR;
    return std::max(got, 0);
  }

  struct Close {
    void operator()(gzFile_s* file) const { ::gzclose(file); }
  };
  std::string path_;
  std::unique_ptr<gzFile_s, Close> file_;
  bool cut_off_ = false;
};

void check_size(const IdxFile& file, std::int64_t count, std::int64_t height, std::int64_t width) {
  require(count >= 1 && count <= kLargestCount, "Cannot read '", file.path(),
          "': its header promises ", count, " pictures; between 1 and ", kLargestCount,
          " were expected.");
  require(std::min(height, width) >= 1 && std::max(height, width) <= kLargestSide, "Cannot read '",
          file.path(), "': its header promises pictures of ", width, " x ", height,
          " pixels; between 1 and ", kLargestSide, " along a side were expected.");
}

}  // namespace

Pictures read_idx(const fs::path& images, const fs::path& labels) {
  IdxFile image_file(images), label_file(labels);
  const auto [count, height, width] = image_file.header<3>();
  check_size(image_file, count, height, width);
  const auto [label_count] = label_file.header<1>();
  require(count == label_count, "'", image_file.path(), "' holds ", count, " pictures, but '",
          label_file.path(), "' holds ", label_count,
          " labels. They must be as many: are they of one data set?");
  Pictures pictures{int(count), int(height), int(width), 1, {}, {}};
  pictures.labels = label_file.elements(count);
  pictures.pixels = image_file.elements(count * height * width);
  return pictures;
}

}  // namespace stepwise
