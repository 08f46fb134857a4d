#include "data/dataset.h"

#include <algorithm>
#include <cctype>
#include <charconv>

#include "data/corrections.h"
#include "data/files.h"
#include "data/glyphs.h"
#include "data/more_pictures.h"
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

}  // namespace

DatasetReader::DatasetReader(const DataSource& source) {
  check(source);
  data_.source = source;
  if (!source.more.empty())
    data_.source.more = fs::absolute(source.more).lexically_normal().string();
  if (const auto glyphs = glyphs_called(source.place)) {
    data_.name = source.place;
    reader_ = glyph_reader(*glyphs, source);
    return;
  }
  DataFiles files = find_data_files(source.place);
  data_.folder = files.folder;
  data_.name = files.name();
  if (!files.by_name) data_.source.place = fs::absolute(source.place).lexically_normal().string();
  data_.notes = files.notes;
  reader_ = files.kind == DataKind::kPictures ? picture_reader(files.folder, source)
                                              : file_reader(std::move(files), source);
}

bool DatasetReader::step() {
  if (reader_->step(data_)) return true;
  if (const int factor = data_.source.shrink; factor > 1) {
    for (Pictures* part : {&data_.train, &data_.test}) shrink(*part, factor);
    data_.identity.clear();  // These are other pictures.
    data_.name += text_of("-", data_.train.width);
    data_.notes.push_back(text_of("Its pictures are shrunk to ", data_.train.width, " x ",
                                  data_.train.height, ": each pixel is the mean of ", factor, " x ",
                                  factor, "."));
  }
  correct_as_asked(data_);
  add_more_pictures(data_);
  return false;
}

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
