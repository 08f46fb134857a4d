// Many models, and what keeps which: branches, drawings, previews.
#include "session/session_fixture.h"

namespace stepwise {
namespace {

using SessionModels = SessionTest;

TEST_F(SessionModels, ABranchKeepsTheModelThatItBeganWithWhateverIsTrainedOrClosedMeanwhile) {
  const ModelId model =
      engine_.post(OpenModel{std::filesystem::path(STEPWISE_TEST_DATA) / "unets/p1_gray28_attn"});
  SampleSettings settings = few_steps();
  const std::vector<Condition> nothing(4);
  const JobId alone = engine_.post(Sample{model, settings, nothing});
  wait_for_end_of(alone);
  const JobId beside = engine_.post(Sample{model, settings, nothing, 2});
  wait_for_end_of(beside);
  const BranchId branch = branch_of(beside);
  const JobId run = engine_.post(train(1000000));
  engine_.post(CloseModel{model});
  wait_for<TrainingProgress>();
  const JobId rest = engine_.post(Continue{branch});
  wait_for_end_of(rest);
  EXPECT_EQ(finished(branch).pixels, finished(branch_of(alone)).pixels);
  engine_.post(Cancel{run});
  wait_for_end_of(run);
}

TEST_F(SessionModels, TrainingThatBeginsWhileABranchRunsChangesNoneOfItsSteps) {
  const ModelId model =
      engine_.post(OpenModel{std::filesystem::path(STEPWISE_TEST_DATA) / "unets/p1_gray28_attn"});
  SampleSettings settings = few_steps();
  settings.steps = 200;
  const std::vector<Condition> nothing(4);
  const JobId alone = engine_.post(Sample{model, settings, nothing});
  wait_for_end_of(alone);
  const JobId beside = engine_.post(Sample{model, settings, nothing});
  while (wait_for<FrameReady>().step < 50) continue;
  const JobId run = engine_.post(train(1000000));
  wait_for_end_of(beside);
  for (int step = 0; step <= 200; ++step)
    ASSERT_EQ(step_of(branch_of(beside), step).noisy, step_of(branch_of(alone), step).noisy)
        << step;
  engine_.post(Cancel{run});
  wait_for_end_of(run);
}

TEST_F(SessionModels, ABranchOfARunKeepsTheWeightsThatTheRunHadThen) {
  const ModelId run = engine_.post(train(1000000));
  wait_for<TrainingProgress>();
  engine_.post(Pause{run, true});
  const JobId first = engine_.post(Sample{run, few_steps(), in_turn()});
  wait_for_end_of(first);
  const JobId begun = engine_.post(Sample{run, few_steps(), in_turn(), 1});
  wait_for_end_of(begun);
  const std::int64_t then = step_reached();
  engine_.post(Pause{run, false});
  while (step_reached() < then + 20) wait_for<TrainingProgress>();
  wait_for_end_of(
      engine_.post(Draw{run, few_steps(), in_turn()}));  // Of the weights as they are by now.
  const JobId rest = engine_.post(Continue{branch_of(begun)});
  wait_for_end_of(rest);
  EXPECT_EQ(finished(branch_of(begun)).pixels, finished(branch_of(first)).pixels);
  const JobId now = engine_.post(Sample{run, few_steps(), in_turn()});
  wait_for_end_of(now);
  EXPECT_NE(finished(branch_of(now)).pixels, finished(branch_of(first)).pixels);
  engine_.post(Cancel{run});
  wait_for_end_of(run);
}

TEST_F(SessionModels, DrawingFromARunTakesTheWeightsOfOneMoment) {
  SampleSettings many = few_steps();
  many.count = 200;  // Several portions, with optimiser steps between them.
  const ModelId run = engine_.post(train(1000000));
  wait_for<TrainingProgress>();
  engine_.post(Pause{run, true});
  const auto drawn = [&](JobId job) {
    std::vector<float> pixels;
    for (const Report& report : seen_)
      if (const auto* portion = std::get_if<Drawn>(&report.event); portion && report.job == job)
        pixels.insert(pixels.end(), portion->pictures.pixels.begin(),
                      portion->pictures.pixels.end());
    return pixels;
  };
  const JobId still = engine_.post(Draw{run, many, in_turn(many.count)});
  wait_for_end_of(still);
  const JobId moving = engine_.post(Draw{run, many, in_turn(many.count)});
  wait_for<Progress>();
  const std::int64_t then = step_reached();
  engine_.post(Pause{run, false});
  wait_for_end_of(moving);
  while (step_reached() <= then) wait_for<TrainingProgress>();
  EXPECT_EQ(drawn(moving), drawn(still));
  engine_.post(Cancel{run});
  wait_for_end_of(run);
}

TEST_F(SessionModels, AForkOfATreeThatIsGoneIsRefusedAndNotMadeOfAnother) {
  const ModelId model = engine_.post(train(2));
  const JobId old = engine_.post(Sample{model, few_steps(), in_turn()});
  wait_for_end_of(old);
  Edit edit;
  edit.branch = branch_of(old);
  edit.layers = {flood(1)};
  wait_for_end_of(engine_.post(Sample{model, few_steps(), in_turn()}));
  engine_.post(CloseTree{branch_of(old)});
  const std::string refusal = failure_of(engine_.post(Resample{{model, edit, few_steps(), {0}}}));
  EXPECT_NE(refusal.find("There is no branch"), std::string::npos) << refusal;
}

TEST_F(SessionModels, APreviewShowsWhatAForkWithTheSameSettingsBeginsWith) {
  const ModelId model = engine_.post(train(40));
  wait_for_end_of(model);
  const JobId root = engine_.post(Sample{model, few_steps(), in_turn()});
  wait_for_end_of(root);
  Fork fork{model, {}, few_steps(), {1}};
  fork.edit.branch = branch_of(root);
  fork.edit.step = 3;
  fork.edit.picture = 2;
  fork.edit.layers = {flood(1)};
  fork.settings.guidance = 3;
  engine_.post(Preview{fork});
  const PreviewReady preview = wait_for<PreviewReady>();
  engine_.post(Resample{fork});
  const BranchId branch = wait_for<BranchStarted>().id;
  wait_for<FrameReady>();
  const FrameFetched first = step_of(branch, 3);
  EXPECT_EQ(preview.guess.pixels, first.guess.pixels);
  EXPECT_EQ(preview.noisy.pixels, first.noisy.pixels);
  fork.settings.guidance = 1;
  engine_.post(Preview{fork});
  EXPECT_NE(wait_for<PreviewReady>().guess.pixels, preview.guess.pixels);
}

// Without the thread, so that both questions wait together.
TEST(SessionQuestions, OfSeveralPreviewsTheNewestAloneIsAnswered) {
  std::vector<Report> reports;
  const Send send = [&](Report report) { reports.push_back(std::move(report)); };
  const auto worker = make_session({"cpu", 1, {}});
  const Request open =
      OpenModel{std::filesystem::path(STEPWISE_TEST_DATA) / "unets/p1_gray28_attn"};
  worker->handle(open, send);
  worker->handle(Sample{open.id, few_steps(), std::vector<Condition>(4)}, send);
  while (worker->step(send)) {
  }
  Fork fork{open.id, {}, few_steps(), {}};
  fork.edit.step = 3;
  fork.edit.layers = {flood(1)};
  const Request older = Preview{fork};
  fork.edit.layers = {flood(0)};
  const Request newer = Preview{fork};
  worker->handle(older, send);
  worker->handle(newer, send);
  while (worker->step(send)) {
  }
  for (const Report& report : reports) {
    if (report.job == older.id) {
      ASSERT_TRUE(std::holds_alternative<Finished>(report.event));
      EXPECT_TRUE(std::get<Finished>(report.event).cancelled);
    }
    if (std::holds_alternative<PreviewReady>(report.event)) {
      EXPECT_EQ(report.job, newer.id);
    }
  }
  EXPECT_EQ(reports.back().job, newer.id);
  EXPECT_FALSE(std::get<Finished>(reports.back().event).cancelled);
}

TEST_F(SessionModels, SeveralModelsAreOpenAndAFolderOpenedAgainTakesItsOldPlace) {
  const auto unets = std::filesystem::path(STEPWISE_TEST_DATA) / "unets";
  const ModelId first = engine_.post(OpenModel{unets / "p1_gray28_attn"});
  const ModelId run = engine_.post(train(2));
  wait_for_end_of(run);
  for (const ModelId model : {first, run}) {
    const JobId sample = engine_.post(Sample{model, few_steps(), std::vector<Condition>(4)});
    EXPECT_EQ(wait_for<BranchStarted>().model, model);
    wait_for_end_of(sample);
  }
  const ModelId again = engine_.post(OpenModel{unets / "p1_gray28_attn"});
  EXPECT_EQ(wait_for<ModelOpened>().id, again);
  EXPECT_EQ(wait_for<ModelClosed>().id, first);
  const std::string refusal = failure_of(engine_.post(Sample{first, few_steps(), in_turn()}));
  EXPECT_NE(refusal.find("not open any more"), std::string::npos) << refusal;
}

TEST_F(SessionModels, ASnapshotStaysAsTheRunWasWhenItWasTaken) {
  const ModelId run = engine_.post(train(1000000));
  wait_for<TrainingProgress>();
  engine_.post(Pause{run, true});
  const ModelId kept = engine_.post(Snapshot{run, "early"});
  const auto opened = wait_for<ModelOpened>();
  EXPECT_EQ(opened.id, kept);
  EXPECT_EQ(opened.name, "early");
  EXPECT_FALSE(opened.live);
  const JobId then = engine_.post(Sample{run, few_steps(), in_turn()});
  wait_for_end_of(then);
  const std::int64_t step = step_reached();
  engine_.post(Pause{run, false});
  while (step_reached() < step + 20) wait_for<TrainingProgress>();
  const JobId later = engine_.post(Sample{kept, few_steps(), in_turn()});
  wait_for_end_of(later);
  EXPECT_EQ(finished(branch_of(later)).pixels, finished(branch_of(then)).pixels);
  engine_.post(Cancel{run});
  wait_for_end_of(run);
  EXPECT_NE(failure_of(engine_.post(Snapshot{kept, "of no run"})).find("not the newest"),
            std::string::npos);
}

TEST_F(SessionModels, TheModelOfAnEarlierRunStaysThereWhenAnotherBegins) {
  const ModelId first = engine_.post(train(3));
  wait_for_end_of(first);
  const JobId then = engine_.post(Sample{first, few_steps(), in_turn()});
  wait_for_end_of(then);
  Train other = train(3);
  other.out = runs_ / "other";
  other.recipe.seed = 99;
  wait_for_end_of(engine_.post(other));
  const JobId now = engine_.post(Sample{first, few_steps(), in_turn()});
  wait_for_end_of(now);
  EXPECT_EQ(finished(branch_of(now)).pixels, finished(branch_of(then)).pixels);
}

}  // namespace
}  // namespace stepwise
