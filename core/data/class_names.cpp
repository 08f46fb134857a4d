#include "data/class_names.h"

#include <array>
#include <charconv>
#include <map>
#include <optional>
#include <set>

#include "data/text_file.h"
#include "error.h"
#include "first_of.h"
#include "image/sha256.h"

namespace stepwise {
namespace {

namespace fs = std::filesystem;
using Names = std::map<int, std::string>;  // Of labels as they stand in the files.

constexpr std::size_t kListed = 5;  // Names in a message.

// Data sets that are told by the labels of their training pictures: no others have these.
constexpr std::size_t kKnownCount = 60000;
struct KnownLabels {
  const char* sha256;
  std::array<const char*, 10> names;
};
constexpr std::array kKnown = {
    KnownLabels{"657fbd221bfc9f4198cc14b5619cc33ec57c58dd0e47af4d99d6650759e869a7",
                {"T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt",
                 "Sneaker", "Bag", "Ankle boot"}},
    KnownLabels{"1feba77c54802fa5339a11837ea4b2866434b83314ec45192930f1df69120c13",
                {"Zero", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine"}},
};

Names known_names(const std::vector<int>& labels) {
  Names names;
  if (labels.size() != kKnownCount) return names;
  const std::string digest = sha256(std::string(labels.begin(), labels.end()));
  for (const KnownLabels& known : kKnown)
    if (digest == known.sha256)
      for (int i = 0; i < int(known.names.size()); ++i) names[i] = known.names[std::size_t(i)];
  return names;
}

// The numbers in a line of text; nothing where there is anything else.
std::vector<int> numbers_in(const std::string& line) {
  std::vector<int> numbers;
  for (const char *at = line.data(), *end = at + line.size(); at < end;) {
    if (*at == ' ' || *at == '\t') {
      ++at;
      continue;
    }
    int number = 0;
    const auto parsed = std::from_chars(at, end, number);
    if (parsed.ec != std::errc{}) return {};
    numbers.push_back(number);
    at = parsed.ptr;
  }
  return numbers;
}

// EMNIST's <prefix>-mapping.txt: a label, then the codes of the characters that it stands for, the
// capital letter first.
Names mapped_names(const DataFiles& files) {
  const fs::path path = files.folder / (files.prefix + "-mapping.txt");
  std::error_code ignored;
  Names names;
  if (files.prefix.empty() || !fs::exists(path, ignored)) return names;
  for (const std::string& line : lines_in(path)) {
    const std::vector<int> numbers = numbers_in(line);
    require(numbers.size() >= 2 && numbers[1] > ' ' && numbers[1] <= '~', "Cannot read '",
            path.string(), "': '", line.substr(0, 40),
            "' is not a label and the code of its character.");
    names[numbers[0]] = char(numbers[1]);
  }
  return names;
}

std::optional<fs::path> class_list_of(const DataFiles& files) {
  std::error_code ignored;
  for (const fs::path& folder : {files.folder, files.root})
    if (const fs::path path = folder / "classes.txt"; fs::exists(path, ignored)) return path;
  if (!files.cifar.names.empty()) return files.cifar.names;
  return {};
}

// Labels may count from 0 or from 1.
Names listed_names(const fs::path& path, const std::set<int>& labels) {
  const std::vector<std::string> lines = lines_in(path);
  require(!lines.empty(), "'", path.string(), "' names no class. Write one name per line.");
  const int classes = int(lines.size());
  const int first = *labels.begin() >= 1 && *labels.rbegin() == classes ? 1 : 0;
  Names names;
  for (int i = 0; i < classes; ++i) names[first + i] = lines[std::size_t(i)];
  return names;
}

void note_unseen(Dataset& data, const Names& names, const std::set<int>& labels,
                 const fs::path& list) {
  std::vector<std::string> unseen;
  for (const auto& [label, name] : names)
    if (!labels.contains(label)) unseen.push_back("'" + name + "'");
  if (!unseen.empty())
    data.notes.push_back(
        text_of(list.filename().string(),
                " names classes of which there are no pictures: ", first_of(unseen, kListed), "."));
}

// Where labels are not 0, 1, 2 and so on.
void note_renumbering(Dataset& data, const std::set<int>& labels) {
  if (*labels.begin() == 0 && *labels.rbegin() + 1 == int(labels.size())) return;
  const bool gaps = *labels.rbegin() - *labels.begin() + 1 != int(labels.size());
  data.notes.push_back(text_of("The labels are ", labels.size(), " numbers from ", *labels.begin(),
                               " to ", *labels.rbegin(), gaps ? " with gaps" : "",
                               ": each became a class of its own, counted from 0."));
}

// By label, which must have a name.
std::vector<std::uint8_t> classes_of(const std::vector<int>& labels, const Names& names,
                                     const fs::path& file, const fs::path& list) {
  std::map<int, std::uint8_t> class_of_label;
  for (int next = 0; const auto& [label, name] : names)
    class_of_label[label] = std::uint8_t(next++);
  std::vector<std::uint8_t> classes;
  classes.reserve(labels.size());
  for (const int label : labels) {
    const auto found = class_of_label.find(label);
    require(found != class_of_label.end(), "Cannot read '", file.string(), "': label ",
            classes.size(), " is ", label, ", but '", list.string(), "' names ", names.size(),
            " classes, ", names.begin()->first, " to ", names.rbegin()->first, ".");
    classes.push_back(found->second);
  }
  return classes;
}

// Of every label that there is; nameless ones are called by their number.
Names names_of(const std::set<int>& labels, const Names& known) {
  Names names;
  for (const int label : labels) {
    const auto found = known.find(label);
    names[label] = found == known.end() ? text_of("Class ", label) : found->second;
  }
  return names;
}

}  // namespace

void name_classes(Dataset& data, const DataFiles& files, const std::vector<int>& train,
                  const std::vector<int>& test) {
  std::set<int> labels(train.begin(), train.end());
  labels.insert(test.begin(), test.end());
  const auto list = class_list_of(files);
  Names names;
  if (list) {
    names = listed_names(*list, labels);
  } else {
    const Names mapped = mapped_names(files);
    names = names_of(labels, mapped.empty() ? known_names(train) : mapped);
  }
  require(names.size() <= kMaxClasses, "The data set '", data.folder.string(), "' has ",
          names.size(), " classes; at most ", kMaxClasses, " are supported.");
  const fs::path list_file = list.value_or("classes.txt");
  data.train.labels = classes_of(train, names, files.train_labels, list_file);
  data.test.labels = classes_of(test, names, files.test_labels, list_file);
  list ? note_unseen(data, names, labels, *list) : note_renumbering(data, labels);
  for (const auto& [label, name] : names) data.class_names.push_back(name);
}

}  // namespace stepwise
