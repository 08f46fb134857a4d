#include "panels/upkeep.h"

#include <gtest/gtest.h>

#include "stage.h"
#include "view/strokes.h"
#include "view/trees.h"

namespace stepwise::app {
namespace {

TEST(Upkeep, TheStepUnderThePlayheadComesInFullAndThenThoseAround) {
  Stage stage;
  stage.sample();
  EXPECT_FALSE(find_full(stage.view, {0, 4}));
  stage.frame();
  EXPECT_TRUE(find_full(stage.view, {0, 4}));
  EXPECT_FALSE(find_full(stage.view, {0, 5}));
  for (int i = 0; i < 12; ++i) stage.frame();
  EXPECT_EQ(stage.fetches, 9);  // Each of them once.
  for (int step = 0; step <= 8; ++step) EXPECT_TRUE(find_full(stage.view, {0, step})) << step;
}

TEST(Upkeep, StepsAroundDoNotPushOutThoseThatAreHere) {
  Stage stage;
  stage.sample();
  stage.frame();
  const FullStep here = stage.view.full_steps.back();
  for (int i = 0; i < 7; ++i) {
    FullStep large = here;
    large.of.branch = 1000 + i;
    large.guess = pictures_of(ByteBatch{1, int(kMaxFullBytes / 7 / 1024), 1024, 1, {}});
    stage.view.full_steps.push_front(large);
  }
  const int fetches = stage.fetches;
  for (int i = 0; i < 5; ++i) stage.frame();
  EXPECT_EQ(stage.fetches, fetches);
  go_to(stage.view, stage.ui, 5);  // What is on screen does.
  stage.frame();
  EXPECT_EQ(stage.fetches, fetches + 1);
}

TEST(Upkeep, StepsAroundAreNotComputedAgainForTheirOwnSake) {
  Stage stage;
  stage.sample();
  stage.view.frame_bytes = std::int64_t(stage.ui.frame_mebibytes) * kMebibyte * 2 / 3;
  for (int i = 0; i < 5; ++i) stage.frame();
  EXPECT_EQ(stage.fetches, 1);
}

TEST(Upkeep, ChangeAsksForTheStepBeforeAndNoiseForThePicturesBeside) {
  Stage stage;
  stage.sample();
  stage.ui.quantity = Quantity::kChange;
  EXPECT_EQ(steps_on_screen(stage.view, stage.ui), (std::vector<StepOfBranch>{{0, 4}, {0, 3}}));
  stage.frame();
  stage.key(Key('R'));
  stage.ui.condition = Condition{3};
  stage.key(Key('R'));
  ASSERT_EQ(stage.view.branches.size(), 2u);
  go_to(stage.view, stage.ui, 1, 6, 0);
  stage.ui.quantity = Quantity::kNoise;
  EXPECT_EQ(steps_on_screen(stage.view, stage.ui), (std::vector<StepOfBranch>{{1, 6}, {0, 6}}));
}

TEST(Upkeep, AStepThatCannotBeHadIsNotAskedForAgainAndAgain) {
  Stage stage;
  stage.sample();
  stage.ask(CloseTree{0});
  stage.ask(OpenModel{"model"});
  View& view = stage.view;
  BranchStarted start;
  start.id = 77;  // The worker knows of none.
  start.pictures = {0};
  start.conditions = {{}};
  start.sigmas = {1, 0};
  apply({kNoJob, start}, view);
  apply({kNoJob, FrameReady{77, 0, {1, 1, 1, 1, {0}}}}, view);
  for (int i = 0; i < 5; ++i) stage.frame();
  EXPECT_EQ(stage.fetches, 1);
}

TEST(Upkeep, TreesStayWhileThereIsMemoryForThem) {
  Stage stage;
  for (int i = 0; i < 4; ++i) stage.sample();
  stage.frame();
  EXPECT_EQ(stage.count_asked<CloseTree>(), 0);
  EXPECT_EQ(roots(stage.view, stage.ui).size(), 4u);
}

TEST(Upkeep, WhereMemoryIsShortTheOldestTreeWithoutAStarGoes) {
  Stage stage;
  for (int i = 0; i < 3; ++i) stage.sample();
  stage.ui.starred.insert(0);
  stage.view.frame_bytes = std::int64_t(stage.ui.frame_mebibytes) * kMebibyte + 1;
  stage.frame();
  ASSERT_EQ(stage.count_asked<CloseTree>(), 1);
  EXPECT_EQ(std::get<CloseTree>(stage.asked.back().command).root, 1);
  stage.frame();
  EXPECT_EQ(stage.count_asked<CloseTree>(), 1);  // It is told that there is room again.
}

TEST(Upkeep, WhatWasDeletedGoesFirst) {
  Stage stage;
  for (int i = 0; i < 3; ++i) stage.sample();
  Commands ignored;
  delete_branch(stage.view, stage.ui, 1, ignored);
  stage.frame();
  EXPECT_EQ(stage.count_asked<CloseTree>(), 0);  // It may come back.
  stage.view.frame_bytes = std::int64_t(stage.ui.frame_mebibytes) * kMebibyte * 2 / 3;
  stage.frame();
  ASSERT_EQ(stage.count_asked<CloseTree>(), 1);
  EXPECT_EQ(std::get<CloseTree>(stage.asked.back().command).root, 1);
}

TEST(Upkeep, WhereNoNewTreeCanBeMadeTheOldOneStays) {
  Stage stage;
  stage.sample();
  SampleSettings impossible;
  impossible.steps = -1;
  stage.ask(Sample{stage.ui.model, impossible, {}});
  stage.frame();
  EXPECT_EQ(stage.view.branches.size(), 1u);
}

TEST(Upkeep, TheWorkerIsToldHowMuchMemoryStepsMayTake) {
  Stage stage;
  stage.frame();
  EXPECT_EQ(stage.count_asked<LimitFrames>(), 0);
  stage.ui.frame_mebibytes = 64;
  stage.frame();
  stage.frame();
  ASSERT_EQ(stage.count_asked<LimitFrames>(), 1);
  EXPECT_EQ(std::get<LimitFrames>(stage.asked.back().command).bytes, 64 * kMebibyte);
}

TEST(Upkeep, APaintingIsPaintedAnewOnThePictureInFull) {
  Stage stage;
  stage.sample();
  Commands ignored;
  begin_stroke(stage.view, stage.ui, *paintable(stage.view, stage.ui), Surface::kGuess, {5, 5},
               ignored);
  const Picture before = stage.ui.painted.guess;
  stage.frame();
  stage.frame();
  EXPECT_EQ(stage.ui.painted.of, lookup(stage.view, 0, 4, 0).guess);
  EXPECT_NE(stage.ui.painted.guess, before);
}

TEST(Upkeep, RunsAreListedAnewWheneverTheirWorkspaceIsEntered) {
  View view;
  Ui ui;
  ui.runs.root = "runs";
  Commands out;
  const auto asked = [&](const char* workspace) {
    out.clear();
    ui.workspace = workspace;
    upkeep(view, ui, out);
    return std::ranges::count_if(
        out, [](const Request& r) { return std::holds_alternative<ListRuns>(r.command); });
  };
  EXPECT_EQ(asked("paint"), 0);
  EXPECT_EQ(asked("runs"), 1);
  EXPECT_EQ(asked("runs"), 0);
  EXPECT_EQ(asked("lab"), 0);
  EXPECT_EQ(asked("runs"), 1);
}

}  // namespace
}  // namespace stepwise::app
