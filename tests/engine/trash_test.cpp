#include "engine/trash.h"

#include <gmock/gmock.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "error.h"
#include "error_of.h"
#include "image/file.h"
#include "temporary_folder.h"

namespace stepwise {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::MatchesRegex;

class Trash : public testing::Test {
 protected:
  Trash() {
    ::setenv("XDG_DATA_HOME", (home_ / "data").c_str(), 1);
    fs::create_directory(home_ / "runs");
  }
  ~Trash() override { ::unsetenv("XDG_DATA_HOME"); }

  fs::path made(const std::string& name, const std::string& words) {
    fs::create_directory(home_ / "runs" / name);
    write_file(home_ / "runs" / name / "note.txt", words);
    return home_ / "runs" / name;
  }
  fs::path trash() const { return home_ / "data" / "Trash"; }

  TemporaryFolder home_;
};

TEST_F(Trash, KeepsAFolderWithAllThatIsInIt) {
  const fs::path place = move_to_trash(made("run", "mine"));
  EXPECT_EQ(place, trash() / "files" / "run");
  EXPECT_EQ(read_file(place / "note.txt"), "mine");
  EXPECT_FALSE(fs::exists(home_ / "runs" / "run"));
}

TEST_F(Trash, SaysWhereItLayAndWhenItWent) {
  const fs::path folder = made("50 % ä", "mine");
  move_to_trash(folder);
  const std::string info = read_file(trash() / "info" / "50 % ä.trashinfo");
  EXPECT_THAT(
      info, HasSubstr("[Trash Info]\nPath=" + (home_ / "runs").string() + "/50%20%25%20%C3%A4\n"));
  EXPECT_THAT(info.substr(info.find("DeletionDate")),
              MatchesRegex("DeletionDate=[0-9]+-[0-9]+-[0-9]+T[0-9]+:[0-9]+:[0-9]+\n"));
}

TEST_F(Trash, IsTheUsersAlone) {
  move_to_trash(made("run", "mine"));
  struct stat about {};
  ASSERT_EQ(::stat((trash() / "files").c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 077, 0u);
}

TEST_F(Trash, ANameThatIsTakenGetsANumber) {
  EXPECT_EQ(move_to_trash(made("run", "first")).filename(), "run");
  EXPECT_EQ(move_to_trash(made("run", "second")).filename(), "run.2");
  EXPECT_EQ(read_file(trash() / "files" / "run" / "note.txt"), "first");
  EXPECT_EQ(read_file(trash() / "files" / "run.2" / "note.txt"), "second");
  EXPECT_TRUE(fs::exists(trash() / "info" / "run.2.trashinfo"));
}

TEST_F(Trash, WhatLiesThereWithoutANoteIsNotReplaced) {
  fs::create_directories(trash() / "files" / "run");
  EXPECT_EQ(move_to_trash(made("run", "mine")).filename(), "run.2");
  EXPECT_FALSE(fs::exists(trash() / "info" / "run.trashinfo"));
}

TEST_F(Trash, AFolderThatEndsInASlashIsThatFolder) {
  made("run", "mine");
  EXPECT_EQ(move_to_trash(home_ / "runs" / "run" / "").filename(), "run");
}

TEST_F(Trash, ALinkGoesAndWhatItLeadsToStays) {
  const fs::path folder = made("run", "mine");
  fs::create_directory_symlink(folder, home_ / "link");
  const fs::path place = move_to_trash(home_ / "link");
  EXPECT_TRUE(fs::is_symlink(place));
  EXPECT_TRUE(fs::exists(folder / "note.txt"));
}

TEST_F(Trash, GivesBackWhatItHoldsToWhereItLay) {
  const fs::path folder = made("50 % ä", "mine"), place = move_to_trash(folder);
  EXPECT_EQ(take_from_trash(place), folder);
  EXPECT_EQ(read_file(folder / "note.txt"), "mine");
  EXPECT_TRUE(fs::is_empty(trash() / "files"));
  EXPECT_TRUE(fs::is_empty(trash() / "info"));
}

TEST_F(Trash, ReplacesNothingWithWhatItGivesBack) {
  const fs::path folder = made("run", "old"), place = move_to_trash(folder);
  made("run", "new");
  EXPECT_THAT(error_of([&] { take_from_trash(place); }), HasSubstr("something else lies there"));
  EXPECT_EQ(read_file(folder / "note.txt"), "new");
  EXPECT_EQ(read_file(place / "note.txt"), "old");
  EXPECT_TRUE(fs::exists(trash() / "info" / "run.trashinfo"));
}

TEST_F(Trash, GivesBackNothingThatItDoesNotHold) {
  const fs::path folder = made("run", "mine"), place = move_to_trash(folder);
  EXPECT_THROW(take_from_trash(trash() / "files" / "other"), Error);
  EXPECT_THROW(take_from_trash(home_ / "runs"), Error);
  EXPECT_THROW(take_from_trash(trash() / "files" / ".."), Error);
  EXPECT_THROW(take_from_trash(trash() / "files" / ""), Error);
  EXPECT_THROW(take_from_trash(""), Error);
  EXPECT_EQ(read_file(place / "note.txt"), "mine");
}

TEST_F(Trash, WhatCannotBeMovedStaysWithoutANote) {
  EXPECT_THROW(move_to_trash(home_ / "runs" / "nothing"), Error);
  EXPECT_FALSE(fs::exists(trash() / "info" / "nothing.trashinfo"));
}

TEST_F(Trash, WhatLiesOnAnotherDiskStaysThereAndIsToldOf) {
  struct stat here {
  }, there{};
  if (::stat(home_.path().c_str(), &here) != 0 || ::stat("/dev/shm", &there) != 0 ||
      here.st_dev == there.st_dev)
    GTEST_SKIP() << "There is no other disk.";
  std::string name = "/dev/shm/stepwise-test-XXXXXX";
  ASSERT_TRUE(::mkdtemp(name.data()));
  EXPECT_THAT(error_of([&] { move_to_trash(name); }), HasSubstr("another disk"));
  EXPECT_TRUE(fs::exists(name));
  fs::remove(name);
  EXPECT_TRUE(fs::is_empty(trash() / "info"));
}

}  // namespace
}  // namespace stepwise
