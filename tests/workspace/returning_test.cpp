// A window is closed and another one opened: what was there comes back, through the file.
#include "view/returning.h"

#include <gmock/gmock.h>

#include "error_of.h"
#include "image/file.h"
#include "temporary_folder.h"
#include "view/sweep.h"
#include "view/trees.h"
#include "workspace_fixture.h"

namespace stepwise::app {
namespace {

using testing::HasSubstr;

class ReturningTest : public Workspace {
 protected:
  // What a file keeps of the window.
  Saved kept() {
    write_file(file, encode(saved(stage.view, stage.ui)));
    return read_saved(file);
  }
  // Opens it in another window.
  void bring_into(Stage& other, Saved session, bool first) {
    Commands out;
    bring_back(std::move(session), other.view, other.ui, out, first);
    for (Request& request : out) other.ask(std::move(request));
    for (int i = 0; i < 4; ++i) other.frame();
  }
  void expect_same_pictures(const View& then, const View& now, BranchId shift = 0) {
    for (const Branch& branch : then.branches) {
      const Branch* again = find_branch(now, branch.start.id + shift);
      ASSERT_TRUE(again) << branch.start.id;
      EXPECT_FALSE(branch.sha256.empty());
      EXPECT_EQ(again->sha256, branch.sha256);
      EXPECT_EQ(again->start.layers, branch.start.layers);
    }
  }

  const TemporaryFolder folder;
  const std::filesystem::path file = folder / "a.stepwise";
};

// Room for a second Dear ImGui, while it lasts.
struct OtherContext {
  OtherContext() { ImGui::SetCurrentContext(nullptr); }
  ~OtherContext() { ImGui::SetCurrentContext(before); }
  ImGuiContext* before = ImGui::GetCurrentContext();
};

struct OtherStage : OtherContext, Stage {};

// A stage without pictures.
struct Fresh : OtherStage {
  Fresh() { frame(); }
};

TEST_F(ReturningTest, FiveBranchesComeBackWithTheSamePixels) {
  fork(4);
  stage.stroke(4, 4, 20, 20);
  resample(stage.view, stage.ui, stage.asked);
  ASSERT_EQ(stage.view.branches.size(), 5u);
  Fresh other;
  bring_into(other, kept(), true);
  ASSERT_EQ(other.view.branches.size(), 5u);
  expect_same_pictures(stage.view, other.view);
  EXPECT_THAT(words_for_fidelity(other.view, other.ui),
              HasSubstr("5 finished branches came back, the same pixels as when saved"));
}

TEST_F(ReturningTest, TheDeskIsAsItWasLeft) {
  fork(1);
  rename_branch(stage.view, stage.ui, 1, "mine");
  stage.ui.starred.insert(0);
  stage.ui.sample.guidance = 3;
  stage.ui.condition = Condition{7};
  go_to(stage.view, stage.ui, 1, 5, 0);
  stage.frame();
  stage.stroke(4, 4, 20, 20);
  const Work before = stage.ui.history.now();
  ASSERT_EQ(before.paintings.size(), 1u);
  Fresh other;
  bring_into(other, kept(), true);
  const Work& now = other.ui.history.now();
  EXPECT_EQ(now.paintings, before.paintings);
  EXPECT_EQ(now.names.at(1), "mine");
  EXPECT_EQ(now.newest, before.newest);
  EXPECT_TRUE(other.ui.starred.contains(0));
  EXPECT_EQ(other.ui.playhead.branch, 1);
  EXPECT_EQ(other.ui.playhead.step, 5);
  EXPECT_EQ(other.ui.sample, stage.ui.sample);
  EXPECT_EQ(other.ui.condition, stage.ui.condition);
  EXPECT_TRUE(painting_here(other.view, other.ui));
  EXPECT_TRUE(other.view.failures.empty());
}

TEST_F(ReturningTest, WhatIsDoneAfterwardsIsKeptToo) {
  fork(1);
  Fresh other;
  bring_into(other, kept(), true);
  other.sample();
  EXPECT_EQ(other.view.branches.back().start.id, 2);
  write_file(file, encode(saved(other.view, other.ui)));
  Fresh third;
  bring_into(third, read_saved(file), true);
  expect_same_pictures(other.view, third.view);
  EXPECT_EQ(third.view.branches.size(), 3u);
}

TEST_F(ReturningTest, WhatWasDeletedComesBackWhenUndoWantsIt) {
  fork(2);
  delete_branch(stage.view, stage.ui, 2, stage.asked);
  Fresh other;
  bring_into(other, kept(), true);
  EXPECT_FALSE(find_branch(other.view, 2));
  ASSERT_TRUE(other.ui.history.undoable());
  EXPECT_EQ(other.ui.history.undoable()->what, "deletions of before");
  other.key(Key('Z'), true);
  other.frame();
  ASSERT_TRUE(find_branch(other.view, 2));
  EXPECT_EQ(find_branch(other.view, 2)->sha256, find_branch(stage.view, 2)->sha256);
  EXPECT_TRUE(is_there(other.view, other.ui, 2));
}

TEST_F(ReturningTest, WhatHasNotComeBackIsNotLost) {
  fork(2);
  Saved session = kept();
  Fresh other;
  Commands not_asked;  // The window is closed before the worker has done anything.
  bring_back(session, other.view, other.ui, not_asked, true);
  const Saved again = saved(other.view, other.ui);
  ASSERT_EQ(again.branches.size(), session.branches.size());
  for (std::size_t i = 0; i < again.branches.size(); ++i) {
    EXPECT_EQ(again.branches[i].id, session.branches[i].id);
    EXPECT_EQ(again.branches[i].sha256, session.branches[i].sha256);
  }
}

TEST_F(ReturningTest, AnotherSessionJoinsWhatIsThereAndUndoTakesItAway) {
  fork(1);
  const Saved session = kept();
  OtherStage other;
  other.sample();
  other.frame();
  const std::size_t before = other.view.branches.size();
  bring_into(other, session, false);
  ASSERT_EQ(other.view.branches.size(), before + 2);
  const BranchId shift = other.view.branches[before].start.id;
  expect_same_pictures(stage.view, other.view, shift);
  EXPECT_EQ(root_of(other.view, other.ui.playhead.branch), shift);
  EXPECT_EQ(other.ui.history.undoable()->what, "opening of a session");
  other.key(Key('Z'), true);
  EXPECT_FALSE(is_there(other.view, other.ui, shift));
  EXPECT_TRUE(is_there(other.view, other.ui, 0));
}

TEST_F(ReturningTest, PicturesSideBySideAreStillSo) {
  begin_sweep(stage.view, stage.ui, SweepKind::kGuidance, stage.asked);
  for (Request& request : std::exchange(stage.asked, {})) stage.ask(std::move(request));
  stage.frame();
  const auto trees = stage.ui.sweeps.at(0).trees.size();
  Fresh other;
  bring_into(other, kept(), true);
  ASSERT_EQ(other.ui.sweeps.size(), 1u);
  EXPECT_EQ(together_with(other.ui, other.ui.sweeps[0].trees[0].root).size(), trees);
}

TEST_F(ReturningTest, AHostileDeskIsRefusedByName) {
  Saved session = saved(stage.view, stage.ui);
  session.desk.playhead.step = -5;
  write_file(file, encode(session));
  EXPECT_THAT(error_of([&] { read_saved(file); }), HasSubstr("playhead"));
}

}  // namespace
}  // namespace stepwise::app
