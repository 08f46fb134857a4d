// The real session on its thread: a tiny model trained on a toy data set, sampled, repainted, and
// saved, through messages alone.
#include <algorithm>
#include <map>

#include "session/session_fixture.h"

namespace stepwise {
namespace {

TEST_F(SessionTest, ARunTrainsEndsAndCanBeOpenedAsAModel) {
  engine_.post(train(4));
  EXPECT_EQ(wait_for<TrainingStarted>().folder, runs_ / "run");
  EXPECT_EQ(wait_for<TrainingDone>().step, 4);
  engine_.post(OpenModel{runs_ / "run"});
  const auto opened = wait_for<ModelOpened>();
  EXPECT_EQ(opened.height, kSide);
  EXPECT_EQ(opened.class_names.size(), 2u);
}

Train resume(const std::filesystem::path& run, Budget more = {}) {
  Train command;
  command.data.place.clear();
  command.resume = run;
  command.more = more;
  return command;
}

TEST_F(SessionTest, ARunGoesOnWithItsOwnPicturesAlthoughOthersAreOpen) {
  engine_.post(OpenData{{(data_.path() / ".").string()}});
  engine_.post(train(2));
  wait_for<TrainingDone>();
  engine_.post(resume(runs_ / "run"));
  const auto finished = wait_for<TrainingStarted>();
  EXPECT_EQ(finished.step, 2);
  EXPECT_FALSE(wait_for<TrainingDone>().stopped_early);  // At once: nothing is left to spend.
  engine_.post(resume(runs_ / "run", {0, 3}));
  const auto started = wait_for<TrainingStarted>();
  EXPECT_EQ(started.recipe.budget, (Budget{0, 5}));
  EXPECT_DOUBLE_EQ(started.rate_factor, (1 - 0.4) / (1 - 0.03));
  EXPECT_EQ(wait_for<TrainingDone>().step, 5);
}

TEST_F(SessionTest, ARunThatGoesOnTellsTheMultiplierThatItHas) {
  const JobId run = engine_.post(train(1000000));
  wait_for<TrainingProgress>();
  engine_.post(ChangeTraining{run, 0.5});
  engine_.post(Cancel{run});
  wait_for<TrainingDone>();
  const JobId again = engine_.post(resume(runs_ / "run"));
  EXPECT_EQ(wait_for<TrainingStarted>().multiplier, 0.5);
  engine_.post(Cancel{again});
  wait_for<TrainingDone>();
}

TEST_F(SessionTest, RunsOnDiskAreListedAlsoWhileOneIsInTraining) {
  engine_.post(train(3));
  wait_for<TrainingDone>();
  Train other = train(1000000);
  other.out = runs_ / "other";
  engine_.post(other);
  wait_for<TrainingStarted>();
  wait_for<RunFound>();
  std::filesystem::create_directory(runs_ / "broken");
  std::ofstream(runs_ / "broken" / "training.safetensors") << "not a run";
  engine_.post(ListRuns{runs_.path()});
  std::map<std::string, RunSummary> found;
  while (found.size() < 3) {
    const RunSummary run = wait_for<RunFound>().run;
    found[run.folder.filename().string()] = run;
  }
  EXPECT_TRUE(found["run"].finished);
  EXPECT_EQ(found["run"].step, 3);
  EXPECT_GT(found["run"].score, 0);
  EXPECT_FALSE(found["other"].finished);
  EXPECT_NE(found["broken"].damage, "");
}

TEST_F(SessionTest, ARunIsThereToGoOnWithFromItsFirstMoment) {
  engine_.post(train(1000000));
  wait_for<TrainingStarted>();
  const RunSummary run = wait_for<RunFound>().run;
  EXPECT_EQ(run.damage, "");
  EXPECT_EQ(run.step, 0);
}

TEST_F(SessionTest, ClosingDuringARunSavesItsLatestStep) {
  std::int64_t reached = 0;
  {
    Engine engine([] { return make_session({"cpu", 1, {}}); }, [] {});
    const JobId run = engine.post(train(1000000));
    engine.post(Pause{run, true});
    engine.post(Pause{run, false});
    while (reached < 20)
      for (const auto& [job, event] : engine.wait())
        if (const auto* news = std::get_if<TrainingProgress>(&event)) reached = news->step;
  }
  engine_.post(ListRuns{runs_.path()});
  EXPECT_GE(wait_for<RunFound>().run.step, reached);
}

TEST_F(SessionTest, AModelOfOthersIsNotMeasuredAgainstTheOpenPicturesInSilence) {
  wait_for_end_of(engine_.post(OpenData{{data_.path().string()}}));
  const ModelId model =
      engine_.post(OpenModel{std::filesystem::path(STEPWISE_TEST_DATA) / "unets/p1_gray28_attn"});
  wait_for<ModelOpened>();
  engine_.post(Evaluate{model, few_steps()});
  EXPECT_NE(wait_for<Warning>().text.find("does not say what it was trained on"),
            std::string::npos);
  EXPECT_NE(wait_for<Failed>().message.find("stepwise classifier --data"), std::string::npos);
}

TEST_F(SessionTest, SamplingGoesFirstAndTrainingGoesOn) {
  const JobId run = engine_.post(train(1000000));
  wait_for<TrainingProgress>();
  const JobId sampling = engine_.post(Sample{run, few_steps(), in_turn()});
  wait_for<BranchStarted>();
  const std::size_t from = next_;
  wait_for_end_of(sampling);
  const auto progress = std::count_if(
      seen_.begin() + long(from), seen_.begin() + long(next_),
      [](const Report& r) { return std::holds_alternative<TrainingProgress>(r.event); });
  EXPECT_EQ(progress, 0);  // No optimiser step came between two frames.
  wait_for<TrainingProgress>();
  engine_.post(Cancel{run});
  EXPECT_TRUE(wait_for<TrainingDone>().stopped_early);
}

TEST_F(SessionTest, PauseAndLearningRateActWithinAStep) {
  const JobId run = engine_.post(train(1000000));
  wait_for<TrainingProgress>();
  engine_.post(Pause{run, true});
  while (!wait_for<TrainingProgress>().paused) continue;
  engine_.post(ChangeTraining{run, 0.5});
  engine_.post(Pause{run, false});
  EXPECT_EQ(wait_for<TrainingProgress>().multiplier, 0.5);
  engine_.post(Cancel{run});
  wait_for<TrainingDone>();
}

TEST_F(SessionTest, ARepaintedPictureForksABranchAndTheRestIsTheParents) {
  const ModelId model = engine_.post(train(2));
  wait_for<TrainingDone>();
  wait_for_end_of(engine_.post(Sample{model, few_steps(), in_turn()}));
  const Edit edit = repainted();
  const JobId asked = engine_.post(Preview{{model, edit, few_steps(), {0}}});
  wait_for<PreviewReady>();
  EXPECT_EQ(seen_[next_ - 1].job, asked);
  const JobId forked = engine_.post(Resample{{model, edit, few_steps(), {0}}});
  const auto branch = wait_for<BranchStarted>();
  EXPECT_EQ(branch.parent, 0);
  EXPECT_EQ(branch.fork, 3);
  EXPECT_EQ(branch.pictures, std::vector<int>{2});
  const auto first = wait_for<FrameReady>();
  EXPECT_EQ(first.step, 3);
  EXPECT_EQ(first.guess.count, 1);
  EXPECT_GT(first.bytes, 0);
  wait_for_end_of(forked);
}

TEST_F(SessionTest, ALookAheadSeesEachStepThatResamplingThenTakes) {
  const ModelId model = engine_.post(train(2));
  wait_for<TrainingDone>();
  wait_for_end_of(engine_.post(Sample{model, few_steps(), in_turn()}));
  SampleSettings guided = few_steps();
  guided.guidance = 3;
  const Fork fork{model, repainted(), guided, {0}};
  const std::size_t before = next_;
  wait_for_end_of(engine_.post(LookAhead{fork}));
  std::vector<SeenAhead> seen;
  for (std::size_t i = before; i < next_; ++i)
    if (const auto* ahead = std::get_if<SeenAhead>(&seen_[i].event)) seen.push_back(*ahead);
  const JobId forked = engine_.post(Resample{fork});
  wait_for_end_of(forked);
  ASSERT_EQ(seen.size(), 4u);
  for (int i = 0; i < 4; ++i) {
    EXPECT_EQ(seen[std::size_t(i)].step, 3 + i);
    EXPECT_EQ(seen[std::size_t(i)].finished, i == 3);
    EXPECT_EQ(step_of(branch_of(forked), 3 + i).guess.image(0), seen[std::size_t(i)].guess);
  }
}

TEST_F(SessionTest, StepsComeInFullWhenAskedForAlsoBeyondTheMemoryForThem) {
  const ModelId model = engine_.post(train(2));
  wait_for<TrainingDone>();
  SampleSettings settings = few_steps();
  settings.steps = 200;
  settings.count = 64;
  const JobId whole = engine_.post(Sample{model, settings, in_turn(64)});
  wait_for_end_of(whole);
  const FrameFetched middle = step_of(branch_of(whole), 101);
  EXPECT_NE(middle.noisy, middle.guess);
  EXPECT_NE(failure_of(engine_.post(LimitFrames{1})).find("must lie between"), std::string::npos);
  wait_for_end_of(engine_.post(LimitFrames{kFrameBudget.min}));
  EXPECT_EQ(step_of(branch_of(whole), 101).noisy, middle.noisy);
  EXPECT_EQ(step_of(branch_of(whole), 101).guess, middle.guess);
}

TEST_F(SessionTest, ATreeThatIsClosedEndsItsWorkAndLeavesTheOthers) {
  const ModelId model = engine_.post(train(2));
  wait_for<TrainingDone>();
  const JobId first = engine_.post(Sample{model, few_steps(), in_turn()});
  const JobId second = engine_.post(Sample{model, few_steps(), in_turn()});
  wait_for<BranchStarted>();
  wait_for<BranchStarted>();
  engine_.post(CloseTree{branch_of(first)});
  EXPECT_EQ(wait_for<TreeClosed>().root, branch_of(first));
  wait_for_end_of(second);
  EXPECT_NE(failure_of(engine_.post(FetchFrame{branch_of(first), 0})).find("not any more"),
            std::string::npos);
  EXPECT_EQ(finished(branch_of(second)).count, 4);
}

TEST_F(SessionTest, ANoiseLevelIsSeenByModelAndIdealDenoiser) {
  engine_.post(OpenData{{data_.path().string()}});
  const ModelId model = engine_.post(train(2));
  wait_for<TrainingDone>();
  engine_.post(FetchPicture{5, true});
  const auto fetched = wait_for<PictureFetched>();
  Inspect question;
  question.model = model;
  question.picture = fetched.picture;
  question.sigma = 0.1;
  engine_.post(question);
  const auto seen = wait_for<Inspected>();
  EXPECT_LT(seen.ideal_error, 1e-3);  // Every test picture is a training picture here.
  question.condition = {1};
  engine_.post(question);
  const auto asked_for = wait_for<Inspected>();
  EXPECT_NE(asked_for.guess, seen.guess);
  EXPECT_EQ(asked_for.noisy, seen.noisy);
}

TEST_F(SessionTest, TheIdealDenoiserIsToldTheClassThatTheModelIsTold) {
  engine_.post(OpenData{{data_.path().string()}});
  const ModelId model = engine_.post(train(2));
  wait_for<TrainingDone>();
  engine_.post(FetchPicture{5, true});
  Inspect question;
  question.model = model;
  question.picture = wait_for<PictureFetched>().picture;
  question.sigma = 0.5;
  for (const int label : {0, 1}) {
    question.condition = {label};
    engine_.post(question);
    const auto seen = wait_for<Inspected>();
    EXPECT_EQ(seen.known, Condition{label});
    engine_.post(FetchPicture{seen.nearest, false});
    EXPECT_EQ(wait_for<PictureFetched>().label, label);
  }
  question.condition = {};
  engine_.post(question);
  const auto untold = wait_for<Inspected>();
  EXPECT_EQ(untold.known, Condition{});
  EXPECT_EQ(untold.nearest % 2, 1);  // The picture's own class.
}

TEST_F(SessionTest, WhatCannotBeDoneIsSaidAndTheSessionGoesOn) {
  engine_.post(Sample{kNoModel, few_steps(), in_turn()});
  EXPECT_EQ(wait_for<Failed>().message, "No model is open. Open one, or train one.");
  engine_.post(OpenModel{runs_ / "nothing"});
  EXPECT_NE(wait_for<Failed>().message.find("nothing"), std::string::npos);
  engine_.post(OpenData{{data_.path().string()}});
  EXPECT_EQ(wait_for<DataOpened>().train, 64);
}

TEST_F(SessionTest, AModelIsDescribedWithItsSchedulersOwnLevels) {
  engine_.post(DescribeModel{std::filesystem::path(STEPWISE_TEST_DATA) / "unets/p1_gray28_attn"});
  const auto told = wait_for<ModelDescribed>();
  EXPECT_EQ(told.parameters, 233297);
  EXPECT_EQ(told.scheduler, "DDPMScheduler");
  EXPECT_EQ(told.obstacle, "");
  EXPECT_EQ(told.defaults.sampler, SamplerKind::kDdpm);
  ASSERT_EQ(told.sigmas.size(), told.times.size() + 1);
  EXPECT_TRUE(std::is_sorted(told.sigmas.rbegin(), told.sigmas.rend()));
  EXPECT_GT(told.sigmas.front(), 10);
  EXPECT_EQ(told.sigmas.back(), 0);
}

TEST_F(SessionTest, AModelThatCannotBeSampledFromIsDescribedWithTheReason) {
  engine_.post(
      DescribeModel{std::filesystem::path(STEPWISE_TEST_DATA) / "unets/opt_p5_resnet_updown_mish"});
  const auto told = wait_for<ModelDescribed>();
  EXPECT_EQ(told.parameters, 51017);
  EXPECT_NE(told.obstacle, "");
  EXPECT_TRUE(told.sigmas.empty());
}

}  // namespace
}  // namespace stepwise
