#include <gtest/gtest.h>

#include "panel_fixture.h"
#include "panels/panels.h"
#include "settings/recipe_book.h"

namespace stepwise::app {
namespace {

class RunsPanel : public PanelTest {
 protected:
  RunsPanel() {
    ModelOpened model;
    model.class_names = {"Trouser", "Bag"};
    apply({kNoJob, model}, view);
    apply({kNoJob, RunFound{run("runs/1")}}, view);
  }

  static RunSummary run(const char* folder, std::int64_t saved = 1000) {
    RunSummary run;
    run.folder = folder;
    run.recipe.name = "quick";
    run.recipe.budget = {7, 0};
    run.step = 500;
    run.saved = saved;
    return run;
  }

  void draw() {
    model_panel(view, ui, gui.pictures, out);
    runs_panel(view, ui, gui.pictures, out);
  }
  void press(const char* label) {
    gui.press(label, [&] { draw(); });
  }
};

TEST_F(RunsPanel, OpensATypedFolder) {
  ui.runs.folder = "models/mine";
  press("Open folder");
  ASSERT_EQ(out.size(), 1u);
  EXPECT_EQ(std::get<OpenModel>(out[0].command).folder, "models/mine");
}

TEST_F(RunsPanel, DoesNotOpenNothing) {
  press("Open folder");
  EXPECT_TRUE(out.empty());
}

TEST_F(RunsPanel, WithoutRunsLeadsToWhereOneIsTrained) {
  view.runs.clear();
  ui.workspace = "runs";
  press("Train one");
  EXPECT_EQ(ui.workspace, "train");
}

TEST_F(RunsPanel, OpensAndTrainsOnTheChosenRun) {
  press("Open");
  EXPECT_TRUE(out.empty());  // None is chosen.
  ui.runs.chosen = {"runs/1"};
  press("Open");
  ASSERT_EQ(out.size(), 1u);
  EXPECT_EQ(std::get<OpenModel>(out[0].command).folder, "runs/1");
  press("Train on");
  ASSERT_EQ(out.size(), 2u);
  EXPECT_EQ(std::get<Train>(out[1].command).resume, "runs/1");
}

TEST_F(RunsPanel, TrainsOnWithWhereTheRunFoundItsPictures) {
  ui.runs.chosen = {"runs/1"};
  press("Train on");
  ASSERT_EQ(out.size(), 1u);
  EXPECT_EQ(std::get<Train>(out[0].command).data.place, "");
  EXPECT_EQ(std::get<Train>(out[0].command).more, Budget{});
}

TEST_F(RunsPanel, OffersAFinishedRunWhatItsRecipeAsksForOnceMore) {
  view.recipes = read_recipes({{"/quick.json", "{}"}});
  RunSummary finished = run("runs/1");
  finished.finished = true;
  apply({kNoJob, RunFound{finished}}, view);
  ui.runs.chosen = {"runs/1"};
  press("Train on");
  EXPECT_TRUE(out.empty());
  press("Train 2 min more");
  ASSERT_EQ(out.size(), 1u);
  EXPECT_EQ(std::get<Train>(out[0].command).resume, "runs/1");
  EXPECT_EQ(std::get<Train>(out[0].command).more, (Budget{2, 0}));
}

TEST_F(RunsPanel, DoesNotTrainOnWhatIsDamagedOrWhileARunGoesOn) {
  RunSummary damaged = run("runs/2");
  damaged.damage = "It is cut short.";
  apply({kNoJob, RunFound{damaged}}, view);
  ui.runs.chosen = {"runs/2"};
  press("Train on");
  ui.runs.chosen = {"runs/1"};
  view.training.running = true;
  press("Train on");
  EXPECT_TRUE(out.empty());
}

TEST_F(RunsPanel, ListsRunsNewestFirstEachOnceAsItIsNow) {
  apply({kNoJob, RunFound{run("runs/2", 3000)}}, view);
  apply({kNoJob, RunFound{run("runs/3", 2000)}}, view);
  RunSummary saved_again = run("runs/1", 4000);
  saved_again.step = 900;
  apply({kNoJob, RunFound{saved_again}}, view);
  ASSERT_EQ(view.runs.size(), 3u);
  EXPECT_EQ(view.runs[0].folder, "runs/1");
  EXPECT_EQ(view.runs[0].step, 900);
  EXPECT_EQ(view.runs[1].folder, "runs/2");
  EXPECT_EQ(view.runs[2].folder, "runs/3");
  press("Open");
  EXPECT_TRUE(out.empty());  // None is chosen; all are drawn.
}

TEST_F(RunsPanel, EvaluatesAsManyPicturesAsChosen) {
  ui.sample.steps = 9;
  ui.runs.measured = 1234;
  press("Evaluate");
  ASSERT_EQ(out.size(), 1u);
  const SampleSettings& settings = std::get<Evaluate>(out[0].command).settings;
  EXPECT_EQ(settings.count, 1234);
  EXPECT_EQ(settings.steps, 9);
}

TEST_F(RunsPanel, KnowsTheEvaluationThatItAskedFor) {
  press("Evaluate");
  ASSERT_EQ(out.size(), 1u);
  begin_job(out[0].id, view);
  press("Evaluate");
  EXPECT_EQ(out.size(), 1u);
}

TEST_F(RunsPanel, ShowsProgressInsteadOfTheButtonAndThenTheReport) {
  ui.runs.evaluation = 9;
  apply({9, Progress{0.5, "drawing"}}, view);
  press("Evaluate");
  EXPECT_TRUE(out.empty());
  press("Stop measuring");
  ASSERT_EQ(out.size(), 1u);
  EXPECT_EQ(std::get<Cancel>(out[0].command).job, 9u);
  const int before = ImGui::GetDrawData()->TotalVtxCount;
  Evaluated report;
  report.figures.count = 2000;
  report.figures.classifier = "ab";
  apply({9, report}, view);
  apply({9, Finished{}}, view);
  gui.frame([&] { draw(); });
  EXPECT_GT(ImGui::GetDrawData()->TotalVtxCount, before);
}

TEST_F(RunsPanel, KeepsShowingAnEvaluationWhenSomethingElseFails) {
  ui.runs.evaluation = 9;
  apply({9, Progress{0.5, "drawing"}}, view);
  apply({10, Failed{"Opening a model", "There is none."}}, view);
  press("Stop measuring");
  ASSERT_EQ(out.size(), 1u);
  EXPECT_EQ(std::get<Cancel>(out[0].command).job, 9u);
}

TEST(LogPanel, CountsRepeatsInsteadOfRepeatingThem) {
  HeadlessImGui gui;
  View view;
  LogUi ui;
  ui.open = true;
  for (int i = 0; i < 3; ++i) apply({kNoJob, Failed{"Opening 'x'", "There is none."}}, view);
  apply({kNoJob, Warning{"Saved."}}, view);
  ASSERT_EQ(view.log.size(), 2u);
  EXPECT_EQ(view.log[0].count, 3);
  gui.frame([&] { log_panel(view, ui); });
  EXPECT_EQ(ui.news_seen, view.news);
}

TEST(LogPanel, CanHideWhatIsNotAnError) {
  HeadlessImGui gui;
  View view;
  LogUi ui;
  ui.open = true;
  for (int i = 0; i < 5; ++i) apply({kNoJob, Warning{"Saved " + std::to_string(i)}}, view);
  const auto vertices = [&] {
    for (int i = 0; i < 3; ++i) gui.frame([&] { log_panel(view, ui); });
    return ImGui::GetDrawData()->TotalVtxCount;
  };
  const int all = vertices();
  ui.errors_only = true;
  EXPECT_LT(vertices(), all);
}

TEST(HelpPanel, ClosesByItsButton) {
  HeadlessImGui gui;
  Ui ui;
  ui.help = true;
  gui.press(
      "Close", [&] { help_panel(ui); }, "Help");
  EXPECT_FALSE(ui.help);
}

TEST(HelpPanel, ChoosesTheColorsAndTheSize) {
  HeadlessImGui gui;
  Ui ui;
  ui.help = true;
  const auto press = [&](const char* label) {
    gui.press(
        label, [&] { help_panel(ui); }, "Help");
  };
  press("Light");
  EXPECT_TRUE(ui.light);
  press("+##larger");
  EXPECT_GT(ui.scale, scale_in_use());
}

}  // namespace
}  // namespace stepwise::app
