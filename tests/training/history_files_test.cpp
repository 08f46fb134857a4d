// What programs of others read of a run: whole after every end that a run may come to.
#include "training/history_files.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>

#include "error.h"
#include "formats/tensorboard.h"
#include "formats/tfrecord.h"
#include "full_disk.h"
#include "image/append.h"
#include "image/file.h"
#include "temporary_folder.h"
#include "toy_history.h"

namespace stepwise {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::int64_t kBatch = 16;

// A run that goes on with another loss after a step.
RunHistory changed_after(int step, int steps, float loss) {
  RunHistory history = toy_history(step), other = toy_history(steps, loss);
  for (const TrainingPoint& point : other.curve.points)
    if (point.step > step) history.curve.add(point);
  for (const HeldOutPoint& point : other.held_out)
    if (point.step > step) history.held_out.push_back(point);
  return history;
}

class HistoryFolder : public testing::Test {
 protected:
  HistoryFiles opened(std::int64_t step) const { return {run(), step, kBatch, kToyEdges}; }
  void write(const RunHistory& history) const { EXPECT_EQ(opened(0).update(history), ""); }

  fs::path run() const { return folder_.path(); }
  std::string json_lines() const { return read_file(run() / "history.jsonl"); }
  std::string csv() const { return read_file(run() / "history.csv"); }
  std::vector<fs::path> event_files() const {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(run()))
      if (entry.path().filename().string().starts_with("events.out.tfevents."))
        files.push_back(entry.path());
    std::ranges::sort(files);
    return files;
  }
  // The rows of all event files: step and first tag of each.
  std::vector<std::pair<std::int64_t, std::string>> events() const {
    std::vector<std::pair<std::int64_t, std::string>> rows;
    for (const fs::path& file : event_files()) {
      const std::string bytes = read_file(file);
      std::size_t at = 0;
      while (const auto record = next_record(bytes, at)) {
        const auto topic = topic_of(*record);
        EXPECT_TRUE(topic);
        if (topic && !topic->tags.empty()) rows.emplace_back(topic->step, topic->tags[0]);
      }
      EXPECT_EQ(at, bytes.size()) << file;
    }
    return rows;
  }
  // That all three tell all of the history and nothing else.
  void expect_all_of(const RunHistory& history) const {
    const TemporaryFolder other;
    EXPECT_EQ(HistoryFiles(other.path(), 0, kBatch, kToyEdges).update(history), "");
    EXPECT_EQ(json_lines(), read_file(other / "history.jsonl"));
    EXPECT_EQ(csv(), read_file(other / "history.csv"));
    std::vector<std::pair<std::int64_t, std::string>> expected;
    for (const HistoryRow& row : HistoryTable(kBatch, kToyEdges).rows_after({}, history))
      expected.emplace_back(row.key.step, row.key.kind == RowKind::kStep ? "loss" : "train");
    EXPECT_EQ(events(), expected);
  }

  TemporaryFolder folder_;
};

TEST_F(HistoryFolder, EachStepAndEachMeasurementIsALineOfJson) {
  write(toy_history(3));
  std::vector<nlohmann::json> lines;
  std::istringstream text(json_lines());
  for (std::string line; std::getline(text, line);) lines.push_back(nlohmann::json::parse(line));
  ASSERT_EQ(lines.size(), 4u);
  EXPECT_EQ(lines[1],
            nlohmann::json::parse(R"({"step": 2, "seconds": 0.5, "pictures": 32, "loss": 0.5,
                "gradient_norm": 2, "learning_rate": 0.001, "pictures_per_second": 64})"));
  EXPECT_EQ(lines[3],
            nlohmann::json::parse(R"({"step": 3, "seconds": 0.75, "pictures": 48, "train": 0.5,
                "held_out": 0.75, "held_out/sigma_0.32": 0.25, "held_out/sigma_3.2": 1.25})"));
}

TEST_F(HistoryFolder, TheTableHasTheSameRows) {
  write(toy_history(3));
  std::vector<std::string> lines;
  std::istringstream text(csv());
  for (std::string line; std::getline(text, line);) lines.push_back(line);
  EXPECT_THAT(lines,
              ElementsAre("step,seconds,pictures,loss,gradient_norm,learning_rate,"
                          "pictures_per_second,train,held_out,held_out/sigma_0.32,"
                          "held_out/sigma_3.2",
                          "1,0.25,16,0.5,2,0.001,64,,,,", "2,0.5,32,0.5,2,0.001,64,,,,",
                          "3,0.75,48,0.5,2,0.001,64,,,,", "3,0.75,48,,,,,0.5,0.75,0.25,1.25"));
}

TEST_F(HistoryFolder, EventsTellTheSame) {
  write(toy_history(3));
  ASSERT_EQ(event_files().size(), 1u);
  const std::string bytes = read_file(event_files()[0]);
  std::size_t at = 0;
  EXPECT_THAT(*next_record(bytes, at), HasSubstr("brain.Event:2"));
  for (int step = 1; step <= 3; ++step) {
    const auto topic = topic_of(*next_record(bytes, at));
    EXPECT_EQ(topic->step, step);
    EXPECT_THAT(topic->tags,
                ElementsAre("loss", "gradient_norm", "learning_rate", "pictures_per_second"));
  }
  EXPECT_THAT(topic_of(*next_record(bytes, at))->tags,
              ElementsAre("train", "held_out", "held_out/sigma_0.32", "held_out/sigma_3.2"));
  EXPECT_EQ(at, bytes.size());
}

TEST_F(HistoryFolder, GrowsWithTheRunByWhatIsNew) {
  HistoryFiles files = opened(0);
  for (const int steps : {0, 1, 2, 2, 5, 9}) {
    EXPECT_EQ(files.update(toy_history(steps)), "");
    if (steps > 0) expect_all_of(toy_history(steps));
  }
  EXPECT_EQ(event_files().size(), 1u);
}

TEST_F(HistoryFolder, ARunThatGoesOnAddsToItAndBeginsAFileOfEvents) {
  write(toy_history(6));
  HistoryFiles files = opened(6);
  EXPECT_EQ(files.update(toy_history(6)), "");
  EXPECT_EQ(event_files().size(), 1u);  // Nothing is new.
  EXPECT_EQ(files.update(toy_history(9)), "");
  EXPECT_EQ(event_files().size(), 2u);
  expect_all_of(toy_history(9));
}

TEST_F(HistoryFolder, StepsThatWereLostBetweenTheLastCheckpointAndTheEndAreTakenBack) {
  write(toy_history(10));
  const RunHistory other = changed_after(5, 8, 0.75f);
  HistoryFiles files = opened(5);
  EXPECT_EQ(files.update(toy_history(5)), "");
  expect_all_of(toy_history(5));
  EXPECT_EQ(files.update(other), "");
  expect_all_of(other);
}

TEST_F(HistoryFolder, WhatShowedTheLostStepsIsToldThatTheyAreVoid) {
  write(toy_history(10));
  EXPECT_EQ(opened(5).update(toy_history(8)), "");
  const std::string bytes = read_file(event_files().back());
  std::size_t at = 0;
  next_record(bytes, at);  // The version.
  const auto restart = topic_of(*next_record(bytes, at));
  EXPECT_EQ(restart->step, 6);
  EXPECT_THAT(restart->tags, IsEmpty());
}

// Also where it was killed in the middle of a row: whatever is left of a file, what is missing is
// added and what is torn is taken back.
TEST_F(HistoryFolder, IsWholeAgainWhereverAFileWasCutOff) {
  const RunHistory history = toy_history(4);
  for (std::size_t which = 0; which < 3; ++which) {
    std::size_t whole = 0;
    for (std::size_t size = 0; size <= whole; size += 11) {
      for (const auto& entry : fs::directory_iterator(run())) fs::remove(entry);
      write(history);
      const fs::path file = std::vector<fs::path>{run() / "history.jsonl", run() / "history.csv",
                                                  event_files().at(0)}[which];
      whole = fs::file_size(file);
      cut_file(file, std::min(size, whole));
      EXPECT_EQ(opened(4).update(history), "");
      expect_all_of(history);
      ASSERT_FALSE(HasFailure()) << file << " of " << size << " bytes";
    }
  }
}

TEST_F(HistoryFolder, FilesThatVanishedOrNeverWereAreWrittenWhole) {
  HistoryFiles files = opened(4);  // A run of an earlier version.
  EXPECT_EQ(files.update(toy_history(4)), "");
  expect_all_of(toy_history(4));
  for (const auto& entry : fs::directory_iterator(run())) fs::remove(entry);
  EXPECT_EQ(files.update(toy_history(6)), "");
  expect_all_of(toy_history(6));
}

TEST_F(HistoryFolder, OfARunThatLostItsFolderIsWholeOnceThatIsThereAgain) {
  HistoryFiles files = opened(0);
  EXPECT_EQ(files.update(toy_history(2)), "");
  fs::remove_all(run());
  EXPECT_THAT(files.update(toy_history(4)), HasSubstr(run().string() + "', is gone"));
  EXPECT_FALSE(fs::exists(run()));
  fs::create_directory(run());
  EXPECT_EQ(files.update(toy_history(6)), "");
  expect_all_of(toy_history(6));
}

TEST_F(HistoryFolder, OnAFullDiskStaysAsItIsAndCatchesUpLater) {
  HistoryFiles files = opened(0);
  EXPECT_EQ(files.update(toy_history(2)), "");
  std::string why;
  {
    const FullDisk full;
    why = files.update(toy_history(4));
  }
  EXPECT_THAT(why, HasSubstr("history.jsonl"));
  EXPECT_THAT(why, HasSubstr("history.csv"));
  EXPECT_THAT(why, HasSubstr("tfevents"));
  expect_all_of(toy_history(2));
  EXPECT_EQ(files.update(toy_history(6)), "");
  expect_all_of(toy_history(6));
}

TEST_F(HistoryFolder, AFileThatAnotherProgramChangedStaysAsItIs) {
  write(toy_history(3));
  const std::string theirs = "step;loss\n1;0,5\n";
  write_file(run() / "history.csv", theirs);
  HistoryFiles files = opened(3);
  EXPECT_THAT(files.update(toy_history(6)), HasSubstr("history.csv' was changed"));
  EXPECT_EQ(csv(), theirs);
  fs::remove(run() / "history.csv");
  EXPECT_EQ(files.update(toy_history(6)), "");
  expect_all_of(toy_history(6));
  write_file(run() / "history.jsonl", "[1, 2]\n");
  EXPECT_THAT(opened(6).update(toy_history(9)), HasSubstr("history.jsonl' was changed"));
  EXPECT_EQ(json_lines(), "[1, 2]\n");
}

TEST_F(HistoryFolder, AGalleryIsAmongTheEvents) {
  HistoryFiles files = opened(0);
  EXPECT_EQ(files.update(toy_history(2)), "");
  ImageBatch pictures{3, 4, 4, 1, std::vector<float>(48)};
  EXPECT_EQ(files.add_gallery(2, pictures), "");
  EXPECT_EQ(events().back(), (std::pair<std::int64_t, std::string>{2, "gallery"}));
  // Of a step that was lost it goes too, and is no row.
  EXPECT_EQ(opened(1).update(toy_history(2)), "");
  expect_all_of(toy_history(2));
}

class MeasuredHistory : public HistoryFolder {
 protected:
  HistoryFiles measured_from(std::int64_t step) const {
    return {run(), step, kBatch, kToyEdges, true};
  }
};

TEST_F(MeasuredHistory, TellsEachMeasureInALineOfItsOwn) {
  EXPECT_EQ(measured_from(0).update(measured_toy_history(6)), "");
  const std::string table = csv(), lines = json_lines();
  EXPECT_TRUE(
      table.ends_with("\n6,1.5,96" + std::string(9, ',') + "1.5,0.5,1.25,1.75,0.75,0.125\n"))
      << table;
  EXPECT_TRUE(
      lines.ends_with("\n{\"step\": 6, \"seconds\": 1.5, \"pictures\": 96, \"fd\": 1.5, "
                      "\"fd_floor\": 0.5, \"fd_low\": 1.25, \"fd_high\": 1.75, "
                      "\"class_agreement\": 0.75, \"nearest\": 0.125}\n"))
      << lines;
  EXPECT_EQ(events().back(), (std::pair<std::int64_t, std::string>{6, "fd"}));
}

// Whether the run went on, or was killed and goes on from its last checkpoint.
TEST_F(MeasuredHistory, MeasuresOfStepsThatWereLostAreTakenBackAndTheOthersStay) {
  EXPECT_EQ(measured_from(0).update(measured_toy_history(13)), "");
  for (const int steps : {13, 12, 11, 8, 6}) {
    HistoryFiles files = measured_from(steps);
    EXPECT_EQ(files.update(measured_toy_history(steps)), "");
    const TemporaryFolder other;
    EXPECT_EQ(
        HistoryFiles(other.path(), 0, kBatch, kToyEdges, true).update(measured_toy_history(steps)),
        "");
    EXPECT_EQ(csv(), read_file(other / "history.csv")) << steps;
    EXPECT_EQ(json_lines(), read_file(other / "history.jsonl")) << steps;
    const auto rows = events();
    EXPECT_EQ(std::ranges::count(rows, "fd", &std::pair<std::int64_t, std::string>::second),
              steps / 6);
  }
}

}  // namespace
}  // namespace stepwise
