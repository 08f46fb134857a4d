// What the commands do with the places that they write to.
#include <gmock/gmock.h>

#include "commands/program.h"

namespace stepwise {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

namespace fs = std::filesystem;

std::vector<std::string> sample(const std::vector<std::string>& more) {
  return followed({"sample", "--count", "2", "--steps", "2"}, more);
}

// The program behind a shell, in that folder.
Outcome run_in_shell(const std::string& words, const fs::path& folder) {
  const TemporaryFolder own;
  Child child({"/bin/sh", "-c", "cd '" + folder.string() + "' && " + words},
              {{"HOME", own.path().string()}, {"STEPWISE", STEPWISE_PROGRAM}}, own / "said");
  const std::optional<int> status = child.wait(std::chrono::seconds(120));
  return {status.value_or(-1), text_in(own / "said")};
}

// Nothing was drawn: that would be shown on stderr.
auto refuses(const std::string& words) {
  return AllOf(HasSubstr(words), Not(HasSubstr("pictures")));
}

TEST(OutputOfCommands, AMissingFolderIsToldBeforeTheWork) {
  const TemporaryFolder folder;
  const fs::path there = folder / "no";
  const Outcome picture = run_program(sample({"--out", there / "x.png"}));
  EXPECT_EQ(picture.status, 1);
  EXPECT_THAT(picture.said, refuses("mkdir -p '" + there.string() + "'"));
  const Outcome strip = run_program(sample({"--strip", there / "x.png"}));
  EXPECT_EQ(strip.status, 1);
  EXPECT_THAT(strip.said, refuses("mkdir -p"));
}

TEST(OutputOfCommands, TheDefaultNameIsLookedAtBeforeTheWork) {
  const TemporaryFolder folder;
  std::ofstream(folder / "samples.png") << "mine";
  const Outcome outcome = run_in_shell("\"$STEPWISE\" sample --count 1 --steps 2", folder.path());
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.said, refuses("'samples.png' exists"));
  EXPECT_EQ(text_in(folder / "samples.png"), "mine");
}

TEST(OutputOfCommands, TheSheetAndTheStripCannotShareAName) {
  const TemporaryFolder folder;
  const std::string name = folder / "x.png";
  const Outcome outcome = run_program(sample({"--out", name, "--strip", name}));
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.said, refuses("Choose two names"));
}

TEST(OutputOfCommands, ASheetTooLargeForAPictureIsToldBeforeTheWork) {
  const TemporaryFolder folder;
  const Outcome outcome =
      run_program({"sample", "--count", "1", "--steps", "500", "--strip", folder / "x.png"});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.said, AllOf(HasSubstr("A sheet of 1 x 501"), Not(HasSubstr("100 %"))));
}

TEST(OutputOfCommands, AClassifierIsNotTrainedForAFileThatCannotBe) {
  const TemporaryFolder folder;
  std::ofstream(folder / "file") << "mine";
  const std::string name = folder / "file/c.safetensors";
  const Outcome outcome = run_program({"classifier", "--out", name});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.said, Not(HasSubstr("epoch")));
}

TEST(OutputOfCommands, ARunIsNotBegunWhereAFileLies) {
  const TemporaryFolder folder;
  std::ofstream(folder / "file") << "mine";
  const Outcome outcome = run_program({"train", "--steps", "1", "--out", folder / "file"});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.said, refuses("it is a file"));
}

TEST(OutputOfCommands, WhatStdoutCannotTakeEndsInAnError) {
  const TemporaryFolder folder;
  for (const char* words : {"\"$STEPWISE\" info > /dev/full", "\"$STEPWISE\" --help > /dev/full",
                            "\"$STEPWISE\" --version > /dev/full", "\"$STEPWISE\" info >&-"}) {
    const Outcome outcome = run_in_shell(words, folder.path());
    EXPECT_EQ(outcome.status, 1) << words;
    EXPECT_THAT(outcome.said, HasSubstr("tandard output")) << words;
  }
  const Outcome piped = run_in_shell(
      "{ sleep 0.1; \"$STEPWISE\" --help; echo status $? >&2; } | true", folder.path());
  EXPECT_THAT(piped.said, AllOf(HasSubstr("Broken pipe"), HasSubstr("status 1")));
}

TEST(OutputOfCommands, AClosedStdoutNeverBecomesTheFileThatIsWritten) {
  const TemporaryFolder folder;
  run_in_shell("\"$STEPWISE\" sample --count 1 --steps 1 --out x.png >&- 2>&-", folder.path());
  EXPECT_THAT(text_in(folder / "x.png"), Not(HasSubstr("pictures")));
}

TEST(OutputOfCommands, AScreenshotIsRefusedBeforeAWindowOpens) {
  const TemporaryFolder folder;
  const Outcome outcome = run_program({"--screenshot", folder / "no" / "x.png"}, {{"DISPLAY", ""}});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.said, HasSubstr("mkdir -p"));
}

}  // namespace
}  // namespace stepwise
