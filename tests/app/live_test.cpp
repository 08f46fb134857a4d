// What is drawn again while settings change, without a worker: answers come when the test says so.
#include "view/live.h"

#include <gtest/gtest.h>

#include "panels/ui_file.h"
#include "view/edits.h"
#include "view/follow.h"
#include "view/trees.h"

namespace stepwise::app {
namespace {

class LiveSettings : public testing::Test {
 protected:
  LiveSettings() {
    ModelOpened model;
    model.id = desk.model = 5;
    apply({kNoJob, model}, view);
    desk.sample.count = 1;
    desk.sample.steps = 4;
    frame();
    start(77);
    for (int step = 0; step <= 4; ++step) come(77, 0, step);
    end(77);
    frame();
    go_to(view, desk, 2);
    desk.draws_live = true;
    frame();
  }

  // One frame of the window; what it asks for is on its way.
  void frame(bool held = false) {
    follow(view, desk, now);
    if (!held) note_choices(view, desk);
    const Sample wanted{desk.model, desk.sample, {Condition{1}}};
    draw_live(view, desk, wanted, now, held, out);
    for (const Request& request : out) begin_job(request.id, view);
    asked.insert(asked.end(), out.begin(), out.end());
    out.clear();
  }
  void start(JobId job) {
    BranchStarted tree;
    tree.id = next++;
    tree.pictures = {0};
    tree.conditions = {{1}};
    tree.sigmas = {20, 5, 1, 0.2, 0};
    tree.settings = desk.sample;
    for (const Request& request : asked)
      if (request.id == job) tree.settings = std::get<Sample>(request.command).settings;
    tree.model = 5;
    apply({job, tree}, view);
  }
  void come(JobId job, BranchId branch, int step) {
    apply({job, FrameReady{branch, step, {1, 1, 1, 1, {0}}}}, view);
  }
  void end(JobId job) { apply({job, Finished{0.1, true}}, view); }
  // Of a change only the first step has come when patience has ended.
  JobId draw_for_long() {
    desk.sample.guidance = 3;
    frame();
    const JobId job = asked[0].id;
    start(job);
    come(job, 1, 0);
    now += kLivePatience + 0.1;
    frame();
    return job;
  }
  // All that was asked for of that kind.
  template <class T>
  std::vector<Request> all() {
    std::vector<Request> found;
    for (const Request& request : asked)
      if (std::holds_alternative<T>(request.command)) found.push_back(request);
    return found;
  }
  double guidance_of(const Request& request) {
    return std::get<Sample>(request.command).settings.guidance;
  }
  // What was asked for last comes to its end.
  void answer() {
    const JobId job = all<Sample>().back().id;
    const BranchId branch = next;
    start(job);
    for (int step = 0; step <= 4; ++step) come(job, branch, step);
    end(job);
  }

  View view;
  Desk desk;
  Commands out, asked;
  BranchId next = 0;
  double now = 100;
};

TEST_F(LiveSettings, NothingIsDrawnAgainUnlessThatIsAskedFor) {
  desk.draws_live = false;
  desk.sample.guidance = 3;
  frame();
  desk.draws_live = true;
  frame();
  EXPECT_TRUE(asked.empty());
}

TEST_F(LiveSettings, AChangeDrawsAgainWithTheNewSettingsAndTheSameSeed) {
  desk.sample.guidance = 3;
  frame();
  ASSERT_EQ(asked.size(), 1u);
  EXPECT_EQ(std::get<Sample>(asked[0].command).settings, desk.sample);
  EXPECT_EQ(std::get<Sample>(asked[0].command).settings.seed, SampleSettings().seed);
  frame();
  EXPECT_EQ(asked.size(), 1u);
}

TEST_F(LiveSettings, OneIsDrawnAtATimeAndTheNewestSettingsAreNext) {
  for (const double guidance : {2., 3., 4., 5.}) {
    desk.sample.guidance = guidance;
    frame(true);
  }
  ASSERT_EQ(all<Sample>().size(), 1u);
  answer();
  frame(true);
  ASSERT_EQ(all<Sample>().size(), 2u);
  EXPECT_EQ(guidance_of(all<Sample>().back()), 5);
  EXPECT_TRUE(all<Cancel>().empty());
}

TEST_F(LiveSettings, WhatTheUserRunsIsNotDisturbed) {
  start(90);
  come(90, 1, 0);
  apply({90, Progress{}}, view);
  desk.sample.guidance = 3;
  frame();
  EXPECT_TRUE(asked.empty());
  end(90);
  frame();
  EXPECT_EQ(all<Sample>().size(), 1u);
}

TEST_F(LiveSettings, ThePlayheadStaysUntilAllOfTheNewTreeIsThere) {
  desk.sample.guidance = 3;
  frame();
  const JobId job = asked[0].id;
  start(job);
  for (int step = 0; step < 4; ++step) {
    come(job, 1, step);
    frame();
    EXPECT_EQ(desk.playhead.branch, 0);
    EXPECT_EQ(roots(view, desk).size(), 1u);
    EXPECT_FALSE(running_in_sight(view, desk));
  }
  come(job, 1, 4);
  frame();
  EXPECT_EQ(desk.playhead.branch, 1);
  EXPECT_EQ(desk.playhead.step, 2);
  EXPECT_EQ(roots(view, desk).size(), 2u);
}

TEST_F(LiveSettings, WhatTakesLongIsSeenFromThePlayheadsLevelOn) {
  const JobId job = draw_for_long();
  EXPECT_EQ(desk.playhead.branch, 0);
  come(job, 1, 1);
  come(job, 1, 2);
  frame();
  EXPECT_EQ(desk.playhead.branch, 1);
  EXPECT_EQ(desk.playhead.step, 2);
  EXPECT_TRUE(running_in_sight(view, desk));
  EXPECT_TRUE(all<Cancel>().empty());
}

TEST_F(LiveSettings, WhatTakesLongGivesWayToNewerSettings) {
  const JobId job = draw_for_long();
  desk.sample.guidance = 4;
  frame();
  frame();
  ASSERT_EQ(all<Cancel>().size(), 1u);
  EXPECT_EQ(std::get<Cancel>(all<Cancel>()[0].command).job, job);
  end(job);
  frame();
  ASSERT_EQ(all<CloseTree>().size(), 1u);  // Nobody has seen it.
  EXPECT_EQ(std::get<CloseTree>(all<CloseTree>()[0].command).root, 1);
  EXPECT_EQ(guidance_of(all<Sample>().back()), 4);
  EXPECT_EQ(desk.playhead.branch, 0);
}

TEST_F(LiveSettings, WhatFailsIsNotAskedForAgain) {
  desk.sample.guidance = 3;
  frame();
  apply({asked[0].id, Failed{"Sampling", "No room."}}, view);
  for (int i = 0; i < 3; ++i) frame();
  EXPECT_EQ(asked.size(), 1u);
  desk.sample.guidance = 4;
  frame();
  EXPECT_EQ(asked.size(), 2u);
}

TEST_F(LiveSettings, UndoWhileItIsDrawnStopsItAndLeavesNothing) {
  desk.sample.guidance = 3;
  frame();
  start(asked[0].id);
  come(asked[0].id, 1, 0);
  frame();
  undo(view, desk, out);
  frame();
  EXPECT_GE(all<Cancel>().size(), 1u);
  end(asked[0].id);
  frame();
  EXPECT_EQ(all<CloseTree>().size(), 1u);
  EXPECT_EQ(all<Sample>().size(), 1u);
  EXPECT_EQ(desk.sample.guidance, 1);
  EXPECT_EQ(desk.playhead.branch, 0);
  EXPECT_EQ(roots(view, desk).size(), 1u);
}

TEST(LiveSettingsFile, WhetherSettingsDrawAgainIsRemembered) {
  Ui ui, again;
  EXPECT_FALSE(ui.draws_live);
  ui.draws_live = true;
  restore(to_json(ui), again);
  EXPECT_TRUE(again.draws_live);
}

TEST_F(LiveSettings, TheNearestStepIsThatOfTheNearestRatio) {
  const Branch& branch = view.branches[0];
  EXPECT_EQ(nearest_step(branch, 20), 0);
  EXPECT_EQ(nearest_step(branch, 500), 0);
  EXPECT_EQ(nearest_step(branch, 2), 2);  // 1 is nearer than 5.
  EXPECT_EQ(nearest_step(branch, 0.001), 3);
  EXPECT_EQ(nearest_step(branch, 0), 4);
}

}  // namespace
}  // namespace stepwise::app
