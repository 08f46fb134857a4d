// Which runs are listed, in which order, and what their curves stand over when they are compared.
#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>

#include "panel_fixture.h"
#include "panels/panels.h"
#include "panels/runs_parts.h"

namespace stepwise::app {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class RunsList : public PanelTest {
 protected:
  void add(const std::string& name, std::int64_t saved, double seconds, float score) {
    RunSummary run;
    run.folder = "runs/" + name;
    run.recipe = Recipe();
    run.data = name == "digits" ? "mnist" : "fashion-mnist";
    run.saved = saved;
    run.seconds = seconds;
    run.score = score;
    run.step = 200;
    run.held_out = {{100, 0.5f, 0.5f, {}}, {200, 0.2f, 0.25f, {}}};
    run.held_out_at = {30, 60};
    run.flops = 1e6;
    apply({kNoJob, RunFound{run}}, view);
  }
  RunsList() : PanelTest({1000, 700}) {
    add("Alpha", 10, 300, 0.5f);
    add("digits", 30, 100, NAN);
    add("beta", 20, 200, 0.25f);
  }

  std::vector<std::string> listed() const {
    std::vector<std::string> names;
    for (const RunShown* run : listed_runs(view, ui.runs)) names.push_back(run->folder.filename());
    return names;
  }
  std::vector<std::string> listed_by(RunOrder order, bool turned = false) {
    ui.runs.order = order;
    ui.runs.turned = turned;
    return listed();
  }
  auto draw() {
    return [this] { runs_panel(view, ui, gui.pictures, out); };
  }
  void compare() {
    ui.runs.chosen = {"runs/Alpha", "runs/beta"};
    ui.runs.comparing = true;
    gui.frame(draw());
  }
  // Inside the button for one of the axes, which stand at the top of a comparison.
  static ImVec2 axis_choice(int which) { return in_comparison(40 + 80 * float(which)); }
  // And for one of the curves, which follow them.
  static ImVec2 curve_choice(int which) { return in_comparison(px(362 + 60 * float(which))); }
  static ImVec2 in_comparison(float x) {
    for (const ImGuiWindow* window : ImGui::GetCurrentContext()->Windows)
      if (std::string(window->Name).find("comparison") != std::string::npos)
        return {window->Pos.x + x, window->Pos.y + 10};
    return {};
  }
  RunShown& run(const char* folder) {
    return *std::ranges::find_if(view.runs, [&](const RunShown& r) { return r.folder == folder; });
  }
  // Distances that its pictures were measured to have, at steps 100, 200, ...
  void measure(const char* folder, const std::vector<float>& distances) {
    RunSummary measured = run(folder);
    for (const float distance : distances) {
      const auto step = 100 * std::int64_t(measured.measured.size() + 1);
      measured.measured.push_back(
          {.step = step, .seconds = 0.5 * double(step), .count = 200, .distance = distance});
    }
    apply({kNoJob, RunFound{measured}}, view);
  }
};

TEST_F(RunsList, BeginsWithWhatWasSavedLast) {
  EXPECT_THAT(listed(), ElementsAre("digits", "beta", "Alpha"));
}

TEST_F(RunsList, IsSortedByAnyColumnEitherWayAndRunsWithoutAScoreComeLast) {
  EXPECT_THAT(listed_by(RunOrder::kName), ElementsAre("Alpha", "beta", "digits"));
  EXPECT_THAT(listed_by(RunOrder::kName, true), ElementsAre("digits", "beta", "Alpha"));
  EXPECT_THAT(listed_by(RunOrder::kTrained), ElementsAre("Alpha", "beta", "digits"));
  EXPECT_THAT(listed_by(RunOrder::kTrained, true), ElementsAre("digits", "beta", "Alpha"));
  EXPECT_THAT(listed_by(RunOrder::kScore), ElementsAre("beta", "Alpha", "digits"));
  EXPECT_THAT(listed_by(RunOrder::kScore, true), ElementsAre("Alpha", "beta", "digits"));
}

TEST_F(RunsList, IsSortedByTheDistancesMeasuredLastAndRunsThatWereNotMeasuredComeLast) {
  measure("runs/Alpha", {9, 2});
  measure("runs/digits", {3, 4});
  EXPECT_THAT(listed_by(RunOrder::kDistance), ElementsAre("Alpha", "digits", "beta"));
  EXPECT_THAT(listed_by(RunOrder::kDistance, true), ElementsAre("digits", "Alpha", "beta"));
}

TEST_F(RunsList, APressOnAColumnSortsByItAndASecondOneTurnsItAround) {
  const auto press = [&](const char* label) { gui.press(label, draw()); };
  press("Score");
  EXPECT_EQ(ui.runs.order, RunOrder::kScore);
  EXPECT_FALSE(ui.runs.turned);
  press("Score");
  EXPECT_TRUE(ui.runs.turned);
  press("FD");
  EXPECT_EQ(ui.runs.order, RunOrder::kDistance);
  EXPECT_FALSE(ui.runs.turned);
  press("Trained");
  EXPECT_EQ(ui.runs.order, RunOrder::kTrained);
  EXPECT_FALSE(ui.runs.turned);
  press("Saved");
  press("Run");
  EXPECT_EQ(ui.runs.order, RunOrder::kName);
}

TEST_F(RunsList, HasTheRunsInWhichAllWordsOfTheSearchAre) {
  ui.runs.search = "ALPHA";
  EXPECT_THAT(listed(), ElementsAre("Alpha"));
  ui.runs.search = " quick  fashion";
  EXPECT_THAT(listed(), ElementsAre("beta", "Alpha"));
  ui.runs.search = "fashion digits";
  EXPECT_THAT(listed(), IsEmpty());
  gui.frame(draw());  // Says so.
}

// Else Delete would discard what nobody sees.
TEST_F(RunsList, WhatTheSearchDoesNotFindIsNotChosen) {
  ui.runs.chosen = {"runs/Alpha", "runs/beta"};
  ui.runs.search = "beta";
  gui.key(Key(ImGuiKey_Delete), draw());
  ASSERT_EQ(out.size(), 1u);
  EXPECT_EQ(std::get<DiscardRun>(out[0].command).folder, "runs/beta");
}

TEST_F(RunsList, WhatCurvesStandOverIsChosenAndShowsAllOfThem) {
  compare();
  ui.runs.plot.x = Axis{0, 1};
  gui.click(axis_choice(2), draw());
  EXPECT_EQ(ui.runs.axis, RunAxis::kPictures);
  EXPECT_FALSE(ui.runs.plot.x);
  for (const RunAxis axis : {RunAxis::kTime, RunAxis::kFlops}) {
    ui.runs.axis = axis;
    gui.frame(draw());
  }
}

TEST_F(RunsList, ItsCurvesStandOverStepsSecondsPicturesOrOperations) {
  const auto places = [&](RunAxis axis) { return places_of(view.runs[0], RunCurve::kLoss, axis); };
  EXPECT_THAT(places(RunAxis::kSteps), ElementsAre(100, 200));
  EXPECT_THAT(places(RunAxis::kTime), ElementsAre(30, 60));
  EXPECT_THAT(places(RunAxis::kPictures), ElementsAre(3200, 6400));
  EXPECT_THAT(places(RunAxis::kFlops), ElementsAre(3.2e9, 6.4e9));
  view.runs[0].flops = 0;
  EXPECT_THAT(places(RunAxis::kFlops), IsEmpty());
}

TEST_F(RunsList, DistancesStandWhereTheyWereMeasured) {
  EXPECT_THAT(places_of(run("runs/beta"), RunCurve::kDistance, RunAxis::kSteps), IsEmpty());
  measure("runs/beta", {9, 4, 2});
  const RunShown& beta = run("runs/beta");
  EXPECT_THAT(beta.distances, ElementsAre(9, 4, 2));
  const auto places = [&](RunAxis axis) { return places_of(beta, RunCurve::kDistance, axis); };
  EXPECT_THAT(places(RunAxis::kSteps), ElementsAre(100, 200, 300));
  EXPECT_THAT(places(RunAxis::kTime), ElementsAre(50, 100, 150));
  EXPECT_THAT(places(RunAxis::kPictures), ElementsAre(3200, 6400, 9600));
}

TEST_F(RunsList, WhichCurvesAreComparedIsChosenAndShowsAllOfThem) {
  measure("runs/Alpha", {9, 2});
  compare();
  ui.runs.plot.y = Axis{0, 1};
  gui.click(curve_choice(1), draw());
  EXPECT_EQ(ui.runs.curve, RunCurve::kDistance);
  EXPECT_FALSE(ui.runs.plot.y);
  gui.frame(draw());
  gui.click(curve_choice(0), draw());
  EXPECT_EQ(ui.runs.curve, RunCurve::kLoss);
}

}  // namespace
}  // namespace stepwise::app
