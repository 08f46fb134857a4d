// A window is closed and another one opened: what was there comes back, through the file.
#include "view/returning.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>

#include "error.h"
#include "image/file.h"
#include "stage.h"
#include "temporary_folder.h"
#include "view/sweep.h"
#include "view/trees.h"

namespace stepwise::app {
namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;

class ReturningTest : public testing::Test {
 protected:
  ReturningTest() {
    open_window();
    stage->sample();
    stage->frame();
    stage->frame();
  }

  void open_window() { stage.emplace(); }

  void resample_here() {
    Commands out;
    resample(stage->view, stage->ui, out);
    for (Request& request : out) stage->ask(std::move(request));
    stage->frame();
  }
  // So many branches from the step in the middle, one after the other.
  void fork(int count) {
    for (int i = 0; i < count; ++i) {
      go_to(stage->view, stage->ui, 0, 4, 0);
      stage->ui.noise = NoiseSource::kFresh;
      resample_here();
    }
  }

  // What a file keeps of the window.
  Saved kept() {
    write_file(file, encode(saved(stage->view, stage->ui)));
    return read_saved(file);
  }
  void bring_in(Saved session, bool first) {
    Commands out;
    bring_back(std::move(session), stage->view, stage->ui, out, first);
    for (Request& request : out) stage->ask(std::move(request));
    for (int i = 0; i < 4; ++i) stage->frame();
  }
  // Closes the window and opens another one with what was kept.
  void reopen() {
    Saved session = kept();
    open_window();
    bring_in(std::move(session), true);
  }

  void expect_same_pictures(const View& then, BranchId shift = 0) {
    for (const Branch& branch : then.branches) {
      const Branch* again = find_branch(stage->view, branch.start.id + shift);
      ASSERT_TRUE(again) << branch.start.id;
      EXPECT_FALSE(branch.sha256.empty());
      EXPECT_EQ(again->sha256, branch.sha256) << branch.start.id;
      EXPECT_EQ(again->start.layers, branch.start.layers);
    }
  }
  void undo_last() { stage->key(Key('Z'), true); }

  const TemporaryFolder folder;
  const std::filesystem::path file = folder / "a.stepwise";
  std::optional<Stage> stage;
};

TEST_F(ReturningTest, FiveBranchesComeBackWithTheSamePixels) {
  fork(3);
  stage->stroke(4, 4, 20, 20);
  resample_here();
  ASSERT_EQ(stage->view.branches.size(), 5u);
  const View before = stage->view;
  reopen();
  ASSERT_EQ(stage->view.branches.size(), 5u);
  expect_same_pictures(before);
  EXPECT_THAT(words_for_fidelity(stage->view, stage->ui),
              HasSubstr("5 finished branches came back, the same pixels as when saved"));
}

TEST_F(ReturningTest, TheDeskIsAsItWasLeft) {
  fork(1);
  rename_branch(stage->view, stage->ui, 1, "mine");
  stage->ui.starred.insert(0);
  stage->ui.sample.guidance = 3;
  stage->ui.condition = Condition{7};
  go_to(stage->view, stage->ui, 1, 5, 0);
  stage->frame();
  stage->stroke(4, 4, 20, 20);
  const Work before = stage->ui.history.now();
  const SampleSettings settings = stage->ui.sample;
  ASSERT_EQ(before.paintings.size(), 1u);
  reopen();
  const Work& now = stage->ui.history.now();
  EXPECT_EQ(now.paintings, before.paintings);
  EXPECT_EQ(now.names.at(1), "mine");
  EXPECT_EQ(now.newest, before.newest);
  EXPECT_TRUE(stage->ui.starred.contains(0));
  EXPECT_EQ(stage->ui.playhead.branch, 1);
  EXPECT_EQ(stage->ui.playhead.step, 5);
  EXPECT_EQ(stage->ui.sample, settings);
  EXPECT_EQ(stage->ui.condition, Condition{7});
  EXPECT_TRUE(painting_here(stage->view, stage->ui));
  EXPECT_TRUE(stage->view.failures.empty());
}

TEST_F(ReturningTest, WhatIsDoneAfterwardsIsKeptToo) {
  fork(1);
  reopen();
  stage->sample();
  stage->frame();
  EXPECT_EQ(stage->view.branches.back().start.id, 2);
  const View before = stage->view;
  reopen();
  EXPECT_EQ(stage->view.branches.size(), 3u);
  expect_same_pictures(before);
}

TEST_F(ReturningTest, WhatWasDeletedComesBackWhenUndoWantsIt) {
  fork(2);
  const std::string pixels = find_branch(stage->view, 2)->sha256;
  Commands out;
  delete_branch(stage->view, stage->ui, 2, out);
  reopen();
  EXPECT_FALSE(find_branch(stage->view, 2));
  ASSERT_TRUE(stage->ui.history.undoable());
  EXPECT_EQ(stage->ui.history.undoable()->what, "deletions of before");
  undo_last();
  stage->frame();
  ASSERT_TRUE(find_branch(stage->view, 2));
  EXPECT_EQ(find_branch(stage->view, 2)->sha256, pixels);
  EXPECT_TRUE(is_there(stage->view, stage->ui, 2));
}

TEST_F(ReturningTest, WhatHasNotComeBackIsNotLost) {
  fork(2);
  const Saved session = kept();
  open_window();
  Commands not_asked;  // The window is closed before the worker has done anything.
  bring_back(session, stage->view, stage->ui, not_asked, true);
  const Saved again = kept();
  ASSERT_EQ(again.branches.size(), session.branches.size());
  for (std::size_t i = 0; i < again.branches.size(); ++i) {
    EXPECT_EQ(again.branches[i].id, session.branches[i].id);
    EXPECT_EQ(again.branches[i].sha256, session.branches[i].sha256);
  }
}

TEST_F(ReturningTest, AnotherSessionJoinsWhatIsThereAndUndoTakesItAway) {
  fork(1);
  const Saved session = kept();
  const View saved_view = stage->view;
  open_window();
  stage->sample();
  stage->frame();
  const std::size_t before = stage->view.branches.size();
  bring_in(session, false);
  ASSERT_EQ(stage->view.branches.size(), before + 2);
  const BranchId shift = stage->view.branches[before].start.id;
  expect_same_pictures(saved_view, shift);
  EXPECT_EQ(root_of(stage->view, stage->ui.playhead.branch), shift);
  ASSERT_TRUE(stage->ui.history.undoable());
  EXPECT_EQ(stage->ui.history.undoable()->what, "opening of a session");
  undo_last();
  EXPECT_FALSE(is_there(stage->view, stage->ui, shift));
  EXPECT_TRUE(is_there(stage->view, stage->ui, 0));
}

TEST_F(ReturningTest, PicturesSideBySideAreStillSo) {
  Commands out;
  begin_sweep(stage->view, stage->ui, SweepKind::kGuidance, out);
  for (Request& request : out) stage->ask(std::move(request));
  stage->frame();
  const auto trees = stage->ui.sweeps.at(0).trees.size();
  reopen();
  ASSERT_EQ(stage->ui.sweeps.size(), 1u);
  EXPECT_EQ(together_with(stage->ui, stage->ui.sweeps[0].trees[0].root).size(), trees);
}

TEST_F(ReturningTest, AHostileDeskIsRefusedByName) {
  Saved session = saved(stage->view, stage->ui);
  session.desk.playhead.step = -5;
  write_file(file, encode(session));
  EXPECT_THAT([&] { read_saved(file); }, ThrowsMessage<Error>(HasSubstr("playhead")));
}

}  // namespace
}  // namespace stepwise::app
