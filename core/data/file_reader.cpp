#include <algorithm>
#include <array>
#include <cmath>

#include "data/class_names.h"
#include "data/dataset.h"
#include "data/orientation.h"
#include "data/parts.h"
#include "data/reader.h"
#include "data/shape.h"
#include "error.h"

namespace stepwise {
namespace {

// Pictures of zeros and ones would all look black.
void brighten(Dataset& data) {
  std::uint8_t brightest = 0;
  for (const Pictures* part : {&data.train, &data.test})
    for (auto at = part->pixels.begin(); at != part->pixels.end() && brightest < 2; ++at)
      brightest = std::max(brightest, *at);
  if (brightest != 1) return;
  for (Pictures* part : {&data.train, &data.test}) {
    std::vector<std::uint8_t> pixels = part->pixels.copy();
    for (std::uint8_t& pixel : pixels) pixel = std::uint8_t(255 * pixel);
    part->pixels = std::move(pixels);
  }
  data.notes.push_back("All pixels are 0 or 1: 1 was taken as white.");
}

std::string size_of(const Pictures& p) {
  return text_of(p.width, " x ", p.height, p.channels == 3 ? " colour" : "", " pixels");
}

void bring_into_shape(Dataset& data) {
  const DataSource& source = data.source;
  for (Pictures* part : {&data.train, &data.test}) {
    if (source.height > 0) reshape(*part, source.height, source.width);
    require(std::max(part->height, part->width) <= kPictureSide.max, "The data set '",
            data.folder.string(), "' has pictures of ", size_of(*part), "; at most ",
            kPictureSide.max,
            " along a side are supported. Rows of pixels can be cut with "
            "--reshape.");
    if (source.transpose) transpose(*part);
  }
  require(size_of(data.train) == size_of(data.test), "The data set '", data.folder.string(),
          "' has training pictures of ", size_of(data.train), ", but test pictures of ",
          size_of(data.test), ".");
}

void note_rows(Dataset& data) {
  if (std::min(data.train.height, data.train.width) > 1) return;
  const int pixels = std::max(data.train.height, data.train.width);
  const int side = int(std::lround(std::sqrt(pixels)));
  data.notes.push_back(text_of("The pictures are rows of ", pixels, " pixels. "));
  data.notes.back() +=
      side * side == pixels
          ? text_of("If they are pictures of ", side, " x ", side, ", add --reshape ", side, "x",
                    side, ".")
          : "Longer rows are cut into pictures with --reshape, as in --reshape 28x28.";
}

// The window has a box for the option.
void note_orientation(Dataset& data, const DataFiles& files) {
  if (files.kind != DataKind::kIdx) return;
  const bool asked = data.source.transpose;
  if (files.prefix.starts_with("emnist") && !asked)
    data.notes.push_back(
        "EMNIST's files exchange the rows and columns of their pictures, so that letters lie on "
        "their side. Add --transpose (in the window: Transposed) to open them upright.");
  else if (lies_on_its_side(data.train, data.class_names.size()))
    data.notes.push_back(text_of(
        "The pictures look as if they lay on their side: they are wider than tall in nearly every "
        "class. If they do, ",
        asked ? "leave out" : "add", " --transpose (in the window: Transposed)."));
}

class FileReader : public DataReader {
 public:
  explicit FileReader(DataFiles files) : files_(std::move(files)) {}

  bool step(Dataset& data) override {
    switch (done_++) {
      case 0:
        read_train(files_, parts_);
        return true;
      case 1:
        read_test(files_, parts_);
        return true;
      default:
        finish(data);
        return false;
    }
  }

  double fraction() const override {
    constexpr std::array kDone = {0., 0.8, 0.95};
    return std::size_t(done_) < kDone.size() ? kDone[std::size_t(done_)] : 1;
  }

 private:
  // Makes one data set of the parts.
  void finish(Dataset& data) {
    for (const IdxData* part : {&parts_.train, &parts_.test})
      data.notes.insert(data.notes.end(), part->notes.begin(), part->notes.end());
    data.train = std::move(parts_.train.pictures);
    data.test = std::move(parts_.test.pictures);
    brighten(data);
    bring_into_shape(data);
    name_classes(data, files_, parts_.train.labels, parts_.test.labels);
    note_rows(data);
    note_orientation(data, files_);
  }

  DataFiles files_;
  DataParts parts_;
  int done_ = 0;  // Pieces.
};

}  // namespace

std::unique_ptr<DataReader> file_reader(DataFiles files, const DataSource& source) {
  require(source.size == 0, "The pictures of '", files.folder.string(),
          "' have one size and keep it. Leave out --size (in the window: Size), which is for "
          "pictures in files of their own.");
  return std::make_unique<FileReader>(std::move(files));
}

}  // namespace stepwise
