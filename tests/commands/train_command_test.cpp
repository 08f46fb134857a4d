#include <gmock/gmock.h>

#include <csignal>
#include <memory>
#include <regex>

#include "commands/bars.h"
#include "commands/program.h"
#include "settings/free_port.h"

namespace stepwise {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

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

TEST_F(TrainCommand, BeginsANewRunAtAMarkAndLeavesTheOldOneAsItIs) {
  ASSERT_EQ(begin(3).status, 0);
  const fs::path file = run / "training.safetensors";
  fs::create_directory(run / "marks");
  fs::copy_file(file, run / "marks" / "step-000003.safetensors");
  const std::string before = text_in(file);
  const Outcome other = train({"--resume", run.string(), "--at", "3", "--steps", "2", "--out",
                               (folder / "other").string(), "--set", "weighting=min-snr"});
  EXPECT_EQ(other.status, 0) << other.said;
  EXPECT_EQ(steps_in(other.said), 5) << other.said;
  EXPECT_THAT(other.said, HasSubstr("recipe quick-changed"));
  EXPECT_EQ(text_in(file), before);
  EXPECT_TRUE(fs::exists(folder / "other" / "marks" / "step-000003.safetensors"));
}

TEST_F(TrainCommand, TunesForFewStepsWhatHasBeenTrained) {
  ASSERT_EQ(begin(1).status, 0);
  std::vector<std::string> words{"--data", (folder / "bars").string(), "--steps",  "2",
                                 "--out",  (folder / "fast").string(), "--recipe", "few-steps"};
  const Outcome refused = train(words);
  EXPECT_EQ(refused.status, 1);
  EXPECT_THAT(refused.said, HasSubstr("Begin with one"));
  EXPECT_FALSE(fs::exists(folder / "fast"));
  words.insert(words.end(), {"--from", run.string()});
  const Outcome tuned = train(words);
  EXPECT_EQ(tuned.status, 0) << tuned.said;
  EXPECT_THAT(tuned.said, HasSubstr("recipe few-steps,"));
  EXPECT_EQ(steps_in(tuned.said), 2);
}

TEST_F(TrainCommand, TunesTheWeightsThatAModelPreviewsEditsWith) {
  ASSERT_EQ(begin(1).status, 0);
  const std::string inside = (run / "few-steps").string();
  const Outcome tuned = train({"--data", (folder / "bars").string(), "--steps", "1", "--recipe",
                               "few-steps", "--from", run.string(), "--out", inside});
  EXPECT_EQ(tuned.status, 0) << tuned.said;
  EXPECT_THAT(tuned.said, HasSubstr("The model in '" + run.string() + "' previews edits with it"));
  EXPECT_THAT(run_program({"info", run.string()}).said,
              HasSubstr("previews edits with the weights in " + inside));
}

TEST_F(TrainCommand, PutsFewStepWeightsIntoARunOfTheUsersOwnWhereNobodySaysWhere) {
  const fs::path mine = folder / "share" / "stepwise" / "runs" / "mine";
  const auto tune = [&] {
    return run_program({"train", "--threads", "1", "--data", (folder / "bars").string(), "--steps",
                        "1", "--recipe", "few-steps", "--from", mine.string()},
                       {{"XDG_DATA_HOME", (folder / "share").string()}});
  };
  ASSERT_EQ(begin(1).status, 0);
  fs::create_directories(mine.parent_path());
  fs::rename(run, mine);
  EXPECT_THAT(tune().said, HasSubstr("wrote " + (mine / "few-steps").string()));
  const Outcome second = tune();  // It has some by now.
  EXPECT_THAT(second.said, HasSubstr("wrote " + (mine.parent_path() / "bars-few-steps").string()));
  EXPECT_THAT(second.said, Not(HasSubstr("previews edits")));
}

TEST_F(TrainCommand, SaysWhichMarksThereAreAndWhatCannotBeOtherwise) {
  ASSERT_EQ(begin(1).status, 0);
  const std::string out = (folder / "other").string();
  const Outcome none = train({"--resume", run.string(), "--at", "1", "--out", out});
  EXPECT_EQ(none.status, 1);
  EXPECT_THAT(none.said, HasSubstr("no mark at step 1"));
  fs::create_directory(run / "marks");
  fs::copy_file(run / "training.safetensors", run / "marks" / "step-000001.safetensors");
  const Outcome wrong = train({"--resume", run.string(), "--at", "2", "--out", out});
  EXPECT_EQ(wrong.status, 1);
  EXPECT_THAT(wrong.said, HasSubstr("at these steps: 1."));
  const Outcome network =
      train({"--resume", run.string(), "--at", "1", "--out", out, "--set", "batch=4"});
  EXPECT_EQ(network.status, 1);
  EXPECT_THAT(network.said, HasSubstr("keeps the batch of that"));
  EXPECT_FALSE(fs::exists(out));
  EXPECT_EQ(train({"--resume", run.string(), "--out", out}).status, 2);
  EXPECT_EQ(train({"--at", "1", "--out", out}).status, 2);
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

TEST_F(TrainCommand, IsSharedByProcessesAndGoesOnWithOne) {
  const std::string bars = (folder / "bars").string();
  const Outcome both =
      train({"--data", bars, "--steps", "3", "--out", run.string(), "--processes", "2"});
  EXPECT_EQ(both.status, 0) << both.said;
  EXPECT_EQ(steps_in(both.said), 3);
  EXPECT_EQ(steps_in(train({"--resume", run.string(), "--steps", "2"}).said), 5);
  EXPECT_EQ(steps_in(train({"--resume", run.string(), "--steps", "2", "--processes", "2"}).said),
            7);
}

TEST_F(TrainCommand, SaysWhichProcessIsGoneAndGoesOnWithoutIt) {
  const std::string port = std::to_string(free_port());
  const auto process = [&](int rank) {
    std::vector<std::string> words = program(
        {"train", "--threads", "1", "--data", (folder / "bars").string(), "--steps", "100000"});
    if (rank == 0) words.insert(words.end(), {"--out", run.string()});
    const std::map<std::string, std::string> environment{{"MASTER_ADDR", "127.0.0.1"},
                                                         {"MASTER_PORT", port},
                                                         {"WORLD_SIZE", "2"},
                                                         {"RANK", std::to_string(rank)},
                                                         {"HOME", folder.path().string()}};
    return std::make_unique<Child>(words, environment, folder / std::to_string(rank));
  };
  const auto first = process(0), second = process(1);
  first->await([&] { return text_in(folder / "0").find("pictures/s") != std::string::npos; });
  second->send(SIGKILL);
  EXPECT_EQ(first->wait(std::chrono::seconds(30)), 1);
  EXPECT_THAT(text_in(folder / "0"), HasSubstr("process 1 of 2 (counted from 0) is gone"));
  EXPECT_GE(steps_in(train({"--resume", run.string(), "--minutes", "0.01"}).said), 0);
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

TEST_F(TrainCommand, LearnsAsCorrectionsInAFileSayAndRefusesThoseThatDoNotFit) {
  const auto corrected = [&](const std::string& corrections) {
    put(folder / "corrections.json", corrections);
    return train({"--data", (folder / "bars").string(), "--corrections",
                  (folder / "corrections.json").string(), "--steps", "1", "--out", run.string()});
  };
  EXPECT_THAT(corrected(R"({"pictures": [{"index": 32, "label": 0}]})").said,
              HasSubstr("no training picture 32"));
  EXPECT_THAT(corrected("{").said, AllOf(HasSubstr("--corrections"), HasSubstr("not valid")));
  EXPECT_FALSE(fs::exists(run));
  EXPECT_EQ(corrected(R"({"pictures": [{"index": 3, "left_out": true}]})").status, 0);
  EXPECT_THAT(text_in(run / "training.safetensors"), HasSubstr("left_out"));
}

}  // namespace
}  // namespace stepwise
