#include "data/picture_list.h"

#include <algorithm>
#include <map>
#include <string_view>

#include "data/parts.h"
#include "data/pictures.h"
#include "error.h"
#include "first_of.h"
#include "image/sha256.h"

namespace stepwise {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kFoldersTold = 5;  // Names in a note.

// "a" of "a/b/c"; empty where there is no folder.
std::string_view top_of(std::string_view path) {
  const std::size_t slash = path.find('/');
  return slash == std::string_view::npos ? "" : path.substr(0, slash);
}

// What is below that folder; empty: not of this path.
std::string_view below(std::string_view path, std::string_view folder) {
  if (folder.empty()) return path;
  return top_of(path) == folder ? path.substr(folder.size() + 1) : "";
}

// Sorts what was seen into training and test pictures and classes.
class Sorter {
 public:
  Sorter(const fs::path& root, SeenFolder seen) : root_(root), seen_(std::move(seen)) {
    std::ranges::sort(seen_.files, {}, &SeenFile::path);
    std::ranges::sort(seen_.folders);
    for (const std::string_view name : {"train", "training"})
      if (train_.empty() && std::ranges::any_of(seen_.files, [&](const SeenFile& file) {
            return top_of(file.path) == name;
          }))
        train_ = name;
    list_.notes = std::move(seen_.notes);
  }

  PictureList list() {
    find_classes();
    add_below(train_, false);
    const bool has_test_set = !train_.empty() && add_test_set();
    note_what_is_left();
    if (!has_test_set) hold_back();
    require_both();
    list_.stamp = stamp();
    return std::move(list_);
  }

 private:
  void find_classes() {
    for (const SeenFile& file : seen_.files)
      if (const auto top = top_of(below(file.path, train_)); !top.empty())
        label_of_.try_emplace(std::string(top));
    require(label_of_.size() <= kMaxClasses, "The data set '", root_.string(), "' has ",
            label_of_.size(), " classes; at most ", kMaxClasses, " are supported.");
    for (auto& [name, label] : label_of_) {
      label = int(list_.class_names.size());
      list_.class_names.push_back(name);
    }
    if (list_.class_names.empty())
      list_.class_names.push_back(fs::absolute(root_ / "").parent_path().filename().string());
  }

  // The pictures of the classes that lie in this folder above them.
  void add_below(std::string_view folder, bool test) {
    for (const SeenFile& file : seen_.files) {
      const std::string_view path = below(file.path, folder);
      const auto known = label_of_.find(std::string(top_of(path)));
      if (path.empty() || (!label_of_.empty() && known == label_of_.end())) continue;
      list_.pictures.push_back({file.path, label_of_.empty() ? 0 : known->second, test});
    }
  }

  // Those of the first folder of such a name that has any. False where none has: many data sets
  // come with test pictures of which nobody says what they show.
  bool add_test_set() {
    const std::size_t before = list_.pictures.size();
    for (const std::string_view name : {"test", "testing", "val", "valid", "validation"}) {
      add_below(name, true);
      if (list_.pictures.size() > before) return true;
    }
    return false;
  }

  void note_what_is_left() {
    if (const std::size_t left = seen_.files.size() - list_.pictures.size(); left > 0)
      list_.notes.push_back(text_of(left, left == 1 ? " picture" : " pictures", " in '",
                                    root_.string(), "' ", left == 1 ? "lies" : "lie",
                                    " in no folder of a class to train on, and ",
                                    left == 1 ? "was" : "were", " left out."));
    std::vector<std::string> empty;
    for (const std::string& folder : seen_.folders)
      if (const auto name = below(folder, train_);
          !name.empty() && top_of(name).empty() && name != train_ && is_empty(folder))
        empty.push_back("'" + std::string(name) + "'");
    if (!empty.empty() && !label_of_.empty())
      list_.notes.push_back(
          text_of("Folders without pictures are no classes: ", first_of(empty, kFoldersTold), "."));
  }

  bool is_empty(const std::string& folder) const {
    const auto at = std::ranges::lower_bound(seen_.files, folder + '/', {}, &SeenFile::path);
    return at == seen_.files.end() || !at->path.starts_with(folder + '/');
  }

  void hold_back() {
    const std::size_t count = list_.pictures.size();
    if (count < 2) return;
    const std::vector<int> held = held_back(int(count));
    for (const int i : held) list_.pictures[std::size_t(i)].test = true;
    std::ranges::stable_partition(list_.pictures,
                                  [](const auto& picture) { return !picture.test; });
    list_.notes.push_back(text_of("There is no test set in '", root_.string(), "': ", held.size(),
                                  " of the ", count,
                                  " training pictures, always the same, take its place."));
  }

  void require_both() const {
    for (const bool test : {false, true})
      require(std::ranges::count(list_.pictures, test, &ListedPicture::test) > 0, "The folder '",
              root_.string(), "' holds ", list_.pictures.size(),
              list_.pictures.size() == 1 ? " picture" : " pictures", ", none of them to ",
              test ? "test with" : "train on", ". At least 2 are needed.");
  }

  std::string stamp() const {
    Sha256 sha;
    for (const SeenFile& file : seen_.files)
      sha.add(text_of(file.path, '\0', file.size, ' ', file.changed, '\n'));
    return sha.digest();
  }

  fs::path root_;
  SeenFolder seen_;
  std::string_view train_;  // The folder above the classes; empty: there is none.
  std::map<std::string, int> label_of_;
  PictureList list_;
};

}  // namespace

PictureList list_of(const fs::path& root, SeenFolder seen) {
  return Sorter(root, std::move(seen)).list();
}

}  // namespace stepwise
