// Which pictures lie in a folder, each in a file of its own, and what each shows. A folder below
// the named one is a class, and all that lies in it and below belongs to it; without such folders
// all pictures are of one class. Above the classes there may be a folder `train` and, beside it,
// one called `test` or `val`. Any thread.
#pragma once

#include <cstdint>
#include <deque>
#include <filesystem>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace stepwise {

// What was seen below a folder; paths go on from there.
struct SeenFile {
  std::string path;
  std::uint64_t size = 0;
  std::int64_t changed = 0;  // When its content or what may be done with it did: nanoseconds.
};
struct SeenFolder {
  std::vector<SeenFile> files;  // Those that are called as pictures.
  std::vector<std::string> folders;
  std::vector<std::string> notes;  // What was passed over, a sentence each.
};

struct ListedPicture {
  std::string path;  // From the folder on.
  int label = 0;
  bool test = false;
};

struct PictureList {
  std::vector<ListedPicture> pictures;  // Those to train on, then those to test with, by name.
  std::vector<std::string> class_names;
  std::vector<std::string> notes;  // What was passed over or made up, a sentence each.
  std::string stamp;               // Another one where a name, a size or a time is another one.
};

// Looks into a folder and those below it piece by piece. What may not be looked into, and what
// leads back to a folder that was seen already, is passed over and told.
class PictureLister {
 public:
  explicit PictureLister(const std::filesystem::path& root);

  bool step();  // Looks into one more folder. False when there is none.
  SeenFolder take() { return std::move(seen_); }

 private:
  struct Waiting {
    std::string path;
    int depth;
  };
  void look_at(const std::string& path, int depth);
  void pass_over(const std::string& path, const std::string& why);

  std::filesystem::path root_;
  std::deque<Waiting> waiting_;
  std::set<std::pair<std::uint64_t, std::uint64_t>> known_;  // Folders: device, inode.
  SeenFolder seen_;
};

// Without a test set some of the pictures become one, see held_back(). Throws Error unless there
// are pictures to train on and to test with, and at most 256 classes.
PictureList list_of(const std::filesystem::path& root, SeenFolder seen);

}  // namespace stepwise
