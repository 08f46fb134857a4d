#include "view/history.h"

#include <gtest/gtest.h>

namespace stepwise::app {
namespace {

int undone(UndoHistory& history) {
  int count = 0;
  while (history.undo()) ++count;
  return count;
}

Layer mask_of(int side) { return {Mask{Image(side, side, 1)}, Lock{}}; }

TEST(UndoHistory, IsBoundedByTheBytesThatItTakes) {
  UndoHistory history;
  const int side = 512;  // A mask of 1 MiB.
  for (int i = 0; i < 200; ++i)
    history.begin("mask", -1).after.paintings = {{Place{0, 0, i}, {mask_of(side)}}};
  const int left = undone(history);
  EXPECT_LE(left, kMaxUndoBytes / kMebibyte + 1);
  EXPECT_GE(left, kMaxUndoBytes / kMebibyte - 1);
}

TEST(UndoHistory, RemembersManySmallChanges) {
  UndoHistory history;
  for (int i = 0; i < 1000; ++i) history.begin("renaming", -1).after.names[i % 10] = "a name";
  EXPECT_EQ(undone(history), 1000);
}

TEST(UndoHistory, TheLatestChangeCanBeUndoneHoweverLargeItIs) {
  UndoHistory history;
  for (int i = 0; i < 3; ++i)
    history.begin("mask", -1).after.paintings = {{Place{0, 0, i}, {mask_of(8192)}}};
  EXPECT_EQ(undone(history), 1);
}

}  // namespace
}  // namespace stepwise::app
