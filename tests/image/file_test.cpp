#include "image/file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstddef>
#include <fstream>

#include "../temporary_folder.h"
#include "error.h"

namespace stepwise {
namespace {

namespace fs = std::filesystem;

int mode_of(const fs::path& file) {
  struct stat about {};
  EXPECT_EQ(::stat(file.c_str(), &about), 0);
  return int(about.st_mode & 07777);
}

int files_in(const fs::path& folder) {
  return int(std::distance(fs::directory_iterator(folder), {}));
}

// Whether it holds in a process of its own, which may change what it is allowed to do.
template <class Claim>
bool in_a_child(Claim claim) {
  const pid_t child = ::fork();
  if (child == 0) {
    bool holds = false;
    try {
      holds = claim();
    } catch (const std::exception&) {
    }
    ::_exit(holds ? 0 : 1);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

// A number that no process has.
pid_t dead_process() {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(0);
  ::waitpid(child, nullptr, 0);
  return child;
}

// From here on the kernel knows no rename that spares what is there, as on some file systems.
void lose_renameat2() {
  sock_filter program[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_renameat2, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EINVAL),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  const sock_fprog filter{4, program};
  ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter);
}

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

TEST(File, WritingThroughALinkReplacesWhatItLeadsTo) {
  const TemporaryFolder folder;
  fs::create_directory(folder / "there");
  write_file(folder / "there" / "a", "old");
  fs::create_symlink("there/a", folder / "link");
  fs::create_symlink(folder / "link", folder / "link to the link");
  write_file(folder / "link to the link", "new");
  EXPECT_EQ(read_file(folder / "there" / "a"), "new");
  EXPECT_EQ(fs::read_symlink(folder / "link"), "there/a");
  EXPECT_EQ(fs::read_symlink(folder / "link to the link"), folder / "link");
}

TEST(File, ALinkThatLeadsToNothingYetGetsItsFile) {
  const TemporaryFolder folder;
  fs::create_symlink("later", folder / "link");
  write_file(folder / "link", "new");
  EXPECT_TRUE(fs::is_symlink(folder / "link"));
  EXPECT_EQ(read_file(folder / "later"), "new");
}

TEST(File, LinksInACircleAreRefused) {
  const TemporaryFolder folder;
  fs::create_symlink("b", folder / "a");
  fs::create_symlink("a", folder / "b");
  EXPECT_THROW(write_file(folder / "a", "bytes"), Error);
  EXPECT_EQ(files_in(folder.path()), 2);
}

TEST(File, AReplacedFileKeepsItsPermissions) {
  const TemporaryFolder folder;
  for (const int mode : {0600, 0644, 0664, 0400}) {
    write_file(folder / "a", "old");
    ASSERT_EQ(::chmod((folder / "a").c_str(), mode_t(mode)), 0);
    write_file(folder / "a", "new");
    EXPECT_EQ(mode_of(folder / "a"), mode);
    EXPECT_EQ(read_file(folder / "a"), "new");
  }
}

TEST(File, ANewFileHasThePermissionsThatTheUserGivesNewFiles) {
  const TemporaryFolder folder;
  EXPECT_TRUE(in_a_child([&] {
    ::umask(007);
    write_file(folder / "a", "bytes");
    ::umask(077);
    write_new_file(folder / "b", "bytes");
    return mode_of(folder / "a") == 0660 && mode_of(folder / "b") == 0600;
  }));
}

TEST(File, NamesMayBeAsLongAsTheFileSystemAllows) {
  const TemporaryFolder folder;
  const std::string name(251, 'x');
  write_file(folder / (name + ".png"), "first");
  write_file(folder / (name + ".png"), "second");
  EXPECT_EQ(read_file(folder / (name + ".png")), "second");
  std::string snowmen;
  for (int i = 0; i < 85; ++i) snowmen += "\xe2\x98\x83";
  write_file(folder / snowmen, "cold");
  EXPECT_EQ(read_file(folder / snowmen), "cold");
  EXPECT_THROW(write_file(folder / (name + "x.png"), "third"), Error);
  EXPECT_EQ(files_in(folder.path()), 2);
}

TEST(File, LeftoversOfKilledProgramsGoWhenTheirFolderIsWrittenAgain) {
  const TemporaryFolder folder;
  const pid_t dead = dead_process();
  const auto leave = [&](const std::string& name) {
    std::ofstream(folder / name) << "half";
    return folder / name;
  };
  const fs::path same = leave(text_of("a.png.tmp", dead));
  const fs::path other = leave(text_of("run.safetensors.tmp", dead, "-1"));
  const fs::path living = leave(text_of("a.png.tmp", ::getppid()));
  const fs::path locked = leave(text_of("b.png.tmp", dead));
  const fs::path foreign = leave(text_of("notes.tmp", dead));
  const fs::path unnumbered = leave("a.png.tmp");
  const int lock = ::open(locked.c_str(), O_RDONLY);
  ASSERT_EQ(::flock(lock, LOCK_EX), 0);
  write_file(folder / "c.png", "whole");
  ::close(lock);
  EXPECT_FALSE(fs::exists(same));
  EXPECT_FALSE(fs::exists(other));
  EXPECT_TRUE(fs::exists(living));
  EXPECT_TRUE(fs::exists(locked));
  EXPECT_TRUE(fs::exists(foreign));
  EXPECT_TRUE(fs::exists(unnumbered));
}

TEST(File, WhenTheDiskIsFullTheOldFileStaysAndNothingElse) {
  const TemporaryFolder folder;
  write_file(folder / "a", "old");
  EXPECT_TRUE(in_a_child([&] {
    const rlimit small{100, 100};
    ::setrlimit(RLIMIT_FSIZE, &small);
    std::signal(SIGXFSZ, SIG_IGN);
    try {
      write_file(folder / "a", std::string(1000, 'x'));
      return false;
    } catch (const Error& error) {
      return std::string(error.what()).find((folder / "a").string()) != std::string::npos;
    }
  }));
  EXPECT_EQ(read_file(folder / "a"), "old");
  EXPECT_EQ(files_in(folder.path()), 1);
}

TEST(File, ANewFileNeedsNoSpecialRename) {
  const TemporaryFolder folder;
  EXPECT_TRUE(in_a_child([&] {
    lose_renameat2();
    write_new_file(folder / "a", "first");
    try {
      write_new_file(folder / "a", "second");
      return false;
    } catch (const Error&) {
      return true;
    }
  }));
  EXPECT_EQ(read_file(folder / "a"), "first");
  EXPECT_EQ(files_in(folder.path()), 1);
}

TEST(File, AFileWithoutALeaveToReadItsFolderIsWritten) {
  const TemporaryFolder folder;
  const fs::path drop = folder / "drop";
  fs::create_directory(drop);
  ASSERT_EQ(::chmod(folder.path().c_str(), 0711), 0);
  ASSERT_EQ(::chmod(drop.c_str(), 0733), 0);
  EXPECT_TRUE(in_a_child([&] {
    if (::geteuid() == 0 && ::seteuid(65534) != 0) return false;
    write_file(drop / "a.png", "bytes");
    return true;
  }));
  EXPECT_EQ(read_file(drop / "a.png"), "bytes");
}

}  // namespace
}  // namespace stepwise
