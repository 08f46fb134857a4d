#include "view/follow.h"

#include <gtest/gtest.h>

#include "stage.h"

namespace stepwise::app {
namespace {

// A branch of one picture, from the middle of the stage's tree.
BranchStarted fork_of(const Stage& stage, int picture) {
  BranchStarted start = stage.view.branches[0].start;
  start.id = 1;
  start.parent = 0;
  start.fork = 4;
  start.pictures = {picture};
  return start;
}

TEST(Follow, TheFirstPicturesRestWhereAStrokeHolds) {
  Stage stage;
  stage.sample();
  const auto& sigmas = stage.view.branches[0].start.sigmas;
  const int step = stage.ui.playhead.step;
  EXPECT_LE(sigmas[std::size_t(step)], 1);
  EXPECT_GT(sigmas[std::size_t(step) - 1], 1);
  EXPECT_FALSE(stage.ui.follow.moving);
}

TEST(Follow, LaterOnesAreFollowedToTheirEnd) {
  Stage stage;
  stage.sample();
  stage.sample();
  EXPECT_EQ(stage.ui.playhead.step, 8);
}

TEST(Follow, ThePlayheadGoesAlongOnlyAsFarAsFramesHaveCome) {
  View view;
  Ui ui;
  BranchStarted start;
  start.pictures = {0};
  start.conditions = {{0}};
  start.sigmas = {4, 2, 1, 0.5, 0};
  apply({kNoJob, start}, view);
  follow(view, ui, 0);
  EXPECT_EQ(ui.playhead.step, 0);
  for (int k = 0; k < 4; ++k) {
    apply({kNoJob, FrameReady{0, k, {1, 1, 1, 1, {0}}}}, view);
    follow(view, ui, 0);
    EXPECT_EQ(ui.playhead.step, std::min(k, 2));  // sigma = 1.
  }
}

TEST(Follow, ABranchWithoutAPictureYetShowsWhatItWasForkedFrom) {
  Stage stage;
  stage.sample();
  const Picture before = lookup(stage.view, 0, 4, 1).guess;
  apply({kNoJob, fork_of(stage, 1)}, stage.view);
  stage.frame();
  EXPECT_EQ(stage.ui.playhead.branch, 1);
  EXPECT_EQ(stage.canvas().shown.plus, before);

  PreviewReady preview;
  preview.edit.branch = 0;
  preview.edit.step = 4;
  preview.edit.picture = 1;
  preview.noisy = preview.guess = Image(kClosedFormSide, kClosedFormSide, 1, 0.5f);
  apply({kNoJob, preview}, stage.view);
  stage.frame();
  EXPECT_EQ(stage.canvas().shown.plus, stage.view.preview->guess);
}

TEST(Follow, OfBranchesThatBeginAtOnceTheFirstIsFollowed) {
  Stage stage;
  stage.sample();
  BranchStarted start = fork_of(stage, 1);
  const auto begin = [&](BranchId id) {
    start.id = id;
    apply({kNoJob, start}, stage.view);
    follow(stage.view, stage.ui, 0);
  };
  for (const BranchId id : {1, 2, 3}) begin(id);
  EXPECT_EQ(stage.ui.playhead.branch, 1);
  apply({kNoJob, FrameReady{1, 4, {1, 1, 1, 1, {0}}}}, stage.view);
  follow(stage.view, stage.ui, 0);
  EXPECT_EQ(stage.ui.playhead.branch, 1);  // Those that were told of have been seen.
  begin(4);
  EXPECT_EQ(stage.ui.playhead.branch, 4);
}

TEST(Follow, AHandOnThePlayheadEndsFollowing) {
  Stage stage;
  stage.sample();
  stage.ui.follow.moving = true;
  stage.ui.follow.until = -1;
  go_to(stage.view, stage.ui, 1);
  follow(stage.view, stage.ui, 0);
  EXPECT_EQ(stage.ui.playhead.step, 1);
}

TEST(Follow, PlayingStepsWithTimeAndStopsAtTheEnd) {
  Stage stage;
  stage.sample();
  go_to(stage.view, stage.ui, 6);
  toggle_playing(stage.view, stage.ui, 100);
  follow(stage.view, stage.ui, 100.13);
  EXPECT_EQ(stage.ui.playhead.step, 7);
  follow(stage.view, stage.ui, 100.5);
  EXPECT_EQ(stage.ui.playhead.step, 8);
  EXPECT_FALSE(stage.ui.playhead.playing);
}

TEST(Follow, PlayingIsAsFastAsAskedForAndLoopsAfterARest) {
  Stage stage;
  stage.sample();
  go_to(stage.view, stage.ui, 6);
  stage.ui.play_speed = 4;
  stage.ui.loop = true;
  toggle_playing(stage.view, stage.ui, 100);
  follow(stage.view, stage.ui, 100.07);
  EXPECT_EQ(stage.ui.playhead.step, 8);
  follow(stage.view, stage.ui, 100.2);
  EXPECT_EQ(stage.ui.playhead.step, 8);
  follow(stage.view, stage.ui, 100.3);
  EXPECT_EQ(stage.ui.playhead.step, 0);
  EXPECT_TRUE(stage.ui.playhead.playing);
}

TEST(Follow, PlayingFromTheEndStartsAtTheBeginning) {
  Stage stage;
  stage.sample();
  go_to(stage.view, stage.ui, 8);
  toggle_playing(stage.view, stage.ui, 0);
  EXPECT_EQ(stage.ui.playhead.step, 0);
}

TEST(Follow, AnotherPictureIsLookedAtWhereItWasComputed) {
  Stage stage;
  stage.sample();
  const BranchStarted edit = fork_of(stage, 2);
  apply({kNoJob, edit}, stage.view);
  follow(stage.view, stage.ui, 0);
  EXPECT_EQ(stage.ui.playhead.branch, 1);
  EXPECT_EQ(stage.ui.playhead.picture, 2);
  go_to_picture(stage.view, stage.ui, 0);
  EXPECT_EQ(stage.ui.playhead.branch, 0);
  EXPECT_EQ(picture_of(stage.view.branches[1], 0), 2);
}

TEST(Follow, APlayheadOnAPictureThatIsGoneComesBackToOneThatExists) {
  Stage stage;
  stage.sample(5);
  stage.ui.playhead.picture = 4;
  stage.sample(2);
  EXPECT_EQ(stage.ui.playhead.picture, 1);
}

}  // namespace
}  // namespace stepwise::app
