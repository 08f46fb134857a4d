#include "image/file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "../temporary_folder.h"
#include "error.h"

namespace stepwise {
namespace {

TEST(File, WhatIsWrittenIsRead) {
  const TemporaryFolder folder;
  const std::string bytes("a\0b\n\r", 5);
  write_file(folder / "a", bytes);
  EXPECT_EQ(read_file(folder / "a"), bytes);
  write_file(folder / "a", "");
  EXPECT_EQ(read_file(folder / "a"), "");
}

TEST(File, MoreThanTheLimitIsRefused) {
  const TemporaryFolder folder;
  write_file(folder / "a", "12345");
  EXPECT_EQ(read_file(folder / "a", 5), "12345");
  EXPECT_THROW(read_file(folder / "a", 4), Error);
}

TEST(File, AMissingFileAndAFolderAreRefused) {
  const TemporaryFolder folder;
  EXPECT_THROW(read_file(folder / "none"), Error);
  EXPECT_THROW(read_file(folder.path()), Error);
}

TEST(File, ANewFileNeverReplacesOne) {
  const TemporaryFolder folder;
  write_new_file(folder / "a", "first");
  EXPECT_THROW(write_new_file(folder / "a", "second"), Error);
  EXPECT_EQ(read_file(folder / "a"), "first");
}

TEST(File, AFailedWriteLeavesNothingBehind) {
  const TemporaryFolder folder;
  std::filesystem::create_directory(folder / "taken");
  EXPECT_THROW(write_file(folder / "taken", "bytes"), Error);  // A folder is there already.
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.path()), {}), 1);
}

}  // namespace
}  // namespace stepwise
