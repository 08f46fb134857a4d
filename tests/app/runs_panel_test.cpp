#include <gtest/gtest.h>

#include "headless_imgui.h"
#include "panels/panels.h"

namespace stepwise {
namespace {

class RunsPanel : public testing::Test {
 protected:
  RunsPanel() {
    ModelOpened model;
    model.class_names = {"Trouser", "Bag"};
    apply(model, view);
    apply(CheckpointSaved{"runs/1", 500}, view);
  }
  void press(const char* label) {
    gui.press(label, [&] { runs_panel(view, ui, out); });
  }

  HeadlessImGui gui;
  View view;
  Ui ui;
  Commands out;
};

TEST_F(RunsPanel, OpensATypedFolder) {
  ui.runs.folder = "models/mine";
  press("Open folder");
  ASSERT_EQ(out.size(), 1u);
  EXPECT_EQ(std::get<OpenModel>(out[0]).folder, "models/mine");
}

TEST_F(RunsPanel, DoesNotOpenNothing) {
  press("Open folder");
  EXPECT_TRUE(out.empty());
}

TEST_F(RunsPanel, OpensAndTrainsOnTheChosenRun) {
  press("Open run");
  EXPECT_TRUE(out.empty());  // None is chosen.
  ui.runs.chosen = "runs/1";
  press("Open run");
  ASSERT_EQ(out.size(), 1u);
  EXPECT_EQ(std::get<OpenModel>(out[0]).folder, "runs/1");
  press("Train on");
  ASSERT_EQ(out.size(), 2u);
  EXPECT_EQ(std::get<Train>(out[1]).resume, "runs/1");
}

TEST_F(RunsPanel, EvaluatesAsManyPicturesAsChosenOfAllClasses) {
  ui.sample.label = 1;
  ui.sample.steps = 9;
  ui.runs.measured = 1234;
  press("Evaluate");
  ASSERT_EQ(out.size(), 1u);
  const SampleSettings& settings = std::get<Evaluate>(out[0]).settings;
  EXPECT_EQ(settings.count, 1234);
  EXPECT_EQ(settings.label, kAllClasses);
  EXPECT_EQ(settings.steps, 9);
}

TEST_F(RunsPanel, ShowsProgressInsteadOfTheButtonAndThenTheReport) {
  apply(EvaluationProgress{0.5, "drawing"}, view);
  press("Evaluate");
  EXPECT_TRUE(out.empty());
  press("Stop measuring");
  ASSERT_EQ(out.size(), 1u);
  EXPECT_TRUE(std::holds_alternative<StopEvaluating>(out[0]));
  const int before = ImGui::GetDrawData()->TotalVtxCount;
  Evaluated report;
  report.count = 2000;
  report.classifier = "ab";
  apply(report, view);
  gui.frame([&] { runs_panel(view, ui, out); });
  EXPECT_GT(ImGui::GetDrawData()->TotalVtxCount, before);
}

TEST(LogPanel, CountsRepeatsInsteadOfRepeatingThem) {
  HeadlessImGui gui;
  View view;
  LogUi ui;
  ui.open = true;
  for (int i = 0; i < 3; ++i) apply(Failed{"Opening 'x'", "There is none."}, view);
  apply(Warning{"Saved."}, view);
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
  for (int i = 0; i < 5; ++i) apply(Warning{"Saved " + std::to_string(i)}, view);
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
  bool open = true;
  gui.press(
      "Close", [&] { help_panel(open); }, "Help");
  EXPECT_FALSE(open);
}

}  // namespace
}  // namespace stepwise
