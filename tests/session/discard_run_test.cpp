// Runs that go to the trash of the desktop.
#include <gmock/gmock.h>
#include <stdlib.h>

#include "image/file.h"
#include "session_fixture.h"

namespace stepwise {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class Discarding : public SessionTest {
 protected:
  Discarding() { ::setenv("XDG_DATA_HOME", home_.path().c_str(), 1); }
  ~Discarding() override { ::unsetenv("XDG_DATA_HOME"); }

  JobId post(Request request) {
    const JobId id = request.id;
    engine_.post(std::move(request));
    return id;
  }
  fs::path in_trash(const std::string& name) const { return home_ / "Trash" / "files" / name; }

  TemporaryFolder home_;
};

TEST_F(Discarding, ARunThatIsOverGoesToTheTrashWhole) {
  wait_for_end_of(post(train(3)));
  const std::string weights = read_file(runs_ / "run" / "training.safetensors");
  post(DiscardRun{runs_ / "run"});
  EXPECT_EQ(wait_for<RunDiscarded>().folder, runs_ / "run");
  EXPECT_FALSE(fs::exists(runs_ / "run"));
  EXPECT_EQ(read_file(in_trash("run") / "training.safetensors"), weights);
}

TEST_F(Discarding, ARunComesBackFromTheTrashAsItWas) {
  wait_for_end_of(post(train(3)));
  post(DiscardRun{runs_ / "run"});
  const RunDiscarded discarded = wait_for<RunDiscarded>();
  EXPECT_EQ(discarded.place, in_trash("run"));
  post(TakeBackRun{discarded.place});
  EXPECT_EQ(wait_for<RunTakenBack>().folder, runs_ / "run");
  const RunSummary run = wait_for<RunFound>().run;
  EXPECT_EQ(run.folder, runs_ / "run");
  EXPECT_EQ(run.step, 3);
  EXPECT_EQ(run.damage, "");
}

TEST_F(Discarding, AListBeginsWithTheNamesOfAllThatAreThere) {
  wait_for_end_of(post(train(3)));
  post(ListRuns{runs_.path()});
  const RunsListed listed = wait_for<RunsListed>();
  EXPECT_EQ(listed.folder, runs_.path());
  EXPECT_EQ(listed.runs, std::vector<fs::path>{runs_ / "run"});
}

TEST_F(Discarding, TheModelOfADiscardedRunGoesOnDrawing) {
  const JobId run = post(train(3));
  wait_for_end_of(run);
  post(DiscardRun{runs_ / "run"});
  wait_for<RunDiscarded>();
  EXPECT_EQ(failure_of(post(Sample{run, few_steps(), in_turn()})), "");
}

TEST_F(Discarding, ARunInTrainingStays) {
  const JobId run = post(train(1'000'000));
  wait_for<TrainingStarted>();
  EXPECT_THAT(failure_of(post(DiscardRun{runs_ / "run" / ""})), HasSubstr("is in training"));
  EXPECT_TRUE(fs::exists(runs_ / "run" / "training.safetensors"));
  post(Cancel{run});
  wait_for<TrainingDone>();
  EXPECT_EQ(failure_of(post(DiscardRun{runs_ / "run"})), "");
  EXPECT_TRUE(fs::exists(in_trash("run")));
}

TEST_F(Discarding, ARunWhoseFewStepWeightsAreInTrainingStays) {
  Train few_step_weights = train(1'000'000);
  few_step_weights.out = runs_ / "run" / "few-steps";
  const JobId run = post(few_step_weights);
  wait_for<TrainingStarted>();
  EXPECT_THAT(failure_of(post(DiscardRun{runs_ / "run"})), HasSubstr("is in training"));
  post(Cancel{run});
  wait_for<TrainingDone>();
}

TEST_F(Discarding, ARunThatIsStoppedFirstGoesWholeAndCanGoOnOnceItIsBack) {
  const JobId run = post(train(1'000'000));
  wait_for<TrainingStarted>();
  post(Cancel{run});
  post(DiscardRun{runs_ / "run"});
  const std::int64_t steps = wait_for<TrainingDone>().step;
  const RunDiscarded discarded = wait_for<RunDiscarded>();
  EXPECT_FALSE(fs::exists(runs_ / "run"));
  post(TakeBackRun{discarded.place});
  const RunSummary back = wait_for<RunFound>().run;
  EXPECT_EQ(back.damage, "");
  EXPECT_EQ(back.step, steps);
}

TEST_F(Discarding, AFolderThatHoldsNoRunStays) {
  fs::create_directory(runs_ / "letters");
  write_file(runs_ / "letters" / "note.txt", "mine");
  EXPECT_THAT(failure_of(post(DiscardRun{runs_ / "letters"})), HasSubstr("no run"));
  EXPECT_TRUE(fs::exists(runs_ / "letters" / "note.txt"));
}

}  // namespace
}  // namespace stepwise
