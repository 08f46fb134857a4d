#include "data/dataset.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>

#include "data/class_names.h"
#include "data/orientation.h"
#include "data/shape.h"
#include "error.h"
#include "first_of.h"

namespace stepwise {
namespace {

namespace fs = std::filesystem;

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return char(std::tolower(c)); });
  return text;
}

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

}  // namespace

DatasetReader::DatasetReader(const DataSource& source) {
  check(source);
  files_ = find_data_files(source.place);
  data_.folder = files_.folder;
  data_.name = files_.name();
  data_.source = source;
  if (!files_.by_name) data_.source.place = fs::absolute(source.place).lexically_normal().string();
  data_.notes = files_.notes;
}

bool DatasetReader::step() {
  switch (done_++) {
    case 0:
      read_train(files_, parts_);
      return true;
    case 1:
      read_test(files_, parts_);
      return true;
    default:
      finish();
      return false;
  }
}

double DatasetReader::fraction() const {
  constexpr std::array kDone = {0., 0.8, 0.95};
  return std::size_t(done_) < kDone.size() ? kDone[std::size_t(done_)] : 1;
}

void DatasetReader::finish() {
  for (const IdxData* part : {&parts_.train, &parts_.test})
    data_.notes.insert(data_.notes.end(), part->notes.begin(), part->notes.end());
  data_.train = std::move(parts_.train.pictures);
  data_.test = std::move(parts_.test.pictures);
  brighten(data_);
  bring_into_shape(data_);
  name_classes(data_, files_, parts_.train.labels, parts_.test.labels);
  note_rows(data_);
  note_orientation(data_, files_);
}

Dataset DatasetReader::take() { return std::move(data_); }

Dataset open_dataset(const DataSource& source) {
  DatasetReader reader(source);
  while (reader.step()) {
  }
  return reader.take();
}

Image image_of(const Pictures& pictures, int i) {
  require(i >= 0 && i < pictures.count, "There is no picture ", i, ": the data set holds ",
          pictures.count, ", counted from 0.");
  return to_floats(pictures.image(i));
}

int class_of(const std::vector<std::string>& class_names, const std::string& name_or_number) {
  require(!class_names.empty(), "Class '", name_or_number,
          "' was asked for, but there are no classes to choose.");
  const auto exact = std::ranges::find(class_names, name_or_number);  // EMNIST has both a and A.
  if (exact != class_names.end()) return int(exact - class_names.begin());
  for (const std::string& wanted : {lower(name_or_number), "class " + lower(name_or_number)})
    for (std::size_t i = 0; i < class_names.size(); ++i)
      if (lower(class_names[i]) == wanted) return int(i);
  int number = -1;
  const char* end = name_or_number.data() + name_or_number.size();
  const auto parsed = std::from_chars(name_or_number.data(), end, number);
  if (parsed.ec == std::errc{} && parsed.ptr == end && number >= 0 &&
      number < int(class_names.size()))
    return number;
  throw Error(text_of("There is no class '", name_or_number, "'. The classes are: ",
                      joined(class_names), "; or 0 to ", int(class_names.size()) - 1, "."));
}

}  // namespace stepwise
