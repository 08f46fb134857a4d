#include <gmock/gmock.h>

#include <csignal>
#include <regex>

#include "commands/bars.h"
#include "commands/program.h"

namespace stepwise {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;

class TrainCommand : public testing::Test {
 protected:
  TrainCommand() { write_bars(folder / "bars"); }

  Outcome train(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), {"train", "--threads", "1"});
    return run_program(arguments);
  }
  Outcome begin(int steps) const {
    return train({"--data", (folder / "bars").string(), "--steps", std::to_string(steps), "--out",
                  run.string()});
  }

  const TemporaryFolder folder;
  const fs::path run = folder / "run";
};

// The number of steps at the end of a run, as it was told; -1: it was not.
int steps_in(const std::string& said) {
  std::smatch found;
  return std::regex_search(said, found, std::regex("\\. (\\d+) steps, held-out loss"))
             ? std::stoi(found[1])
             : -1;
}

TEST_F(TrainCommand, GoesOnWithTheRunsOwnPicturesWhereverItIsStartedFrom) {
  ASSERT_EQ(begin(2).status, 0);
  const Outcome more = train({"--resume", run.string(), "--steps", "3"});
  EXPECT_EQ(more.status, 0);
  EXPECT_EQ(steps_in(more.said), 5);
  EXPECT_THAT(more.said, AllOf(HasSubstr("bars, recipe quick"),
                               HasSubstr("grows by 3 steps, to 5 steps"), HasSubstr("at 62 %")));
}

TEST_F(TrainCommand, TakesPicturesThatHaveMovedButNoOthers) {
  ASSERT_EQ(begin(1).status, 0);
  fs::rename(folder / "bars", folder / "moved");
  const Outcome lost = train({"--resume", run.string(), "--steps", "1"});
  EXPECT_EQ(lost.status, 1);
  EXPECT_THAT(lost.said, AllOf(HasSubstr("'bars' (32 pictures of 8 x 8, 2 classes) is not where"),
                               HasSubstr("--data")));

  write_bars(folder / "bars", 8, 5);  // Of the same name and shape.
  const Outcome other = train({"--resume", run.string(), "--steps", "1"});
  EXPECT_EQ(other.status, 1);
  EXPECT_THAT(other.said, HasSubstr("holds other pictures"));

  const Outcome moved =
      train({"--resume", run.string(), "--steps", "1", "--data", (folder / "moved").string()});
  EXPECT_EQ(moved.status, 0);
  EXPECT_EQ(steps_in(moved.said), 2);
  EXPECT_EQ(steps_in(train({"--resume", run.string(), "--steps", "1"}).said), 3);  // It knows now.
}

TEST_F(TrainCommand, SaysThatARunIsFinishedAndHowToGoOn) {
  ASSERT_EQ(begin(2).status, 0);
  const auto saved = fs::last_write_time(run / "training.safetensors");
  const Outcome again = train({"--resume", run.string()});
  EXPECT_EQ(again.status, 0);
  EXPECT_EQ(steps_in(again.said), 2);
  EXPECT_THAT(again.said, AllOf(HasSubstr("finished"),
                                HasSubstr("--resume '" + run.string() + "' --minutes M")));
  EXPECT_EQ(fs::last_write_time(run / "training.safetensors"), saved);
}

TEST_F(TrainCommand, SavesWhenASignalAsksForTheEndAndTellsOfItInItsStatus) {
  for (const int signal : {SIGTERM, SIGHUP, SIGINT}) {
    const fs::path out = folder / std::to_string(signal), said = folder / "said";
    fs::remove(said);
    Child child(program({"train", "--threads", "1", "--data", (folder / "bars").string(),
                         "--minutes", "10", "--out", out.string()}),
                {{"HOME", folder.path().string()}}, said);
    child.await([&] { return text_in(said).find("training in") != std::string::npos; });
    child.send(signal);
    ASSERT_EQ(child.wait(std::chrono::seconds(60)), 128 + signal);
    const int steps = steps_in(text_in(said));
    EXPECT_GE(steps, 0) << text_in(said);
    const Outcome more = train({"--resume", out.string(), "--steps", "1"});
    EXPECT_EQ(steps_in(more.said), steps + 1) << more.said;
  }
}

TEST_F(TrainCommand, KeepsTheRunWhenNobodyReadsWhatItSays) {
  const std::string command =
      std::string("'") + STEPWISE_PROGRAM + "' train --threads 1 --steps 3 --data '" +
      (folder / "bars").string() + "' --out '" + run.string() + "' 2>&1 | true";
  Child({"/bin/sh", "-c", command}, {{"HOME", folder.path().string()}}, folder / "said")
      .wait(std::chrono::seconds(60));
  const Outcome more = train({"--resume", run.string(), "--steps", "1"});
  EXPECT_EQ(steps_in(more.said), 4) << more.said;
}

}  // namespace
}  // namespace stepwise
