// The table of runs, what can be done with those that are chosen, and their comparison.
#include <gmock/gmock.h>

#include "panel_fixture.h"
#include "panels/panels.h"

namespace stepwise::app {
namespace {

using Folders = std::set<std::filesystem::path>;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Lt;

RunSummary run_in(const std::string& folder, std::int64_t saved) {
  RunSummary run;
  run.folder = folder;
  run.recipe.name = "quick";
  run.data = "bars";
  run.recipe.budget = {7, 0};
  run.step = 500;
  run.saved = saved;
  run.score = 0.25f;
  run.held_out = {{100, 0.5f, 0.5f, {}}, {500, 0.2f, 0.25f, {}}};
  run.gallery = {20, 4, 4, 1, std::vector<std::uint8_t>(20 * 16)};
  return run;
}

class RunsTable : public PanelTest {
 protected:
  explicit RunsTable(ImVec2 size = {800, 600}) : PanelTest(size) {
    for (int i = 1; i <= 3; ++i)
      apply({kNoJob, RunFound{run_in(text_of("runs/", i), 1000 - i)}}, view);
  }

  auto draw() {
    return [this] { runs_panel(view, ui, gui.pictures, out); };
  }
  void press(const char* label, const char* window = "test") { gui.press(label, draw(), window); }

  // Where the first pictures of runs are drawn, in the order of the list.
  std::vector<ImVec2> drawn(std::size_t run) const {
    std::vector<ImVec2> places;
    for (const auto& call : gui.pictures.calls)
      if (call.shown.plus.batch == view.runs[run].pictures) places.push_back(call.min);
    return places;
  }
  ImVec2 row(std::size_t run) {
    gui.frame(draw());
    const ImVec2 picture = drawn(run).at(0);
    return {picture.x + 200, picture.y + 10};
  }
  void click(std::size_t run, bool ctrl = false) {
    const ImVec2 at = row(run);
    hold_ctrl(ctrl);
    gui.click(at, draw());
    hold_ctrl(false);
    wait();
  }
  static void measure(RunSummary& run) {
    run.measured = {{.step = 400, .count = 200, .distance = 4.5f, .floor = 0.5f}};
  }
  int vertices() {
    gui.frame(draw());
    gui.frame(draw());
    return ImGui::GetDrawData()->TotalVtxCount;
  }
  // Until a click is no second half of a double one.
  void wait() {
    for (int i = 0; i < 30; ++i) gui.frame(draw());
  }
  void hold_ctrl(bool down) {
#if IMGUI_VERSION_NUM < 18700
    ImGui::GetIO().KeyCtrl = down;
#else
    ImGui::GetIO().AddKeyEvent(ImGuiMod_Ctrl, down);
#endif
  }
};

TEST_F(RunsTable, ARowShowsTheNewestPicturesOfItsRun) {
  gui.frame(draw());
  for (std::size_t run = 0; run < 3; ++run) EXPECT_EQ(drawn(run).size(), 3u);
  EXPECT_LT(drawn(0).front().y, drawn(1).front().y);
}

TEST_F(RunsTable, PicturesAreMadeOnceAndNotInEveryFrame) {
  EXPECT_TRUE(view.runs[0].gallery.pixels.empty());
  ASSERT_TRUE(view.runs[0].pictures);
  EXPECT_EQ(view.runs[0].pictures->count(), 20);
}

TEST_F(RunsTable, ARowShowsTheCurveOfItsRun) {
  gui.frame(draw());
  gui.frame(draw());
  const int with = ImGui::GetDrawData()->TotalVtxCount;
  for (RunShown& run : view.runs) run.steps.clear();
  gui.frame(draw());
  EXPECT_LT(ImGui::GetDrawData()->TotalVtxCount, with);
}

TEST_F(RunsTable, ARowShowsTheDistanceThatWasMeasuredLast) {
  const int without = vertices();
  for (RunShown& run : view.runs) measure(run);
  EXPECT_GT(vertices(), without);
}

TEST_F(RunsTable, AClickChoosesOneRunAndWithCtrlOneMoreOrLess) {
  click(0);
  EXPECT_EQ(ui.runs.chosen, (Folders{"runs/1"}));
  click(2);
  EXPECT_EQ(ui.runs.chosen, (Folders{"runs/3"}));
  click(1, true);
  EXPECT_EQ(ui.runs.chosen, (Folders{"runs/2", "runs/3"}));
  click(2, true);
  EXPECT_EQ(ui.runs.chosen, (Folders{"runs/2"}));
  EXPECT_THAT(out, IsEmpty());
}

TEST_F(RunsTable, ADoubleClickOpensTheRun) {
  const ImVec2 at = row(1);
  gui.click(at, draw());
  gui.click(at, draw());
  ASSERT_EQ(out.size(), 1u);
  EXPECT_EQ(std::get<OpenModel>(out[0].command).folder, "runs/2");
}

TEST_F(RunsTable, EnterOpensAndDeleteDiscardsWhatIsChosen) {
  gui.key(Key(ImGuiKey_Enter), draw());
  gui.key(Key(ImGuiKey_Delete), draw());
  EXPECT_THAT(out, IsEmpty());
  ui.runs.chosen = {"runs/1", "runs/3"};
  gui.key(Key(ImGuiKey_Enter), draw());
  ASSERT_EQ(out.size(), 2u);
  EXPECT_EQ(std::get<OpenModel>(out[0].command).folder, "runs/1");
  gui.key(Key(ImGuiKey_Delete), draw());
  ASSERT_EQ(out.size(), 4u);
  EXPECT_EQ(std::get<DiscardRun>(out[2].command).folder, "runs/1");
  EXPECT_EQ(std::get<DiscardRun>(out[3].command).folder, "runs/3");
  EXPECT_THAT(ui.runs.chosen, IsEmpty());
}

TEST_F(RunsTable, ARightClickChoosesTheRowAndOffersTheSameAsTheButtons) {
  ui.runs.chosen = {"runs/1"};
  gui.move(row(1), draw());
  gui.button(1, true, draw());
  gui.button(1, false, draw());
  EXPECT_EQ(ui.runs.chosen, (Folders{"runs/2"}));
  press("Discard", "Popup");
  ASSERT_EQ(out.size(), 1u);
  EXPECT_EQ(std::get<DiscardRun>(out[0].command).folder, "runs/2");
}

TEST_F(RunsTable, ARightClickOnOneOfSeveralLeavesThemChosen) {
  ui.runs.chosen = {"runs/1", "runs/2"};
  gui.move(row(1), draw());
  gui.button(1, true, draw());
  gui.button(1, false, draw());
  press("Compare", "Popup");
  EXPECT_EQ(ui.runs.chosen, (Folders{"runs/1", "runs/2"}));
  EXPECT_TRUE(ui.runs.comparing);
}

TEST_F(RunsTable, ARunInTrainingIsNotDiscarded) {
  TrainingStarted started;
  started.folder = "runs/1";
  apply({7, started}, view);
  ui.runs.chosen = {"runs/1", "runs/2"};
  press("Discard");
  gui.key(Key(ImGuiKey_Delete), draw());
  EXPECT_THAT(out, IsEmpty());
  ui.runs.chosen = {"runs/2"};
  press("Discard");
  EXPECT_EQ(out.size(), 1u);
}

TEST_F(RunsTable, WhatLiesInTheTrashIsNotListedAndTheLogSaysWhereItIs) {
  apply({7, RunDiscarded{"runs/2", "Trash/files/2"}}, view);
  ASSERT_EQ(view.runs.size(), 2u);
  EXPECT_EQ(view.runs[1].folder, "runs/3");
  ASSERT_FALSE(view.log.empty());
  EXPECT_THAT(view.log.back().text, HasSubstr("trash"));
  EXPECT_THAT(view.log.back().text, HasSubstr("runs/2"));
}

TEST_F(RunsTable, TheRunDiscardedLastIsTakenBackFirst) {
  press("Take back");
  EXPECT_THAT(out, IsEmpty());  // None was discarded.
  for (const char* name : {"3", "2", "1"})
    apply({7, RunDiscarded{text_of("runs/", name), text_of("Trash/files/", name)}}, view);
  ASSERT_THAT(view.runs, IsEmpty());
  press("Take back");
  ASSERT_EQ(out.size(), 1u);
  EXPECT_EQ(std::get<TakeBackRun>(out[0].command).place, "Trash/files/1");
  begin_job(out[0].id, view);
  press("Take back");
  EXPECT_EQ(out.size(), 1u);  // It is on its way.
  apply({out[0].id, RunTakenBack{"runs/1"}}, view);
  apply({out[0].id, Finished{}}, view);
  press("Take back");
  ASSERT_EQ(out.size(), 2u);
  EXPECT_EQ(std::get<TakeBackRun>(out[1].command).place, "Trash/files/2");
}

TEST_F(RunsTable, RunsThatAreNotInTheFolderAnyMoreAreNotListed) {
  apply({kNoJob, RunFound{run_in("elsewhere/4", 1)}}, view);
  apply({7, RunsListed{"runs", {"runs/3", "runs/1"}}}, view);
  ASSERT_EQ(view.runs.size(), 3u);
  EXPECT_EQ(view.runs[0].folder, "runs/1");
  EXPECT_EQ(view.runs[1].folder, "runs/3");
  EXPECT_EQ(view.runs[2].folder, "elsewhere/4");
}

TEST_F(RunsTable, OnlyRunsThatCanBeSeenAreDrawn) {
  for (int i = 0; i < 200; ++i) apply({kNoJob, RunFound{run_in(text_of("more/", i), i)}}, view);
  gui.frame(draw());
  gui.frame(draw());
  EXPECT_THAT(gui.pictures.calls.size(), Lt(60u));
}

TEST_F(RunsTable, OneRunAloneIsNotCompared) {
  ui.runs.chosen = {"runs/1"};
  press("Compare");
  EXPECT_FALSE(ui.runs.comparing);
}

TEST_F(RunsTable, ComparedRunsHaveTheirPicturesSideBySideAndTheListComesBack) {
  ui.runs.chosen = {"runs/1", "runs/3"};
  press("Compare");
  ASSERT_TRUE(ui.runs.comparing);
  gui.frame(draw());
  ASSERT_EQ(drawn(0).size(), 20u);
  ASSERT_EQ(drawn(2).size(), 20u);
  EXPECT_THAT(drawn(1), IsEmpty());
  for (std::size_t i = 0; i < 20; ++i) {
    EXPECT_EQ(drawn(0)[i].y, drawn(2)[i].y);
    EXPECT_EQ(drawn(2)[i].x - drawn(0)[i].x, drawn(2)[0].x - drawn(0)[0].x);
  }
  press("All runs");
  EXPECT_FALSE(ui.runs.comparing);
  gui.frame(draw());
  EXPECT_EQ(drawn(1).size(), 3u);
}

TEST_F(RunsTable, AComparisonEndsWhereTooFewRunsAreLeft) {
  ui.runs.chosen = {"runs/1", "runs/3"};
  press("Compare");
  apply({7, RunDiscarded{"runs/3", "Trash/files/3"}}, view);
  gui.frame(draw());
  gui.frame(draw());
  EXPECT_FALSE(ui.runs.comparing);
  EXPECT_EQ(drawn(0).size(), 3u);
}

class NarrowRunsTable : public RunsTable {
 protected:
  NarrowRunsTable() : RunsTable({250, 400}) {}
};

TEST_F(NarrowRunsTable, HasNoRoomForDistances) {
  const int without = vertices();
  for (RunShown& run : view.runs) measure(run);
  EXPECT_EQ(vertices(), without);
}

TEST_F(NarrowRunsTable, HasOnePictureForEachRunAndEveryButtonInSight) {
  ui.runs.chosen = {"runs/1", "runs/3"};
  gui.frame(draw());
  EXPECT_EQ(drawn(0).size(), 1u);
  press("Compare");
  gui.frame(draw());
  for (const auto& call : gui.pictures.calls) {
    EXPECT_GE(call.min.x, 0);
    EXPECT_LE(call.max.x, 250);
  }
}

}  // namespace
}  // namespace stepwise::app
