// The real session on its thread: a tiny model trained on a toy data set, sampled, repainted, and
// saved, through messages alone.
#include "engine/session.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>

#include "temporary_folder.h"

namespace stepwise {
namespace {

constexpr int kSide = 8;

void write_big_endian(std::ofstream& file, std::uint32_t value) {
  for (int shift = 24; shift >= 0; shift -= 8) file.put(char(value >> shift & 255));
}

// Two classes, bright above and bright below, as the four files of MNIST.
void write_toy_data(const TemporaryFolder& folder) {
  for (const std::string part : {"train", "t10k"}) {
    std::ofstream images(folder / (part + "-images-idx3-ubyte"), std::ios::binary);
    std::ofstream labels(folder / (part + "-labels-idx1-ubyte"), std::ios::binary);
    const std::uint32_t count = 64;
    for (const std::uint32_t value : {0x803u, count, unsigned(kSide), unsigned(kSide)})
      write_big_endian(images, value);
    for (const std::uint32_t value : {0x801u, count}) write_big_endian(labels, value);
    for (std::uint32_t i = 0; i < count; ++i) {
      labels.put(char(i % 2));
      for (int y = 0; y < kSide; ++y)
        for (int x = 0; x < kSide; ++x)
          images.put(char((y < kSide / 2) == (i % 2 == 0) ? 230 : 10));
    }
  }
}

class SessionTest : public testing::Test {
 protected:
  SessionTest() { write_toy_data(data_); }

  Train train(std::int64_t steps) {
    Train command;
    command.recipe.channels = {8, 16};
    command.recipe.batch = 8;
    command.recipe.budget = {0, steps};
    command.data.place = data_.path().string();
    command.out = runs_ / "run";
    return command;
  }

  // The first event of type T from now on; the others before it are kept in seen_.
  template <class T>
  T wait_for() {
    for (;;) {
      for (; next_ < seen_.size();) {
        const Event& event = seen_[next_++].event;
        if (const auto* found = std::get_if<T>(&event)) return *found;
        if (const auto* failed = std::get_if<Failed>(&event)) {
          if constexpr (!std::is_same_v<T, Failed>) throw std::runtime_error(failed->message);
        }
      }
      for (Report& report : engine_.wait()) seen_.push_back(std::move(report));
    }
  }

  // Throws where the job failed.
  Finished wait_for_end_of(JobId job) {
    for (;;) {
      const Finished end = wait_for<Finished>();
      if (seen_[next_ - 1].job == job) return end;
    }
  }

  // Why the job failed; nothing where it did not.
  std::string failure_of(JobId job) {
    try {
      wait_for_end_of(job);
      return "";
    } catch (const std::runtime_error& e) {
      return e.what();
    }
  }

  // Of all that has been read so far.
  BranchId branch_of(JobId job) const {
    for (const Report& report : seen_)
      if (const auto* branch = std::get_if<BranchStarted>(&report.event))
        if (report.job == job) return branch->id;
    throw std::runtime_error("There is no such branch.");
  }
  std::int64_t step_reached() const {
    std::int64_t step = 0;
    for (const Report& report : seen_)
      if (const auto* news = std::get_if<TrainingProgress>(&report.event)) step = news->step;
    return step;
  }

  TemporaryFolder data_, runs_;
  std::vector<Report> seen_;
  std::size_t next_ = 0;
  Engine engine_{[] { return make_session({"cpu", 1, {}}); }, [] {}};
};

SampleSettings few_steps() {
  SampleSettings settings;
  settings.count = 4;
  settings.steps = 6;
  return settings;
}

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
  engine_.post(ScaleLearningRate{run, 0.5});
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
  engine_.post(OpenData{{data_.path().string()}});
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
  const JobId sampling = engine_.post(Sample{run, few_steps()});
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
  engine_.post(ScaleLearningRate{run, 0.5});
  engine_.post(Pause{run, false});
  EXPECT_EQ(wait_for<TrainingProgress>().multiplier, 0.5);
  engine_.post(Cancel{run});
  wait_for<TrainingDone>();
}

TEST_F(SessionTest, ARepaintedPictureForksABranchAndTheRestIsTheParents) {
  const ModelId model = engine_.post(train(2));
  wait_for<TrainingDone>();
  wait_for_end_of(engine_.post(Sample{model, few_steps()}));
  Edit edit;
  edit.step = 3;
  edit.picture = 2;
  edit.painted = Image(kSide, kSide, 1, 1.f);
  const JobId asked = engine_.post(Preview{{model, edit, few_steps()}});
  wait_for<PreviewReady>();
  EXPECT_EQ(seen_[next_ - 1].job, asked);
  const JobId forked = engine_.post(Resample{{model, edit, few_steps()}});
  const auto branch = wait_for<BranchStarted>();
  EXPECT_EQ(branch.parent, 0);
  EXPECT_EQ(branch.fork, 3);
  EXPECT_EQ(branch.pictures, std::vector<int>{2});
  const auto first = wait_for<FrameReady>();
  EXPECT_EQ(first.step, 3);
  EXPECT_EQ(first.noisy.count, 1);
  wait_for_end_of(forked);
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
}

TEST_F(SessionTest, WhatCannotBeDoneIsSaidAndTheSessionGoesOn) {
  engine_.post(Sample{kNoModel, few_steps()});
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

// The pictures of a finished branch, as the frames of a job tell them.
ImageBatch finished_pictures(const std::vector<Report>& reports, JobId job) {
  ImageBatch pictures;
  for (const Report& report : reports)
    if (const auto* frame = std::get_if<FrameReady>(&report.event))
      if (report.job == job) pictures = frame->noisy;
  return pictures;
}

TEST_F(SessionTest, ABranchKeepsTheModelThatItBeganWithWhateverIsTrainedOrClosedMeanwhile) {
  const ModelId model =
      engine_.post(OpenModel{std::filesystem::path(STEPWISE_TEST_DATA) / "unets/p1_gray28_attn"});
  SampleSettings settings = few_steps();
  settings.label = kNoClass;
  const JobId alone = engine_.post(Sample{model, settings});
  wait_for_end_of(alone);
  const JobId beside = engine_.post(Sample{model, settings, 2});
  wait_for_end_of(beside);
  const BranchId branch = branch_of(beside);
  const JobId run = engine_.post(train(1000000));
  engine_.post(CloseModel{model});
  wait_for<TrainingProgress>();
  const JobId rest = engine_.post(Continue{branch});
  wait_for_end_of(rest);
  EXPECT_EQ(finished_pictures(seen_, rest).pixels, finished_pictures(seen_, alone).pixels);
  engine_.post(Cancel{run});
  wait_for_end_of(run);
}

TEST_F(SessionTest, ABranchOfARunKeepsTheWeightsThatTheRunHadThen) {
  const ModelId run = engine_.post(train(1000000));
  wait_for<TrainingProgress>();
  engine_.post(Pause{run, true});
  const JobId first = engine_.post(Sample{run, few_steps()});
  wait_for_end_of(first);
  const JobId begun = engine_.post(Sample{run, few_steps(), 1});
  wait_for_end_of(begun);
  const std::int64_t then = step_reached();
  engine_.post(Pause{run, false});
  while (step_reached() < then + 20) wait_for<TrainingProgress>();
  wait_for_end_of(engine_.post(Draw{run, few_steps()}));  // Of the weights as they are by now.
  const JobId rest = engine_.post(Continue{branch_of(begun)});
  wait_for_end_of(rest);
  EXPECT_EQ(finished_pictures(seen_, rest).pixels, finished_pictures(seen_, first).pixels);
  const JobId now = engine_.post(Sample{run, few_steps()});
  wait_for_end_of(now);
  EXPECT_NE(finished_pictures(seen_, now).pixels, finished_pictures(seen_, first).pixels);
  engine_.post(Cancel{run});
  wait_for_end_of(run);
}

TEST_F(SessionTest, DrawingFromARunTakesTheWeightsOfOneMoment) {
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
  const JobId still = engine_.post(Draw{run, many});
  wait_for_end_of(still);
  const JobId moving = engine_.post(Draw{run, many});
  wait_for<Progress>();
  const std::int64_t then = step_reached();
  engine_.post(Pause{run, false});
  wait_for_end_of(moving);
  while (step_reached() <= then) wait_for<TrainingProgress>();
  EXPECT_EQ(drawn(moving), drawn(still));
  engine_.post(Cancel{run});
  wait_for_end_of(run);
}

TEST_F(SessionTest, AForkOfATreeThatIsGoneIsRefusedAndNotMadeOfAnother) {
  const ModelId model = engine_.post(train(2));
  const JobId old = engine_.post(Sample{model, few_steps()});
  wait_for_end_of(old);
  Edit edit;
  edit.branch = branch_of(old);
  edit.painted = Image(kSide, kSide, 1, 1.f);
  wait_for_end_of(engine_.post(Sample{model, few_steps()}));
  const std::string refusal = failure_of(engine_.post(Resample{{model, edit, few_steps()}}));
  EXPECT_NE(refusal.find("There is no branch"), std::string::npos) << refusal;
}

TEST_F(SessionTest, APreviewShowsWhatAForkWithTheSameSettingsBeginsWith) {
  const ModelId model = engine_.post(train(40));
  wait_for_end_of(model);
  const JobId root = engine_.post(Sample{model, few_steps()});
  wait_for_end_of(root);
  Fork fork{model, {}, few_steps()};
  fork.edit.branch = branch_of(root);
  fork.edit.step = 3;
  fork.edit.picture = 2;
  fork.edit.painted = Image(kSide, kSide, 1, 1.f);
  fork.settings.label = 1;
  fork.settings.guidance = 3;
  engine_.post(Preview{fork});
  const PreviewReady preview = wait_for<PreviewReady>();
  engine_.post(Resample{fork});
  const FrameReady first = wait_for<FrameReady>();
  EXPECT_EQ(preview.guess.pixels, first.guess.pixels);
  EXPECT_EQ(preview.noisy.pixels, first.noisy.pixels);
  fork.settings.guidance = 1;
  engine_.post(Preview{fork});
  EXPECT_NE(wait_for<PreviewReady>().guess.pixels, preview.guess.pixels);
}

// Without the thread, so that both questions wait together.
TEST(Session, OfSeveralPreviewsTheNewestAloneIsAnswered) {
  std::vector<Report> reports;
  const Send send = [&](Report report) { reports.push_back(std::move(report)); };
  const auto worker = make_session({"cpu", 1, {}});
  const Request open =
      OpenModel{std::filesystem::path(STEPWISE_TEST_DATA) / "unets/p1_gray28_attn"};
  worker->handle(open, send);
  worker->handle(Sample{open.id, few_steps()}, send);
  while (worker->step(send)) {
  }
  Fork fork{open.id, {}, few_steps()};
  fork.edit.step = 3;
  fork.edit.painted = Image(28, 28, 1, 1.f);
  const Request older = Preview{fork};
  fork.edit.painted = Image(28, 28, 1, 0.f);
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

TEST_F(SessionTest, SeveralModelsAreOpenAndAFolderOpenedAgainTakesItsOldPlace) {
  const auto unets = std::filesystem::path(STEPWISE_TEST_DATA) / "unets";
  const ModelId first = engine_.post(OpenModel{unets / "p1_gray28_attn"});
  const ModelId run = engine_.post(train(2));
  wait_for_end_of(run);
  for (const ModelId model : {first, run}) {
    const JobId sample = engine_.post(Sample{model, few_steps()});
    EXPECT_EQ(wait_for<BranchStarted>().model, model);
    wait_for_end_of(sample);
  }
  const ModelId again = engine_.post(OpenModel{unets / "p1_gray28_attn"});
  EXPECT_EQ(wait_for<ModelOpened>().id, again);
  EXPECT_EQ(wait_for<ModelClosed>().id, first);
  const std::string refusal = failure_of(engine_.post(Sample{first, few_steps()}));
  EXPECT_NE(refusal.find("not open any more"), std::string::npos) << refusal;
}

TEST_F(SessionTest, TheModelOfAnEarlierRunStaysThereWhenAnotherBegins) {
  const ModelId first = engine_.post(train(3));
  wait_for_end_of(first);
  const JobId then = engine_.post(Sample{first, few_steps()});
  wait_for_end_of(then);
  Train other = train(3);
  other.out = runs_ / "other";
  other.recipe.seed = 99;
  wait_for_end_of(engine_.post(other));
  const JobId now = engine_.post(Sample{first, few_steps()});
  wait_for_end_of(now);
  EXPECT_EQ(finished_pictures(seen_, now).pixels, finished_pictures(seen_, then).pixels);
}

}  // namespace
}  // namespace stepwise
