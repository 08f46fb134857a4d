#include "view/edits.h"

#include <gtest/gtest.h>

#include "stage.h"

namespace stepwise {
namespace {

class Edits : public testing::Test {
 protected:
  Edits() { stage.sample(); }

  // A stroke at the playhead, without a mouse.
  void paint(Surface surface, float x, float y) {
    const auto place = paintable(stage.view, stage.ui, surface);
    ASSERT_TRUE(place);
    begin_stroke(stage.view, stage.ui, *place, x, y, out);
    end_stroke(stage.ui);
  }
  Picture guess() const {
    return lookup(stage.view, stage.ui.playhead.branch, stage.ui.playhead.step,
                  stage.ui.playhead.picture)
        .guess;
  }

  Stage stage;
  Commands out;
};

TEST_F(Edits, AStrokeChangesOnlyWhatTheBrushCovers) {
  stage.ui.brush = {1, 1, 0};
  paint(Surface::kGuess, 4.5f, 6.5f);
  const Painting& painting = *painting_here(stage.view, stage.ui);
  Image expected = image_of(guess());
  expected.at(6, 4) = 1;
  EXPECT_EQ(image_of(painting.painted), expected);
}

TEST_F(Edits, EachStrokeAsksForOnePreviewOfWhatWasPainted) {
  paint(Surface::kGuess, 4, 6);
  ASSERT_EQ(out.size(), 1u);
  const Preview& preview = std::get<Preview>(out[0].command);
  EXPECT_EQ(out[0].id, stage.ui.preview_asked);
  EXPECT_EQ(preview.fork.edit.step, 4);
  EXPECT_EQ(preview.fork.edit.painted, image_of(painting_here(stage.view, stage.ui)->painted));
}

TEST_F(Edits, OfManyMovesInAFrameOnlyTheNewestIsAskedAbout) {
  const auto place = paintable(stage.view, stage.ui, Surface::kGuess);
  begin_stroke(stage.view, stage.ui, *place, 4, 6, out);
  for (int i = 0; i < 5; ++i) continue_stroke(stage.view, stage.ui, 5 + float(i), 6, out);
  ASSERT_EQ(out.size(), 1u);
  EXPECT_EQ(std::get<Preview>(out[0].command).fork.edit.painted,
            image_of(painting_here(stage.view, stage.ui)->painted));
}

TEST_F(Edits, UndoGivesBackExactlyWhatWasThere) {
  paint(Surface::kGuess, 4, 6);
  const Picture first = painting_here(stage.view, stage.ui)->painted;
  paint(Surface::kGuess, 20, 20);
  undo(stage.view, stage.ui, out);
  EXPECT_EQ(painting_here(stage.view, stage.ui)->painted, first);
  undo(stage.view, stage.ui, out);
  EXPECT_FALSE(painting_here(stage.view, stage.ui));
  redo(stage.view, stage.ui, out);
  EXPECT_EQ(painting_here(stage.view, stage.ui)->painted, first);
}

TEST_F(Edits, UndoTakesThePlayheadToTheStrokeThatComesBack) {
  paint(Surface::kGuess, 4, 6);
  go_to(stage.view, stage.ui, 2);
  paint(Surface::kGuess, 4, 6);
  undo(stage.view, stage.ui, out);
  EXPECT_EQ(stage.ui.playhead.step, 4);
}

TEST_F(Edits, TheHistoryIsBounded) {
  for (int i = 0; i < 200; ++i) paint(Surface::kGuess, float(i % 28), float(i / 28));
  int undone = 0;
  while (stage.ui.history.can_undo()) {
    undo(stage.view, stage.ui, out);
    ++undone;
  }
  EXPECT_EQ(undone, int(kMostUndo));
}

TEST_F(Edits, AStrokeAfterUndoForgetsWhatWasUndone) {
  paint(Surface::kGuess, 4, 6);
  undo(stage.view, stage.ui, out);
  paint(Surface::kGuess, 20, 6);
  EXPECT_FALSE(stage.ui.history.can_redo());
}

TEST_F(Edits, TheEraserBringsTheGuessBack) {
  stage.ui.brush = {1, 5, 0};
  paint(Surface::kGuess, 14, 14);
  stage.ui.tool = Tool::kEraser;
  stage.ui.brush = {-1, 20, 0};
  paint(Surface::kGuess, 14, 14);
  EXPECT_EQ(image_of(painting_here(stage.view, stage.ui)->painted), image_of(guess()));
}

TEST_F(Edits, AFinishedPictureCannotBePainted) {
  go_to(stage.view, stage.ui, 8);
  EXPECT_FALSE(paintable(stage.view, stage.ui, Surface::kGuess));
  EXPECT_FALSE(can_resample(stage.view, stage.ui));
}

TEST_F(Edits, ResamplingSendsThePaintedPictureAndFollowsTheNewBranch) {
  stage.ui.playhead.picture = 2;
  paint(Surface::kGuess, 4, 6);
  const Image picture = image_of(painting_here(stage.view, stage.ui)->painted);
  out.clear();
  resample(stage.view, stage.ui, out);
  ASSERT_EQ(out.size(), 1u);
  const Resample& asked = std::get<Resample>(out[0].command);
  EXPECT_EQ(asked.fork.edit.painted, picture);
  EXPECT_EQ(asked.fork.edit.branch, 0);
  EXPECT_EQ(asked.fork.edit.step, 4);
  EXPECT_EQ(asked.fork.edit.picture, 2);
  EXPECT_EQ(asked.fork.settings.label, 2);  // "All classes in turn" is the picture's own class.

  stage.ask(out[0]);
  follow(stage.view, stage.ui, 0);
  EXPECT_EQ(stage.ui.playhead.branch, 1);
  EXPECT_EQ(stage.ui.playhead.step, 8);
  EXPECT_FALSE(painting_here(stage.view, stage.ui));
}

TEST_F(Edits, AnUnchangedPictureIsNotWorthAForkButFreshNoiseOrAnotherClassIs) {
  EXPECT_FALSE(can_resample(stage.view, stage.ui));
  stage.ui.noise = NoiseSource::kFresh;
  EXPECT_TRUE(can_resample(stage.view, stage.ui));
  stage.ui.noise = NoiseSource::kImplied;
  stage.ui.sample.label = 7;
  EXPECT_TRUE(can_resample(stage.view, stage.ui));
}

TEST_F(Edits, EachForkWithFreshNoiseDrawsAnother) {
  stage.ui.noise = NoiseSource::kFresh;
  resample(stage.view, stage.ui, out);
  resample(stage.view, stage.ui, out);
  ASSERT_EQ(out.size(), 2u);
  EXPECT_NE(std::get<Resample>(out[0].command).fork.edit.noise_seed,
            std::get<Resample>(out[1].command).fork.edit.noise_seed);
}

TEST_F(Edits, PaintingOnTheNoisyPictureCanBePutRight) {
  stage.ui.brush = {1, 4, 0};
  paint(Surface::kNoisy, 10, 10);
  EXPECT_EQ(std::get<Preview>(out.back().command).fork.edit.surface, Surface::kNoisy);
  out.clear();
  put_right(stage.view, stage.ui, out);
  // The same stroke, on the guess.
  ASSERT_EQ(out.size(), 1u);
  const Edit& edit = std::get<Preview>(out[0].command).fork.edit;
  EXPECT_EQ(edit.surface, Surface::kGuess);
  EXPECT_EQ(edit.painted.at(10, 10), 1);
  EXPECT_EQ(edit.painted.at(0, 0), guess().at(0, 0));
  undo(stage.view, stage.ui, out);
  EXPECT_EQ(painting_here(stage.view, stage.ui)->place.surface, Surface::kNoisy);
}

TEST_F(Edits, AnEditBeforeAForkBelongsToTheBranchThatComputedTheFrame) {
  paint(Surface::kGuess, 4, 6);
  resample(stage.view, stage.ui, out);
  stage.ask(out.back());
  follow(stage.view, stage.ui, 0);
  go_to(stage.view, stage.ui, 2);
  EXPECT_EQ(stage.ui.playhead.branch, 1);
  EXPECT_EQ(paintable(stage.view, stage.ui, Surface::kGuess)->branch, 0);
}

TEST_F(Edits, APreviewAsksForExactlyWhatResamplingWouldDo) {
  stage.ui.sample.label = 7;
  stage.ui.sample.guidance = 4;
  stage.ui.model = 77;
  paint(Surface::kGuess, 4, 6);
  const Fork previewed = std::get<Preview>(out.back().command).fork;
  resample(stage.view, stage.ui, out);
  const Fork& resampled = std::get<Resample>(out.back().command).fork;
  EXPECT_EQ(previewed.model, resampled.model);
  EXPECT_EQ(previewed.settings, resampled.settings);
  EXPECT_EQ(previewed.edit.painted, resampled.edit.painted);
  EXPECT_EQ(resampled.settings.label, 7);
  EXPECT_EQ(resampled.settings.guidance, 4);
}

TEST_F(Edits, AnotherModelOrOtherSettingsAskForAnotherPreviewOnce) {
  const auto asks = [&] {
    out.clear();
    keep_preview_true(stage.view, stage.ui, out);
    return out.size();
  };
  paint(Surface::kGuess, 4, 6);
  EXPECT_EQ(asks(), 0u);
  stage.ui.sample.guidance = 4;
  EXPECT_EQ(asks(), 1u);
  EXPECT_EQ(asks(), 0u);
  stage.ui.model = 77;
  EXPECT_EQ(asks(), 1u);
  EXPECT_EQ(asks(), 0u);
  discard_painting(stage.ui);
  stage.ui.sample.guidance = 5;
  EXPECT_EQ(asks(), 0u);
}

}  // namespace
}  // namespace stepwise
