#include "view/edits.h"
#include "view/strokes.h"

#include <gtest/gtest.h>

#include <array>

#include "stage.h"

namespace stepwise::app {
namespace {

class Edits : public testing::Test {
 protected:
  Edits() {
    stage.sample();
    stage.ask(FetchFrame{0, 4});
  }

  // A stroke at the playhead, without a mouse.
  void paint(Surface surface, float x, float y) {
    const auto place = paintable(stage.view, stage.ui);
    ASSERT_TRUE(place);
    begin_stroke(stage.view, stage.ui, *place, surface, {x, y}, out);
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
  ASSERT_TRUE(painting_here(stage.view, stage.ui));
  Image expected = image_of(guess());
  expected.at(6, 4) = 1;
  EXPECT_EQ(image_of(stage.ui.painted.guess), expected);
}

TEST_F(Edits, EachStrokeAsksForOnePreviewOfWhatWasPainted) {
  paint(Surface::kGuess, 4, 6);
  ASSERT_EQ(out.size(), 1u);
  const Preview& preview = std::get<Preview>(out[0].command);
  EXPECT_EQ(out[0].id, stage.ui.preview_asked);
  EXPECT_EQ(preview.fork.edit.step, 4);
  EXPECT_EQ(preview.fork.edit.layers, painting_here(stage.view, stage.ui)->layers);
}

TEST_F(Edits, OfManyMovesInAFrameOnlyTheNewestIsAskedAbout) {
  const auto place = paintable(stage.view, stage.ui);
  begin_stroke(stage.view, stage.ui, *place, Surface::kGuess, {4, 6}, out);
  for (int i = 0; i < 5; ++i)
    continue_stroke(stage.view, stage.ui, std::array{Point{5 + float(i), 6}}, out);
  ASSERT_EQ(out.size(), 1u);
  EXPECT_EQ(std::get<Preview>(out[0].command).fork.edit.layers,
            painting_here(stage.view, stage.ui)->layers);
}

TEST_F(Edits, AStrokeGoesThroughAllPlacesThatTheMouseCameByInAFrame) {
  const auto place = paintable(stage.view, stage.ui);
  begin_stroke(stage.view, stage.ui, *place, Surface::kGuess, {4, 6}, out);
  continue_stroke(stage.view, stage.ui, std::array{Point{9, 2}, Point{9.01f, 2}, Point{14, 6}},
                  out);
  const Layer& layer = painting_here(stage.view, stage.ui)->layers.back();
  EXPECT_EQ(std::get<Stroke>(layer.shape).path, (std::vector<Point>{{4, 6}, {9, 2}, {14, 6}}));
}

TEST_F(Edits, UndoGivesBackExactlyWhatWasThere) {
  paint(Surface::kGuess, 4, 6);
  const Image first = image_of(stage.ui.painted.guess);
  paint(Surface::kGuess, 20, 20);
  undo(stage.view, stage.ui, out);
  EXPECT_EQ(image_of(stage.ui.painted.guess), first);
  undo(stage.view, stage.ui, out);
  EXPECT_FALSE(painting_here(stage.view, stage.ui));
  redo(stage.view, stage.ui, out);
  EXPECT_EQ(image_of(stage.ui.painted.guess), first);
}

TEST_F(Edits, UndoTakesThePlayheadToWhatItTakesBack) {
  paint(Surface::kGuess, 4, 6);
  go_to(stage.view, stage.ui, 2);
  paint(Surface::kGuess, 4, 6);
  go_to(stage.view, stage.ui, 6);
  undo(stage.view, stage.ui, out);
  EXPECT_EQ(stage.ui.playhead.step, 2);
  undo(stage.view, stage.ui, out);
  EXPECT_EQ(stage.ui.playhead.step, 4);
}

TEST_F(Edits, PaintingsAtSeveralPlacesWaitSideBySide) {
  paint(Surface::kGuess, 4, 6);
  const Layers first = painting_here(stage.view, stage.ui)->layers;
  go_to(stage.view, stage.ui, 0, 2, 1);
  EXPECT_FALSE(painting_here(stage.view, stage.ui));
  paint(Surface::kGuess, 20, 20);
  EXPECT_EQ(stage.ui.history.now().paintings.size(), 2u);
  go_to(stage.view, stage.ui, 0, 4, 0);
  ASSERT_TRUE(painting_here(stage.view, stage.ui));
  EXPECT_EQ(painting_here(stage.view, stage.ui)->layers, first);
  keep_painting_true(stage.view, stage.ui);
  EXPECT_EQ(stage.ui.painted.guess.at(6, 4), 1);
  out.clear();
  ask_preview(stage.view, stage.ui, out);
  ASSERT_EQ(out.size(), 1u);  // The answer that is here is to the other one.
  EXPECT_EQ(std::get<Preview>(out[0].command).fork.edit.layers, first);
}

TEST_F(Edits, AStrokeAfterUndoForgetsWhatWasUndone) {
  paint(Surface::kGuess, 4, 6);
  undo(stage.view, stage.ui, out);
  paint(Surface::kGuess, 20, 6);
  EXPECT_FALSE(stage.ui.history.redoable());
}

TEST_F(Edits, TheEraserBringsTheGuessBack) {
  stage.ui.brush = {1, 5, 0};
  paint(Surface::kGuess, 14, 14);
  stage.ui.tool = Tool::kEraser;
  stage.ui.brush = {-1, 20, 0};
  paint(Surface::kGuess, 14, 14);
  EXPECT_EQ(image_of(stage.ui.painted.guess), image_of(guess()));
}

TEST_F(Edits, AFinishedPictureCannotBePainted) {
  go_to(stage.view, stage.ui, 8);
  EXPECT_FALSE(paintable(stage.view, stage.ui));
  EXPECT_FALSE(can_resample(stage.view, stage.ui));
}

TEST_F(Edits, ResamplingSendsTheStrokesAndFollowsTheNewBranch) {
  stage.ui.playhead.picture = 2;
  paint(Surface::kGuess, 4, 6);
  const Layers layers = painting_here(stage.view, stage.ui)->layers;
  out.clear();
  resample(stage.view, stage.ui, out);
  ASSERT_EQ(out.size(), 1u);
  const Resample& asked = std::get<Resample>(out[0].command);
  EXPECT_EQ(asked.fork.edit.layers, layers);
  EXPECT_EQ(asked.fork.edit.branch, 0);
  EXPECT_EQ(asked.fork.edit.step, 4);
  EXPECT_EQ(asked.fork.edit.picture, 2);
  EXPECT_EQ(asked.fork.condition,
            Condition{2});  // "All classes in turn" is the picture's own class.

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
  stage.ui.condition = Condition{7};
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
  const auto asked = [&] { return std::get<Preview>(out.back().command).fork.edit.layers; };
  EXPECT_TRUE(paints_on(asked(), Surface::kNoisy));
  out.clear();
  repaint_on_guess(stage.view, stage.ui, out);
  // The same stroke, on the guess.
  ASSERT_EQ(out.size(), 1u);
  EXPECT_FALSE(paints_on(asked(), Surface::kNoisy));
  EXPECT_EQ(stage.ui.painted.guess.at(10, 10), 1);
  EXPECT_EQ(stage.ui.painted.guess.at(0, 0), guess().at(0, 0));
  undo(stage.view, stage.ui, out);
  EXPECT_TRUE(paints_on(asked(), Surface::kNoisy));
}

TEST_F(Edits, StrokesOnBothPicturesBelongToOneEdit) {
  stage.ui.brush = {1, 4, 0};
  paint(Surface::kGuess, 4, 4);
  paint(Surface::kNoisy, 20, 20);
  EXPECT_EQ(painting_here(stage.view, stage.ui)->layers.size(), 2u);
  EXPECT_EQ(stage.ui.painted.guess.at(4, 4), 1);
  EXPECT_EQ(stage.ui.painted.noisy.at(20, 20), 1);
  // The noisy picture moves with the guess.
  const Picture noisy = lookup(stage.view, 0, 4, 0).noisy;
  EXPECT_NEAR(stage.ui.painted.noisy.at(4, 4) - noisy.at(4, 4), 1 - guess().at(4, 4), 1e-5);
}

TEST_F(Edits, WhatIsLockedStaysLockedInTheNextEditUntilItIsErased) {
  stage.ui.tool = Tool::kLock;
  paint(Surface::kGuess, 14, 14);
  resample(stage.view, stage.ui, out);
  stage.ask(out.back());
  follow(stage.view, stage.ui, 0);
  go_to(stage.view, stage.ui, 5);
  stage.ui.condition = Condition{7};
  resample(stage.view, stage.ui, out);  // Nothing is painted.
  const auto asked = [&] { return std::get<Resample>(out.back().command).fork.edit.layers; };
  EXPECT_EQ(asked().size(), 1u);
  EXPECT_FALSE(locked_by(asked(), 28, 28).empty());
  stage.ui.tool = Tool::kEraser;
  stage.ui.brush.size = 30;
  paint(Surface::kGuess, 14, 14);
  resample(stage.view, stage.ui, out);
  EXPECT_EQ(locked_by(asked(), 28, 28), Image(28, 28, 1));
}

TEST_F(Edits, HowTheRestIsFilledInCountsOnlyWhereSomethingIsLocked) {
  stage.ui.fill.method = FillMethod::kRepaint;
  EXPECT_FALSE(can_resample(stage.view, stage.ui));
  EXPECT_FALSE(locks_here(stage.view, stage.ui));
  stage.ui.tool = Tool::kLock;
  paint(Surface::kGuess, 4, 6);
  EXPECT_TRUE(locks_here(stage.view, stage.ui));
  EXPECT_EQ(std::get<Preview>(out.back().command).fork.edit.fill, stage.ui.fill);
}

TEST_F(Edits, AnotherWayOfFillingInIsAChangeThatIsUndone) {
  stage.ui.tool = Tool::kLock;
  paint(Surface::kGuess, 4, 6);
  const FillIn before = stage.ui.fill;
  stage.ui.fill = {FillMethod::kLangevin, 9};
  note_choices(stage.view, stage.ui);
  EXPECT_EQ(stage.ui.history.undoable()->what, "choice of filling in");
  undo(stage.view, stage.ui, out);
  EXPECT_EQ(stage.ui.fill, before);
}

TEST_F(Edits, AWishForASketchIsOfWhatThePictureLooksLikeNowWithItsPaint) {
  paint(Surface::kGuess, 4, 6);
  const Image painted = image_of(stage.ui.painted.guess);
  stage.ui.tool = Tool::kWish;
  stage.ui.wish = WishKind::kSketch;
  stage.ui.coarse = 7;
  stage.ui.shape = ShapeTool::kEverywhere;
  paint(Surface::kGuess, 4, 6);
  const Layer& layer = painting_here(stage.view, stage.ui)->layers.back();
  EXPECT_EQ(std::get<Wish>(layer.what),
            (Wish{.kind = WishKind::kSketch, .color = 1, .sketch = painted, .coarse = 7}));
  EXPECT_EQ(layer.shape, Shape(Everywhere{}));
}

TEST_F(Edits, AnEditBeforeAForkBelongsToTheBranchThatComputedTheFrame) {
  paint(Surface::kGuess, 4, 6);
  resample(stage.view, stage.ui, out);
  stage.ask(out.back());
  follow(stage.view, stage.ui, 0);
  go_to(stage.view, stage.ui, 2);
  EXPECT_EQ(stage.ui.playhead.branch, 1);
  EXPECT_EQ(paintable(stage.view, stage.ui)->branch, 0);
}

TEST_F(Edits, APreviewAsksForExactlyWhatResamplingWouldDo) {
  stage.ui.condition = Condition{7};
  stage.ui.sample.guidance = 4;
  stage.ui.model = 77;
  paint(Surface::kGuess, 4, 6);
  const Fork previewed = std::get<Preview>(out.back().command).fork;
  resample(stage.view, stage.ui, out);
  const Fork& resampled = std::get<Resample>(out.back().command).fork;
  EXPECT_EQ(previewed, resampled);
  EXPECT_EQ(resampled.condition, Condition{7});
  EXPECT_EQ(resampled.settings.guidance, 4);
}

TEST_F(Edits, WhereAPaintingLeadsIsAskedOnceItsPreviewIsThere) {
  const auto asked = [&] {
    out.clear();
    ask_ahead(stage.view, stage.ui, out);
    return out.size();
  };
  paint(Surface::kGuess, 4, 6);
  EXPECT_EQ(asked(), 0u);
  const Preview preview = std::get<Preview>((paint(Surface::kGuess, 5, 6), out.back().command));
  PreviewReady answer;
  answer.edit = preview.fork.edit;
  apply({stage.ui.preview_asked, answer}, stage.view);
  ASSERT_EQ(asked(), 1u);
  EXPECT_EQ(std::get<LookAhead>(out[0].command).fork, preview.fork);
  EXPECT_EQ(asked(), 0u);
}

TEST_F(Edits, AnotherModelOrOtherSettingsAskForAnotherPreviewOnce) {
  const auto asks = [&] {
    out.clear();
    ask_preview(stage.view, stage.ui, out);
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
  discard_painting(stage.view, stage.ui);
  stage.ui.sample.guidance = 5;
  EXPECT_EQ(asks(), 0u);
}

}  // namespace
}  // namespace stepwise::app
