#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "press_in.h"
#include "stage.h"
#include "view/quantities.h"
#include "view/sweep.h"
#include "view/trees.h"

namespace stepwise::app {
namespace {

class SideBySide : public testing::Test {
 protected:
  SideBySide() {
    stage.sample();
    stage.frame();
  }
  // The worker is asked for all of it, and has done nothing yet.
  void begin(SweepKind kind) {
    asked.clear();
    begin_sweep(stage.view, stage.ui, kind, asked);
    for (const Request& request : asked) {
      begin_job(request.id, stage.view);
      stage.worker->handle(request, send);
    }
  }
  // All that it asks for is done, in the worker's own order.
  void sweep(SweepKind kind) {
    begin(kind);
    while (stage.worker->step(send)) {
    }
    follow(stage.view, stage.ui, 0);
    stage.frame();
  }
  const Sweep& swept() const { return stage.ui.sweeps.back(); }
  // x at a step, to the bit.
  Image x_of(BranchId root, int step, int picture) {
    stage.ask(FetchFrame{root, step});
    return image_of(lookup(stage.view, root, step, picture).noisy);
  }
  Stage stage;
  const Send send = [this](Report report) { apply(std::move(report), stage.view); };
  Commands asked;
};

TEST_F(SideBySide, EachGuidanceSamplesThePictureUnderThePlayheadFromItsOwnNoise) {
  go_to_picture(stage.view, stage.ui, 2);
  sweep(SweepKind::kGuidance);
  ASSERT_EQ(swept().trees.size(), 9u);
  const Image start = x_of(0, 0, 2), end = x_of(0, 8, 2);
  for (int w = 0; w <= 8; ++w) {
    const BranchId root = swept().trees[std::size_t(w)].root;
    const BranchStarted& made = find_branch(stage.view, root)->start;
    EXPECT_EQ(made.settings.guidance, w);
    EXPECT_EQ(made.settings.seed, stage.ui.sample.seed);
    EXPECT_EQ(made.conditions[2], Condition{2});
    EXPECT_EQ(x_of(root, 0, 2), start) << w;
    EXPECT_EQ(x_of(root, 8, 2) == end, w == 1) << w;  // It was sampled with 1.
  }
}

TEST_F(SideBySide, ClassesAndSamplersAreAllThatThereAre) {
  sweep(SweepKind::kClasses);
  ASSERT_EQ(swept().trees.size(), 10u);
  EXPECT_EQ(swept().trees[3].value, "Dress");
  EXPECT_EQ(find_branch(stage.view, swept().trees[3].root)->start.conditions,
            std::vector{Condition{3}});
  sweep(SweepKind::kSamplers);
  const auto samplers = samplers_for(Degradation::kNoise);
  ASSERT_EQ(swept().trees.size(), samplers.size());
  EXPECT_EQ(swept().trees[0].value, "Euler");
  EXPECT_EQ(swept().trees[5].value, "DPM++ (2M) SDE");
  for (std::size_t i = 0; i < samplers.size(); ++i)
    EXPECT_EQ(find_branch(stage.view, swept().trees[i].root)->start.settings.sampler,
              samplers[i].kind);
}

TEST_F(SideBySide, TwoClocksDrawFromOneNoiseWithEachMarkOfTheRunAndWithHowItIsNow) {
  EXPECT_NE(obstacle_to_sweep(stage.view, stage.ui, SweepKind::kTraining), "");
  ModelOpened run = stage.view.models.front();
  run.id = 900;
  run.live = true;
  run.name = "shoes quick";
  apply({900, run}, stage.view);
  begin_training(stage.view);
  stage.view.training.marks.clear();
  EXPECT_NE(obstacle_to_sweep(stage.view, stage.ui, SweepKind::kTraining).find("no marks"),
            std::string::npos);
  stage.view.training.marks = {{"marks/a", 10, 1, ""}, {"", 15, 2, "gone"}, {"marks/b", 20, 3, ""}};
  stage.view.training.progress.step = 30;
  ModelOpened kept = run;
  kept.id = 901;
  kept.live = false;
  kept.name = "shoes quick, step 20";
  apply({901, kept}, stage.view);
  Commands out;
  begin_sweep(stage.view, stage.ui, SweepKind::kTraining, out);
  ASSERT_EQ(out.size(), 4u);  // One is open already.
  const auto& opened = std::get<Snapshot>(out[0].command);
  EXPECT_EQ(opened.at, 10);
  EXPECT_EQ(opened.run, 900u);
  std::vector<ModelId> models;
  for (std::size_t i = 1; i < out.size(); ++i)
    models.push_back(std::get<Sample>(out[i].command).model);
  EXPECT_EQ(models, (std::vector<ModelId>{900, 901, out[0].id}));  // The first row runs first.
  ASSERT_EQ(swept().trees.size(), 3u);
  EXPECT_TRUE(swept().plane);
  EXPECT_EQ(swept().trees[0].value, "step 10");
  EXPECT_EQ(swept().trees[2].value, "step 30");
}

TEST_F(SideBySide, APlaneShowsAllStepsOfAllItsTreesAndAPressGoesThere) {
  sweep(SweepKind::kGuidance);
  stage.ui.sweeps.back().plane = true;
  for (int i = 0; i < 3; ++i) stage.frame();
  std::vector<RecordingRenderer::Call> cells;
  for (const auto& call : stage.gui.pictures.calls)
    for (const Sweep::Tree& tree : swept().trees)
      for (int step = 0; step <= 8; ++step)
        if (call.shown.plus == lookup(stage.view, tree.root, step, 0).guess && call.max.y < 676)
          cells.push_back(call);
  EXPECT_EQ(cells.size(), 81u);
  const BranchId root = swept().trees[2].root;
  stage.click_picture(lookup(stage.view, root, 6, 0).guess);
  EXPECT_EQ(stage.ui.playhead.branch, root);
  EXPECT_EQ(stage.ui.playhead.step, 6);
  EXPECT_FALSE(sweep_shown(stage.view, stage.ui));
}

TEST_F(SideBySide, TheFirstValueRunsFirst) {
  sweep(SweepKind::kGuidance);
  for (std::size_t i = 1; i < asked.size(); ++i) EXPECT_LT(asked[i - 1].id, asked[i].id);
  EXPECT_EQ(asked.back().id, swept().trees.front().job);  // The newest goes first.
}

TEST_F(SideBySide, TheGridShowsAllInTheirOrderAtTheLevelOfThePlayhead) {
  sweep(SweepKind::kGuidance);
  ASSERT_TRUE(sweep_shown(stage.view, stage.ui));
  for (const int step : {8, 3}) {
    go_to(stage.view, stage.ui, step);
    for (int i = 0; i < 3; ++i) stage.frame();
    std::vector<Picture> shown;
    for (const auto& call : stage.gui.pictures.calls)
      if (call.max.x - call.min.x > 100) shown.push_back(call.shown.plus);
    ASSERT_EQ(shown.size(), 9u);
    for (std::size_t i = 0; i < 9; ++i)
      EXPECT_EQ(shown[i], lookup(stage.view, swept().trees[i].root, step, 0).guess) << i;
  }
}

TEST_F(SideBySide, APressOnOneGoesToItAndEscAlone) {
  sweep(SweepKind::kGuidance);
  const BranchId root = swept().trees[5].root;
  stage.click_picture(lookup(stage.view, root, 8, 0).guess);
  EXPECT_EQ(stage.ui.playhead.branch, root);
  EXPECT_FALSE(sweep_shown(stage.view, stage.ui));
  look_at_sweep(stage.ui, root);
  EXPECT_TRUE(sweep_shown(stage.view, stage.ui));
  stage.key(ImGuiKey_Escape);
  EXPECT_FALSE(sweep_shown(stage.view, stage.ui));
  EXPECT_EQ(stage.ui.playhead.branch, root);
}

TEST_F(SideBySide, OneThumbnailStandsForAllAndLeadsBackToTheGrid) {
  sweep(SweepKind::kGuidance);
  stage.ui.sweep = -1;
  go_to(stage.view, stage.ui, 0, 8, 0);
  stage.frame();
  int thumbnails = 0;
  ImVec2 newest{0, 0};
  for (const auto& call : stage.gui.pictures.calls)
    if (call.min.x > 960 && call.min.y > 100 && call.min.y < 400) {
      if (thumbnails++ == 0) newest = {call.min.x + 4, call.min.y + 4};
    }
  EXPECT_EQ(thumbnails, 2);
  stage.gui.click(newest, stage.draw());
  EXPECT_TRUE(sweep_shown(stage.view, stage.ui));
}

TEST_F(SideBySide, TheyAreUndoneAndDeletedTogether) {
  sweep(SweepKind::kGuidance);
  Commands out;
  EXPECT_EQ(stage.ui.history.undoable()->what, kSweepRun);
  undo(stage.view, stage.ui, out);
  EXPECT_EQ(roots(stage.view, stage.ui).size(), 1u);
  EXPECT_FALSE(sweep_shown(stage.view, stage.ui));
  redo(stage.view, stage.ui, out);
  EXPECT_EQ(roots(stage.view, stage.ui).size(), 10u);
  delete_branch(stage.view, stage.ui, swept().trees[4].root, out);
  EXPECT_EQ(roots(stage.view, stage.ui).size(), 1u);
  undo(stage.view, stage.ui, out);
  EXPECT_EQ(roots(stage.view, stage.ui).size(), 10u);
}

TEST_F(SideBySide, StopEndsAllOfThem) {
  begin(SweepKind::kSamplers);
  const std::size_t samplers = samplers_for(Degradation::kNoise).size();
  for (std::size_t i = 0; i < samplers; ++i) stage.worker->step(send);
  Commands out;
  const auto draw = [&] { workspace(stage.view, stage.ui, stage.gui.pictures, out); };
  for (int i = 0; i < 40; ++i) stage.gui.frame(draw);  // Until the button is alive.
  press_in(stage.gui, "right", "Stop", draw);
  std::set<JobId> cancelled;
  for (const Request& request : out)
    if (const auto* cancel = std::get_if<Cancel>(&request.command)) cancelled.insert(cancel->job);
  EXPECT_EQ(cancelled.size(), samplers);
}

TEST_F(SideBySide, AnotherRunEndsTheLookAtIt) {
  sweep(SweepKind::kGuidance);
  stage.sample();
  EXPECT_FALSE(sweep_shown(stage.view, stage.ui));
}

TEST_F(SideBySide, SettingsThatDrawAgainShowThePictureByItself) {
  sweep(SweepKind::kGuidance);
  stage.ui.draws_live = true;
  stage.frame();
  stage.ui.sample.guidance = 3;
  for (int i = 0; i < 4; ++i) stage.frame();
  EXPECT_FALSE(sweep_shown(stage.view, stage.ui));
}

TEST_F(SideBySide, TheMenuAboveTheHistoryStartsOne) {
  press_in(stage.gui, "right", "Side by side", stage.draw());
  stage.gui.press("Classes", stage.draw(), "##Popup");
  EXPECT_EQ(stage.count_asked<Sample>(), 10);
}

bool is_done(const View& view, BranchId id) {
  const Branch* branch = find_branch(view, id);
  return branch && branch->done();
}

// All trees of a sweep begin at once; one of them is drawn at a time.
const Branch* drawn_now(const View& view) {
  for (const Branch& branch : view.branches)
    if (branch.newest >= 0 && !branch.done()) return &branch;
  return nullptr;
}

TEST_F(SideBySide, ProgressIsThatOfAllTrees) {
  begin(SweepKind::kGuidance);
  const auto done = [&] {
    return std::ranges::count_if(
        swept().trees, [&](const Sweep::Tree& tree) { return is_done(stage.view, tree.root); });
  };
  float before = -1;
  const Branch* drawn = nullptr;
  do {
    ASSERT_TRUE(stage.worker->step(send));
    follow(stage.view, stage.ui, 0);
    drawn = drawn_now(stage.view);
    if (!drawn) continue;
    const float fraction = how_far(stage.view, stage.ui, *drawn).fraction;
    EXPECT_GE(fraction, before);
    EXPECT_LT(fraction, 0.4f);
    before = fraction;
  } while (done() < 2 || !drawn || drawn->newest < 4);
  EXPECT_EQ(how_far(stage.view, stage.ui, *drawn).words, "2 of 9 done, step 4 of 8");
}

}  // namespace
}  // namespace stepwise::app
