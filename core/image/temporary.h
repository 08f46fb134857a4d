// A file being written beside the one it will become: NAME.tmp<process>. It is locked while its
// writer lives, here or on another machine that shares the folder, so that what a killed program
// left behind can be told from what is being written. One thread each; several may be written at
// the same time.
#pragma once

#include <sys/stat.h>

#include <filesystem>
#include <string_view>

namespace stepwise {

class Temporary {
 public:
  // Makes an empty file in the folder of `target`, after removing leftovers of killed programs
  // there. Throws Error, naming `target`, if the folder takes no new file.
  explicit Temporary(const std::filesystem::path& target);
  ~Temporary();  // Removes the file unless it was moved.
  Temporary(const Temporary&) = delete;
  Temporary& operator=(const Temporary&) = delete;

  // Puts bytes at the end; they are on disk once more are written. Throws Error.
  void append(std::string_view bytes);
  // Both end on disk, or throw Error.
  void write(std::string_view bytes);  // At the end.
  void move();                         // To the target, which it replaces.
  // False if there is such a file already, which is then left alone.
  bool move_to_new();

  // Gives the file the permissions of that one and, where that is allowed, its owner.
  void take_after(const std::filesystem::path& old, const struct stat& about);

 private:
  [[noreturn]] void fail() const;
  void moved();

  std::filesystem::path target_, path_;
  int fd_ = -1;
};

// Removes what programs that no longer live left unfinished in the folder.
void remove_leftovers(const std::filesystem::path& folder);

}  // namespace stepwise
