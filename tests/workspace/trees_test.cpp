#include "view/trees.h"

#include <gtest/gtest.h>

#include "stage.h"
#include "view/quantities.h"

namespace stepwise::app {
namespace {

class Trees : public testing::Test {
 protected:
  Trees() { stage.sample(); }

  std::vector<BranchId> there() {
    std::vector<BranchId> ids;
    for (const Branch& branch : stage.view.branches)
      if (is_there(stage.view, stage.ui, branch.start.id)) ids.push_back(branch.start.id);
    return ids;
  }
  // A fork by fresh noise at the playhead.
  void edit() {
    go_to(stage.view, stage.ui, 4);
    stage.ui.noise = NoiseSource::kFresh;
    stage.key('R');
    stage.frame();
  }
  using Ids = std::vector<BranchId>;
  Stage stage;
  Commands out;
};

TEST_F(Trees, ARunStandsBesideThoseBeforeAndUndoTakesItAway) {
  go_to(stage.view, stage.ui, 3);
  stage.sample();
  EXPECT_EQ(there(), (Ids{0, 1}));
  EXPECT_EQ(stage.ui.playhead.branch, 1);
  EXPECT_EQ(stage.ui.history.undoable()->what, "run");
  undo(stage.view, stage.ui, out);
  follow(stage.view, stage.ui, 0);
  EXPECT_EQ(there(), (Ids{0}));
  EXPECT_EQ(stage.ui.playhead.branch, 0);
  EXPECT_EQ(stage.ui.playhead.step, 3);
  redo(stage.view, stage.ui, out);
  follow(stage.view, stage.ui, 0);
  EXPECT_EQ(there(), (Ids{0, 1}));
  EXPECT_EQ(stage.ui.playhead.branch, 1);
}

TEST_F(Trees, UndoOfAnEditBringsItsPaintingBack) {
  stage.stroke(5.5f, 6.5f, 12.5f, 6.5f);
  const Layers layers = painting_here(stage.view, stage.ui)->layers;
  const int step = stage.ui.playhead.step;
  stage.key('R');
  stage.frame();
  EXPECT_EQ(stage.ui.playhead.branch, 1);
  EXPECT_TRUE(stage.ui.history.now().paintings.empty());
  undo(stage.view, stage.ui, out);
  follow(stage.view, stage.ui, 0);
  EXPECT_EQ(there(), (Ids{0}));
  EXPECT_EQ(stage.ui.playhead.step, step);
  ASSERT_TRUE(painting_here(stage.view, stage.ui));
  EXPECT_EQ(painting_here(stage.view, stage.ui)->layers, layers);
}

TEST_F(Trees, WhatWasUndoneStaysAwayWhenSomethingElseIsDone) {
  stage.sample();
  undo(stage.view, stage.ui, out);
  stage.sample();
  EXPECT_EQ(there(), (Ids{0, 2}));
  undo(stage.view, stage.ui, out);
  EXPECT_EQ(there(), (Ids{0}));
}

TEST_F(Trees, WhatIsDeletedGoesWithAllItsEditsAndComesBack) {
  edit();
  edit();
  ASSERT_EQ(there(), (Ids{0, 1, 2}));
  stage.sample();
  delete_branch(stage.view, stage.ui, 0, out);
  follow(stage.view, stage.ui, 0);
  EXPECT_EQ(there(), (Ids{3}));
  EXPECT_EQ(roots(stage.view, stage.ui).size(), 1u);
  EXPECT_EQ(stage.ui.history.undoable()->what, "deletion of a tree");
  undo(stage.view, stage.ui, out);
  EXPECT_EQ(there(), (Ids{0, 1, 2, 3}));
}

TEST_F(Trees, TheDeleteKeyTakesTheBranchUnderThePlayheadAndGoesToWhatItWasForkedFrom) {
  edit();
  ASSERT_EQ(stage.ui.playhead.branch, 1);
  stage.key(ImGuiKey_Delete);
  EXPECT_EQ(there(), (Ids{0}));
  EXPECT_EQ(stage.ui.playhead.branch, 0);
}

TEST_F(Trees, WhereAllAreDeletedTheWindowIsEmptyAndUndoFillsIt) {
  delete_branch(stage.view, stage.ui, 0, out);
  stage.frame();
  EXPECT_FALSE(find_branch(stage.view, stage.ui.playhead.branch));
  stage.key('Z', true);
  EXPECT_EQ(there(), (Ids{0}));
  EXPECT_EQ(stage.ui.playhead.branch, 0);
}

TEST_F(Trees, ABranchThatRunsIsStoppedWhenItIsTakenAway) {
  begin_job(77, stage.view);
  stage.view.branches[0].job = 77;
  --stage.view.branches[0].newest;  // It is not done.
  delete_branch(stage.view, stage.ui, 0, out);
  ASSERT_EQ(out.size(), 1u);
  EXPECT_EQ(std::get<Cancel>(out[0].command).job, 77u);
}

TEST_F(Trees, SettingsAreUndoneByName) {
  stage.frame();
  stage.ui.sample.guidance = 4;
  stage.frame();
  EXPECT_EQ(stage.ui.history.undoable()->what, "change of guidance");
  stage.ui.condition = Condition{3};
  stage.frame();
  EXPECT_EQ(stage.ui.history.undoable()->what, "choice of a class");
  stage.key('Z', true);
  EXPECT_FALSE(stage.ui.condition);
  EXPECT_EQ(stage.ui.sample.guidance, 4);
  stage.key('Z', true);
  EXPECT_EQ(stage.ui.sample.guidance, 1);
  stage.key('Y', true);
  EXPECT_EQ(stage.ui.sample.guidance, 4);
}

TEST_F(Trees, TheHistoryLeadsBackToAnEarlierTree) {
  stage.sample();
  stage.frame();
  stage.click_picture(shown_quantity(stage.view, 0, 8, 0, Quantity::kGuess).plus);
  EXPECT_EQ(stage.ui.playhead.branch, 0);
  EXPECT_TRUE(stage.asked.empty());
}

}  // namespace
}  // namespace stepwise::app
