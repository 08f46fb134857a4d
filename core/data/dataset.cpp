#include "data/dataset.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cstdlib>
#include <sstream>

#include "data/shape.h"
#include "error.h"
#include "image/checksum.h"
#include "image/file.h"

namespace stepwise {
namespace {

namespace fs = std::filesystem;

constexpr const char* kTrainImages = "train-images-idx3-ubyte";

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return char(std::tolower(c)); });
  return text;
}

// The plain file if it is there, the gzipped one otherwise.
fs::path plain_or_gzipped(const fs::path& folder, const std::string& name) {
  const fs::path plain = folder / name;
  std::error_code ignored;
  return fs::exists(plain, ignored) ? plain : folder / (name + ".gz");
}

bool holds_data(const fs::path& folder) {
  std::error_code ignored;
  return fs::exists(folder / kTrainImages, ignored) ||
         fs::exists(folder / (std::string(kTrainImages) + ".gz"), ignored);
}

std::vector<fs::path> places() {
  const auto variable = [](const char* name) {
    const char* value = std::getenv(name);
    return fs::path(value ? value : "");
  };
  std::vector<fs::path> places;
  if (const fs::path data = variable("STEPWISE_DATA"); !data.empty()) places.push_back(data);
  if (const fs::path xdg = variable("XDG_DATA_HOME"); xdg.is_absolute())
    places.push_back(xdg / "stepwise/data");
  else if (const fs::path home = variable("HOME"); !home.empty())
    places.push_back(home / ".local/share/stepwise/data");
  places.push_back("/usr/share/datasets");
  return places;
}

// A name is looked for in all places; what has a slash or is no name in any of them is taken as a
// folder.
fs::path find_folder(const std::string& name) {
  std::string looked;
  if (!name.empty() && name != "." && name != ".." && name.find('/') == std::string::npos)
    for (const fs::path& place : places()) {
      if (holds_data(place / name)) return place / name;
      looked += text_of("'", (place / name).string(), "', ");
    }
  if (holds_data(name)) return name;
  std::error_code ignored;
  require(!fs::is_directory(name, ignored), "The folder '", name,
          "' holds no data set: ", kTrainImages, " (or ", kTrainImages, ".gz) is not there.");
  throw Error(text_of("There is no data set '", name, "': looked in ", looked,
                      "and for a folder of that name. ",
                      name == "fashion-mnist" ? "Install the package dataset-fashion-mnist, or give"
                                              : "Use fashion-mnist, or give",
                      " a folder with the four files of MNIST."));
}

Pictures read_part(const fs::path& folder, const std::string& part) {
  return read_idx(plain_or_gzipped(folder, part + "-images-idx3-ubyte"),
                  plain_or_gzipped(folder, part + "-labels-idx1-ubyte"));
}

std::vector<std::string> names_in(const fs::path& file) {
  constexpr std::size_t kLimit = 1 << 16;
  std::istringstream text(read_file(file, kLimit));
  std::vector<std::string> names;
  for (std::string line; std::getline(text, line);) {
    const auto end = line.find_last_not_of(" \t\r");
    const auto begin = line.find_first_not_of(" \t\r");
    if (begin != std::string::npos) names.push_back(line.substr(begin, end - begin + 1));
  }
  require(!names.empty(), "'", file.string(), "' names no class. Write one name per line.");
  return names;
}

std::vector<std::string> class_names_of(const Dataset& data) {
  if (const fs::path file = data.folder / "classes.txt"; fs::exists(file)) return names_in(file);
  const std::string name = lower(data.name);
  if (name.find("fashion") != std::string::npos)
    return {"T-shirt/top", "Trouser", "Pullover", "Dress", "Coat",
            "Sandal",      "Shirt",   "Sneaker",  "Bag",   "Ankle boot"};
  if (name == "mnist")
    return {"Zero", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine"};
  const int classes = 1 + std::max(*std::ranges::max_element(data.train.labels),
                                   *std::ranges::max_element(data.test.labels));
  std::vector<std::string> names;
  for (int i = 0; i < classes; ++i) names.push_back("Class " + std::to_string(i));
  return names;
}

void check_labels(const Dataset& data, const Pictures& pictures, const char* part) {
  const auto bad = std::ranges::find_if(
      pictures.labels, [&](std::uint8_t label) { return label >= data.class_names.size(); });
  require(bad == pictures.labels.end(), "Cannot read '",
          plain_or_gzipped(data.folder, std::string(part) + "-labels-idx1-ubyte").string(),
          "': label ", bad - pictures.labels.begin(), " is ",
          bad == pictures.labels.end() ? 0 : int(*bad), ", but the data set '", data.name, "' has ",
          data.class_names.size(), " classes, 0 to ", data.class_names.size() - 1, ".");
}

}  // namespace

Dataset open_dataset(const DataSource& source) {
  check(source);
  Dataset data;
  data.folder = find_folder(source.place);
  data.name = fs::absolute(data.folder / "").lexically_normal().parent_path().filename().string();
  data.source = source;
  if (data.folder == source.place) data.source.place = fs::absolute(data.folder).lexically_normal();
  data.train = read_part(data.folder, "train");
  data.test = read_part(data.folder, "t10k");
  require(data.train.height == data.test.height && data.train.width == data.test.width,
          "The data set '", data.folder.string(), "' has training pictures of ", data.train.width,
          " x ", data.train.height, " pixels, but test pictures of ", data.test.width, " x ",
          data.test.height, ".");
  for (Pictures* part : {&data.train, &data.test}) {
    if (source.height > 0) reshape(*part, source.height, source.width);
    if (source.transpose) transpose(*part);
  }
  data.class_names = class_names_of(data);
  check_labels(data, data.train, "train");
  check_labels(data, data.test, "t10k");
  return data;
}

std::string identity_of(const Dataset& data) {
  std::string labels, pictures;
  const auto text = [](const std::vector<std::uint8_t>& bytes) {
    return std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  };
  for (const Pictures* part : {&data.train, &data.test}) {
    labels += text_of(part->count, 'x', part->height, 'x', part->width, 'x', part->channels, ' ',
                      checksum(text(part->labels)), ' ');
    pictures += checksum(text(part->pixels));
  }
  return checksum(pictures) + checksum(labels);
}

Image image_of(const Pictures& pictures, int i) {
  require(i >= 0 && i < pictures.count, "There is no picture ", i, ": the data set holds ",
          pictures.count, ", counted from 0.");
  ByteImage bytes(pictures.height, pictures.width, pictures.channels);
  std::copy_n(pictures.picture(i), pictures.picture_size(), bytes.pixels.begin());
  return to_floats(bytes);
}

int class_of(const std::vector<std::string>& class_names, const std::string& name_or_number) {
  require(!class_names.empty(), "Class '", name_or_number,
          "' was asked for, but there are no classes to choose.");
  for (std::size_t i = 0; i < class_names.size(); ++i)
    if (lower(class_names[i]) == lower(name_or_number)) return int(i);
  int number = -1;
  const char* end = name_or_number.data() + name_or_number.size();
  const auto parsed = std::from_chars(name_or_number.data(), end, number);
  if (parsed.ec == std::errc{} && parsed.ptr == end && number >= 0 &&
      number < int(class_names.size()))
    return number;
  std::string names;
  for (const std::string& name : class_names) names += (names.empty() ? "" : ", ") + name;
  throw Error(text_of("There is no class '", name_or_number, "'. The classes are: ", names,
                      "; or 0 to ", int(class_names.size()) - 1, "."));
}

}  // namespace stepwise
