#include <gtest/gtest.h>

#include "panel_fixture.h"
#include "panels/panels.h"
#include "panels/train_parts.h"

namespace stepwise::app {
namespace {

class TrainPanel : public PanelTest {
 protected:
  TrainPanel() : PanelTest({400, 2000}) {}

  void start() {
    TrainingStarted started;
    started.folder = "runs/1";
    started.recipe = ui.train.recipe;
    started.bin_edges = {0.1, 1, 10};
    started.gallery = {{0}, {1}};
    apply({5, started}, view);
  }
  void report(bool paused) {
    TrainingProgress progress;
    for (int i = 1; i <= 20; ++i) progress.points.push_back({i, 0.1 * i, 1.f / float(i), 1, 0.01f});
    progress.held_out = {{10, 0.5f, 0.6f, {0.5f, 0.7f}}, {20, 0.4f, 0.5f, {0.4f, 0.6f}}};
    progress.step = 20;
    progress.paused = paused;
    apply({kNoJob, progress}, view);
  }
  void gallery(std::int64_t step) {
    ImageBatch batch{2, 2, 2, 1, {}};
    batch.pixels.assign(8, float(step) / 100);
    apply({kNoJob, GalleryReady{step, 0.1 * double(step), batch}}, view);
  }

  void draw() {
    train_panel(view, ui, gui.pictures, out);
    learning_panel(view, ui, gui.pictures, out);
  }
  void press(const char* label) {
    gui.press(label, [&] { draw(); });
  }
};

TEST_F(TrainPanel, StartPostsTheRecipeOnScreen) {
  ui.train.recipe.batch = 7;
  ui.train.recipe.budget.minutes = 3.5;
  ui.train.data = {"folder/of/idx", true};
  press("Start training");
  ASSERT_EQ(out.size(), 1u);
  const Train& train = std::get<Train>(out[0].command);
  EXPECT_EQ(train.recipe, ui.train.recipe);
  EXPECT_EQ(train.data, ui.train.data);
  EXPECT_TRUE(train.resume.empty());
}

TEST_F(TrainPanel, PicturesAreAskedForInASizeThatIsChosen) {
  press("##Size");
  gui.press(
      "32 x 32", [&] { draw(); }, "Combo");
  press("Start training");
  ASSERT_EQ(out.size(), 1u);
  EXPECT_EQ(std::get<Train>(out[0].command).data.size, 32);
}

TEST_F(TrainPanel, ShowsWhatALossIsMadeOfUntilItIsClosed) {
  start();
  report(false);
  gallery(20);
  const ImageBatch two{2, 2, 2, 1, std::vector<float>(8)};
  apply({9, LevelsLookedAt{1, 20, {7, 3}, {0, 1}, {2, 5}, {0.9, 0.4}, two, two, two}}, view);
  gui.frame([&] { draw(); });
  const auto shown = [&](const Pictures& wanted) {
    return std::ranges::count_if(gui.pictures.calls, [&](const RecordingRenderer::Call& call) {
      return call.shown.plus.batch == wanted;
    });
  };
  EXPECT_EQ(shown(view.levels.clean), 2);
  EXPECT_EQ(shown(view.levels.noisy), 2);
  EXPECT_EQ(shown(view.levels.guess), 4);  // The guess itself, and what is wrong with it.
  EXPECT_EQ(shown(view.training.galleries.back().pictures), 0);
  press("Again");
  ASSERT_EQ(out.size(), 1u);
  EXPECT_EQ(std::get<LookAtLevels>(out[0].command).bin, 1);
  press("Close");
  gui.frame([&] { draw(); });
  EXPECT_EQ(shown(view.levels.clean), 0);
  EXPECT_EQ(shown(view.training.galleries.back().pictures), 2);
}

TEST_F(TrainPanel, WhatALossIsMadeOfStandsInOneOrderThenAndNow) {
  start();
  report(false);
  TrainingMarked marked{"runs/1", ui.train.recipe, {{"runs/1/marks/10", 10, 1, ""}}};
  apply({5, marked}, view);
  ui.train.levels_then = 10;
  const ImageBatch two{2, 2, 2, 1, std::vector<float>(8)};
  apply({9, LevelsLookedAt{1, 10, {7, 3}, {0, 1}, {2, 5}, {0.9, 0.4}, two, two, two, true}}, view);
  press("Now");
  ASSERT_EQ(out.size(), 1u);
  EXPECT_EQ(std::get<LookAtLevels>(out[0].command).bin, 1);
  EXPECT_FALSE(std::get<LookAtLevels>(out[0].command).at);
  apply({10, LevelsLookedAt{1, 20, {3, 7}, {1, 0}, {5, 2}, {0.5, 0.3}, two, two, two}}, view);
  gui.frame([&] { draw(); });
  std::vector<int> shown;
  for (const RecordingRenderer::Call& call : gui.pictures.calls)
    if (call.shown.plus.batch == view.levels.clean) shown.push_back(call.shown.plus.index);
  EXPECT_EQ(shown, (std::vector{1, 0}));  // Picture 7 first, as it stood.
  press("Then");
  ASSERT_EQ(out.size(), 2u);
  EXPECT_EQ(std::get<LookAtLevels>(out[1].command).at, 10);
  marked.marks[0].file.clear();  // It made room for others.
  apply({5, marked}, view);
  press("Then");
  EXPECT_EQ(out.size(), 2u);
}

TEST_F(TrainPanel, GoesOnWithTheModelInUseWhereThatIsAskedFor) {
  ModelOpened model;
  model.id = 3;
  model.folder = "models/dresses";
  apply({kNoJob, model}, view);
  ui.model = 3;
  ui.train.data.place = "dresses";
  press("Start training");
  press("##From model");
  press("Start training");
  ASSERT_EQ(out.size(), 2u);
  EXPECT_TRUE(std::get<Train>(out[0].command).from.empty());
  EXPECT_EQ(std::get<Train>(out[1].command).from, "models/dresses");
}

TEST_F(TrainPanel, ARecipeThatTunesAModelWaitsForOne) {
  ModelOpened model;
  model.id = 3;
  model.folder = "models/dresses";
  apply({kNoJob, model}, view);
  ui.model = 3;
  ui.train.recipe.consistency = 8;
  press("Start training");
  EXPECT_TRUE(out.empty());
  press("##From model");
  press("Start training");
  ASSERT_EQ(out.size(), 1u);
  EXPECT_EQ(std::get<Train>(out[0].command).from, "models/dresses");
}

TEST_F(TrainPanel, ARunCanBePausedResumedAndStopped) {
  start();
  report(false);
  press("Pause");
  ASSERT_EQ(out.size(), 1u);
  EXPECT_EQ(std::get<Pause>(out[0].command).job, 5u);
  EXPECT_TRUE(std::get<Pause>(out[0].command).paused);
  report(true);
  press("Resume");
  ASSERT_EQ(out.size(), 2u);
  EXPECT_FALSE(std::get<Pause>(out[1].command).paused);
  press("Stop and save");
  ASSERT_EQ(out.size(), 3u);
  EXPECT_EQ(std::get<Cancel>(out[2].command).job, 5u);
}

TEST_F(TrainPanel, ARunThatIsDiscardedEndsFirstAndCanBeTakenBack) {
  start();
  report(false);
  press("Stop and discard");
  ASSERT_EQ(out.size(), 2u);
  EXPECT_EQ(std::get<Cancel>(out[0].command).job, 5u);
  EXPECT_EQ(std::get<DiscardRun>(out[1].command).folder, "runs/1");
  apply({5, TrainingDone{"runs/1", 20, true, "Stopped."}}, view);
  press("Take back");
  EXPECT_EQ(out.size(), 2u);  // It is not in the trash yet.
  apply({out[1].id, RunDiscarded{"runs/1", "Trash/files/1"}}, view);
  press("Take back");
  ASSERT_EQ(out.size(), 3u);
  EXPECT_EQ(std::get<TakeBackRun>(out[2].command).place, "Trash/files/1");
}

TEST_F(TrainPanel, AModelWhoseFewStepWeightsWereTunedCanBeOpenedAgainToUseThem) {
  start();
  report(false);
  apply({5, TrainingDone{"runs/1/few-steps", 20, false, "", "runs/1"}}, view);
  press("Open again");
  ASSERT_EQ(out.size(), 1u);
  EXPECT_EQ(std::get<OpenModel>(out[0].command).folder, "runs/1");
  ModelOpened model;
  model.id = out[0].id;
  model.folder = "runs/1";
  model.has_few_steps = true;
  apply({out[0].id, model}, view);
  press("Open again");
  EXPECT_EQ(out.size(), 1u);  // The button is gone.
}

TEST_F(TrainPanel, AnotherLearningRateIsPostedOnce) {
  start();
  report(false);
  ui.train.multiplier = 0.5;
  for (int i = 0; i < 3; ++i) gui.frame([&] { draw(); });
  ASSERT_EQ(out.size(), 1u);
  EXPECT_EQ(std::get<ChangeTraining>(out[0].command).multiplier, 0.5);
}

TEST_F(TrainPanel, TheGalleryFollowsTheNewestUnlessAnOlderOneIsChosen) {
  start();
  for (const int step : {10, 20, 30}) gallery(step);
  gui.frame([&] { draw(); });
  ASSERT_EQ(gui.pictures.calls.size(), 2u);
  EXPECT_EQ(gui.pictures.calls[0].shown.plus.batch, view.training.galleries[2].pictures);
  ui.train.gallery = 0;
  gui.frame([&] { draw(); });
  EXPECT_EQ(gui.pictures.calls[0].shown.plus.batch, view.training.galleries[0].pictures);
  ui.train.gallery = 99;  // More than there are, as after thinning.
  gui.frame([&] { draw(); });
  EXPECT_EQ(gui.pictures.calls[0].shown.plus.batch, view.training.galleries[2].pictures);
}

TEST_F(TrainPanel, TheCurvesAreThoseOfTheRun) {
  start();
  report(false);
  gui.frame([&] { draw(); });
  EXPECT_EQ(ui.train.curves.steps.size(), 20u);
  EXPECT_EQ(ui.train.curves.held_out, (std::vector<float>{0.6f, 0.5f}));
  start();
  gui.frame([&] { draw(); });
  EXPECT_TRUE(ui.train.curves.steps.empty());
}

TEST_F(TrainPanel, AfterTheRunItSaysHowItEndedAndOffersAnother) {
  start();
  report(false);
  apply({kNoJob,
         TrainingDone{"runs/1", 20, true, "The loss is not a number. Try a lower learning rate."}},
        view);
  press("Start training");
  ASSERT_EQ(out.size(), 1u);
  EXPECT_TRUE(std::holds_alternative<Train>(out[0].command));
}

TEST(ComparedWith, IsTheLatestPointAtHalfTheSteps) {
  std::vector<HeldOutPoint> points;
  EXPECT_EQ(compared_with(points), nullptr);
  points.push_back({10, 0, 0, {}});
  EXPECT_EQ(compared_with(points), nullptr);
  points.push_back({15, 0, 0, {}});
  EXPECT_EQ(compared_with(points)->step, 10);
  for (const int step : {20, 30, 40}) points.push_back({step, 0, 0, {}});
  EXPECT_EQ(compared_with(points)->step, 20);
}

}  // namespace
}  // namespace stepwise::app
