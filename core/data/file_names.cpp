#include "data/file_names.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <vector>

namespace stepwise {
namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

bool is_one_of(const std::string& word, std::initializer_list<std::string_view> words) {
  return std::ranges::find(words, word) != words.end();
}

bool trains(const std::string& word) { return is_one_of(word, {"train", "training"}); }
bool tests(const std::string& word) { return is_one_of(word, {"t10k", "test", "testing"}); }
bool shows(const std::string& word) { return is_one_of(word, {"images", "image", "imgs"}); }
bool labels(const std::string& word) { return is_one_of(word, {"labels", "label"}); }
bool tells_type(const std::string& word) {
  return word.starts_with("idx") ||
         is_one_of(word, {"ubyte", "byte", "uint8", "int8", "short", "int16", "int", "int32",
                          "float", "float32", "double", "float64"});
}

// In lower case, without the .gz at the end.
Words words_of(std::string_view name) {
  Words words(1);
  for (const char c : name) {
    if (c != '-' && c != '.' && c != '_' && c != ' ')
      words.back() += char(std::tolower(static_cast<unsigned char>(c)));
    else if (!words.back().empty())
      words.emplace_back();
  }
  while (!words.empty() && (words.back().empty() || words.back() == "gz")) words.pop_back();
  return words;
}

// Some mirrors pack each file so that unpacking leaves a folder of its name around it.
fs::path file_at(const fs::path& path) {
  std::error_code ignored;
  const fs::path within = path / path.filename();
  if (fs::is_directory(path, ignored)) return fs::is_regular_file(within, ignored) ? within : "";
  return path;
}

}  // namespace

const char* name_of(DataRole role) {
  constexpr std::array kNames = {"train-images-idx3-ubyte", "train-labels-idx1-ubyte",
                                 "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"};
  return kNames[std::size_t(role)];
}

std::optional<DataName> data_name_of(std::string_view file_name) {
  std::string prefix;
  bool train = false, test = false, typed = false, image = false, label = false;
  for (const std::string& word : words_of(file_name)) {
    if (!train && !test && (trains(word) || tests(word))) {
      (trains(word) ? train : test) = true;
    } else if (!image && !label && (shows(word) || labels(word))) {
      (shows(word) ? image : label) = true;
    } else if (image || label) {
      if (!tells_type(word)) return {};
      typed = true;
    } else {
      prefix += (prefix.empty() ? "" : "-") + word;
    }
  }
  if (!image && !label) return {};
  if (!train && !test && !typed) return {};  // Any folder of pictures may hold a file "labels".
  const DataRole role = test ? (image ? DataRole::kTestImages : DataRole::kTestLabels)
                             : (image ? DataRole::kTrainImages : DataRole::kTrainLabels);
  return DataName{prefix, role};
}

std::map<std::string, DataGroup> data_groups_in(const fs::path& folder, std::error_code& error) {
  std::vector<fs::path> paths;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error))
    if (data_name_of(it->path().filename().string())) paths.push_back(it->path());
  std::ranges::sort(paths, {}, [](const fs::path& path) {
    return std::pair(lower_extension(path) == ".gz", path.filename());
  });
  std::map<std::string, DataGroup> groups;
  for (const fs::path& path : paths)
    if (const fs::path file = file_at(path); !file.empty()) {
      const DataName name = *data_name_of(path.filename().string());
      groups[name.prefix].try_emplace(name.role, file);
    }
  return groups;
}

bool is_complete(const DataGroup& group) {
  return group.contains(DataRole::kTrainImages) && group.contains(DataRole::kTrainLabels);
}

bool is_picture_name(const std::string& name) {
  return !name.starts_with('.') &&
         is_one_of(lower_extension(name),
                   {".png", ".jpg", ".jpeg", ".webp", ".bmp", ".gif", ".tif", ".tiff"});
}

std::string lower_extension(const fs::path& path) {
  std::string extension = path.extension().string();
  std::ranges::transform(extension, extension.begin(),
                         [](unsigned char c) { return char(std::tolower(c)); });
  return extension;
}

}  // namespace stepwise
