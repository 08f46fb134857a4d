#include "data/idx.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "data/idx_file.h"
#include "error.h"

namespace stepwise {
namespace {

namespace fs = std::filesystem;
using Dimensions = std::vector<std::int64_t>;

constexpr std::int64_t kLargestCount = 10'000'000;
constexpr std::int64_t kMaxPixels = 1024 * 1024;

// How the pixels of a picture follow each other.
struct Layout {
  std::int64_t count, height, width, channels;
  bool planes = false;  // All of one colour, then all of the next.
};

bool colours(std::int64_t dimension) { return dimension == 1 || dimension == 3; }

Layout layout_of(const IdxFile& file) {
  const Dimensions& d = file.dimensions();
  require(d.size() >= 2, "Cannot read '", file.name(), "': it holds ", file.shape(), " ",
          file.type().name, " in one dimension, as labels are, where pictures were expected.");
  if (d.size() == 2) return {d[0], 1, d[1], 1};
  if (d.size() == 3) return {d[0], d[1], d[2], 1};
  require(colours(d[1]) != colours(d[3]), "Cannot read '", file.name(), "': of its ", file.shape(),
          " numbers, either the last or the second dimension should be the 1 or 3 colours of a "
          "pixel.");
  if (colours(d[3])) return {d[0], d[1], d[2], d[3]};
  return {d[0], d[2], d[3], d[1], true};
}

void check(const IdxFile& file, const Layout& layout) {
  require(layout.count >= 1 && layout.count <= kLargestCount, "Cannot read '", file.name(),
          "': its header promises ", layout.count, " pictures; between 1 and ", kLargestCount,
          " were expected.");
  require(std::min(layout.height, layout.width) >= 1 && layout.height <= kMaxPixels / layout.width,
          "Cannot read '", file.name(), "': its header promises pictures of ", layout.width, " x ",
          layout.height, " pixels; between 1 and ", kMaxPixels, " pixels were expected.");
}

SharedBytes bytes_of(IdxFile& file, const Brightness& brightness) {
  if (file.type().bytes()) return file.bytes();
  std::vector<std::uint8_t> bytes;
  file.read([&](std::span<const double> numbers) {
    for (const double number : numbers) bytes.push_back(brightness.byte_of(number));
  });
  return bytes;
}

// C x H x W becomes H x W x C in each picture.
void interleave(Pictures& pictures) {
  const std::size_t channels = std::size_t(pictures.channels), size = pictures.picture_size();
  const std::size_t plane = size / channels;
  std::vector<std::uint8_t> pixels(pictures.pixels.size());
  for (std::size_t first = 0; first < pixels.size(); first += size)
    for (std::size_t k = 0; k < size; ++k)
      pixels[first + k] = pictures.pixels[first + k % channels * plane + k / channels];
  pictures.pixels = std::move(pixels);
}

// QMNIST keeps eight numbers for each picture, of which the first is its class.
constexpr std::int64_t kQmnistColumns = 8;

std::int64_t columns_of(const IdxFile& file) {
  const Dimensions& d = file.dimensions();
  const std::int64_t columns = d.size() == 1 ? 1 : d.size() == 2 ? d[1] : 0;
  require(columns == 1 || columns == kQmnistColumns, "Cannot read '", file.name(), "': it holds ",
          file.shape(), " ", file.type().name, ", but labels were expected, one for each picture.");
  return columns;
}

std::vector<int> labels_in(IdxFile& file, std::int64_t columns) {
  std::vector<int> labels;
  std::int64_t at = 0;
  file.read([&](std::span<const double> numbers) {
    for (const double number : numbers) {
      if (at++ % columns != 0) continue;
      require(std::abs(number) <= std::numeric_limits<int>::max() && number == std::floor(number),
              "Cannot read '", file.name(), "': label ", labels.size(), " is ", number,
              ", but labels are whole numbers.");
      labels.push_back(int(number));
    }
  });
  return labels;
}

std::vector<std::string> notes_on(const IdxFile& images, const IdxFile& labels,
                                  std::int64_t columns, const Brightness& brightness) {
  std::vector<std::string> notes;
  for (const IdxFile* file : {&images, &labels})
    if (file->layers() > 1)
      notes.push_back(text_of("'", file->name(), "' is packed with gzip ", file->layers(),
                              " times; it was read all the same."));
  if (!images.type().bytes())
    notes.push_back(text_of("'", images.name(), "' holds ", images.type().name, ": ",
                            brightness.black, " was taken as black, ", brightness.white,
                            " as white."));
  if (columns > 1)
    notes.push_back(text_of("'", labels.name(), "' holds ", columns,
                            " numbers for each picture; the first was taken as its class."));
  return notes;
}

struct Extent {
  double low = std::numeric_limits<double>::infinity();
  double high = -std::numeric_limits<double>::infinity();
};

void widen(Extent& extent, IdxFile& file) {
  std::int64_t at = 0;
  file.read([&](std::span<const double> numbers) {
    for (const double number : numbers) {
      require(std::isfinite(number), "Cannot read '", file.name(), "': its number ", at, " is ",
              number, ", but pixels are finite.");
      extent.low = std::min(extent.low, number);
      extent.high = std::max(extent.high, number);
      ++at;
    }
  });
}

}  // namespace

std::uint8_t Brightness::byte_of(double number) const {
  return std::uint8_t(std::lround(255 * std::clamp((number - black) / (white - black), 0., 1.)));
}

Brightness brightness_of(const std::vector<fs::path>& files) {
  constexpr std::array kUsual = {Brightness{0, 1}, Brightness{-1, 1}, Brightness{0, 255},
                                 Brightness{-128, 127}};
  Extent extent;
  for (const fs::path& path : files) {
    IdxFile file(path);
    if (file.type().bytes()) continue;
    check(file, layout_of(file));
    widen(extent, file);
  }
  if (extent.low > extent.high) return {};  // All are bytes.
  for (const Brightness& usual : kUsual)
    if (extent.low >= usual.black && extent.high <= usual.white) return usual;
  return extent.low < extent.high ? Brightness{extent.low, extent.high} : Brightness{};
}

IdxData read_idx(const fs::path& images, const fs::path& labels, const Brightness& brightness) {
  IdxFile image_file(images), label_file(labels);
  const Layout layout = layout_of(image_file);
  check(image_file, layout);
  const std::int64_t columns = columns_of(label_file), count = label_file.dimensions()[0];
  require(layout.count == count, "'", image_file.name(), "' holds ", layout.count,
          " pictures, but '", label_file.name(), "' holds ", count,
          " labels. They must be as many: are they of one data set?");
  IdxData data;
  data.labels = labels_in(label_file, columns);
  data.pictures = {{int(layout.count), int(layout.height), int(layout.width), int(layout.channels),
                    bytes_of(image_file, brightness)},
                   {}};
  if (layout.planes) interleave(data.pictures);
  data.notes = notes_on(image_file, label_file, columns, brightness);
  return data;
}

}  // namespace stepwise
