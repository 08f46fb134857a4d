#include "image/output.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../temporary_folder.h"
#include "error.h"
#include "error_of.h"
#include "image/file.h"

namespace stepwise {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;

std::string trouble_with(const fs::path& file, bool replace = false) {
  return error_of([&] { check_output(file, {".png", ".safetensors"}, replace); });
}

TEST(Output, AFreeNameInAFolderIsFineAndNothingIsLeftThere) {
  const TemporaryFolder folder;
  EXPECT_EQ(trouble_with(folder / "a.png"), "");
  EXPECT_EQ(trouble_with(folder / (std::string(251, 'x') + ".png")), "");
  EXPECT_TRUE(fs::is_empty(folder.path()));
}

TEST(Output, AMissingFolderIsNamedWithTheCommandThatMakesIt) {
  const TemporaryFolder folder;
  EXPECT_THAT(trouble_with(folder / "no/b/a.png"),
              HasSubstr("mkdir -p '" + (folder / "no/b").string() + "'"));
}

TEST(Output, NamesThatNoFileCanHaveAreRefused) {
  const TemporaryFolder folder;
  write_file(folder / "file.png", "bytes");
  fs::create_directory(folder / "folder.png");
  ASSERT_EQ(::mkfifo((folder / "pipe.png").c_str(), 0600), 0);
  fs::create_symlink("/dev/null", folder / "device.png");
  EXPECT_THAT(trouble_with(folder / "a.gif"), HasSubstr(".png or .safetensors"));
  EXPECT_THAT(trouble_with(folder / ".png"), HasSubstr(".png or .safetensors"));
  EXPECT_THAT(trouble_with(folder / "file.png/a.png"), HasSubstr("is a file, not a folder"));
  EXPECT_THAT(trouble_with(folder / (std::string(252, 'x') + ".png")), HasSubstr("too long"));
  for (const char* name : {"folder.png", "pipe.png", "device.png"})
    EXPECT_THAT(trouble_with(folder / name, true), HasSubstr("a pipe or a device")) << name;
}

TEST(Output, AFileIsReplacedOnlyWhenThatWasSaid) {
  const TemporaryFolder folder;
  write_file(folder / "a.png", "old");
  EXPECT_THAT(trouble_with(folder / "a.png"), HasSubstr("a.png' exists. Choose another name."));
  EXPECT_EQ(trouble_with(folder / "a.png", true), "");
  EXPECT_EQ(read_file(folder / "a.png"), "old");
}

TEST(Output, AFolderThatMayNotBeWrittenToIsRefusedInWords) {
  const TemporaryFolder folder;
  ASSERT_EQ(::chmod(folder.path().c_str(), 0700), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    const bool other = ::geteuid() != 0 || ::seteuid(65534) == 0;
    if (::geteuid() != 65534) ::chmod(folder.path().c_str(), 0);  // Not even its owner may.
    const auto told = [](const std::string& words) {
      return words.find("Permission denied") != std::string::npos &&
             words.find("filesystem error") == std::string::npos;
    };
    ::_exit(other && told(trouble_with(folder / "a.png")) &&
                    told(error_of([&] { check_output_folder(folder / "run"); }))
                ? 0
                : 1);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  ::chmod(folder.path().c_str(), 0700);
  EXPECT_EQ(status, 0);
}

TEST(Output, MoreBytesThanAreFreeAreRefused) {
  const TemporaryFolder folder;
  EXPECT_EQ(error_of([&] { check_space(folder / "a.png", 1); }), "");
  EXPECT_THAT(error_of([&] { check_space(folder / "a.png", std::uint64_t{1} << 62); }),
              HasSubstr("Make room"));
}

TEST(Output, AFolderToFillIsEmptyOrCanBeMade) {
  const TemporaryFolder folder;
  const auto trouble = [&](const fs::path& path) {
    return error_of([&] { check_output_folder(path); });
  };
  fs::create_directory(folder / "empty");
  write_file(folder / "file", "bytes");
  EXPECT_EQ(trouble(folder / "empty"), "");
  EXPECT_EQ(trouble(folder / "new/run"), "");
  EXPECT_FALSE(fs::exists(folder / "new"));
  EXPECT_THAT(trouble(folder.path()), HasSubstr("not empty"));
  EXPECT_THAT(trouble(folder / "file"), HasSubstr("it is a file"));
  EXPECT_THAT(trouble(folder / "file/run"), HasSubstr("is a file, not a folder"));
}

TEST(Output, TwoNamesOfOneFileAreKnown) {
  const TemporaryFolder folder;
  fs::create_directory(folder / "b");
  fs::create_symlink("a.png", folder / "link.png");
  EXPECT_TRUE(same_file(folder / "a.png", folder / "b/../a.png"));
  EXPECT_TRUE(same_file(folder / "a.png", folder / "link.png"));
  EXPECT_FALSE(same_file(folder / "a.png", folder / "b/a.png"));
  EXPECT_FALSE(same_file(folder / "a.png", folder / "c.png"));
}

TEST(Output, WhatCannotHaveItsNameGetsOneBesideIt) {
  const TemporaryFolder folder;
  write_file(folder / "a.png", "somebody else's");
  const Written written = write_output(folder / "a.png", "bytes");
  EXPECT_EQ(written.path, folder / "a-2.png");
  EXPECT_THAT(written.note, AllOf(HasSubstr("exists"), HasSubstr("instead")));
  EXPECT_EQ(read_file(folder / "a-2.png"), "bytes");
  EXPECT_EQ(read_file(folder / "a.png"), "somebody else's");
  EXPECT_EQ(write_output(folder / "a.png", "more").path, folder / "a-3.png");
  EXPECT_EQ(write_output(folder / "a.png", "forced", true).note, "");
  EXPECT_EQ(read_file(folder / "a.png"), "forced");
}

TEST(Output, WhatCannotGoIntoItsFolderGoesIntoTheCurrentOne) {
  const TemporaryFolder folder;
  const fs::path before = fs::current_path();
  fs::current_path(folder.path());
  const Written written = write_output(folder / "gone" / "a.png", "bytes");
  fs::current_path(before);
  EXPECT_EQ(written.path, "a.png");
  EXPECT_EQ(read_file(folder / "a.png"), "bytes");
}

}  // namespace
}  // namespace stepwise
