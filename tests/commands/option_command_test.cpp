// Values of options: what is none is refused, never read as something else.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <stdlib.h>

#include "commands/program.h"

namespace stepwise {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

std::string seeded(const TemporaryFolder& folder, const std::string& seed) {
  const auto out = folder / ("o" + seed + ".safetensors");
  const Outcome outcome = run_program(
      {"sample", "--count", "1", "--steps", "1", "--seed", seed, "--out", out.string()});
  EXPECT_EQ(outcome.status, 0) << outcome.said;
  return text_in(out);
}

TEST(Options, SeedsGoUpToTheLargestOf64Bits) {
  const TemporaryFolder folder;
  EXPECT_NE(seeded(folder, "18446744073709551615"), seeded(folder, "18446744073709551614"));
}

TEST(Options, WhatIsNoSeedIsRefusedWithTheRange) {
  for (const std::string command : {"sample", "evaluate", "train"})
    for (const char* seed : {"-1", "18446744073709551616", "1e3", " 5", "5 ", "0x10", "+5", "1.5",
                             "\xd9\xa3", "nan"}) {
      const Outcome outcome = run_program({command, "--seed", seed});
      EXPECT_EQ(outcome.status, 2) << command << seed;
      EXPECT_THAT(outcome.said, AllOf(HasSubstr(std::string("'") + seed + "'"),
                                      HasSubstr("from 0 to 18446744073709551615")))
          << command << seed;
    }
}

TEST(Options, WhatIsNoNumberIsRefusedWithTheRange) {
  for (const char* value : {"nan", "inf", "-inf", "1e999", "0x2", "3 ", "3,5", "-0.1", "21"}) {
    const Outcome outcome = run_program({"sample", "--guidance", value});
    EXPECT_EQ(outcome.status, 2) << value;
    EXPECT_THAT(outcome.said, HasSubstr("is not a number from 0 to 20")) << value;
  }
  for (const char* value : {"0", "010x", "99999999", "99999999999999999999"}) {
    const Outcome outcome = run_program({"sample", "--count", value});
    EXPECT_EQ(outcome.status, 2) << value;
    EXPECT_THAT(outcome.said, HasSubstr("is not a whole number from 1 to 100000")) << value;
  }
}

TEST(Options, AnEmptyValueIsMissing) {
  const std::vector<std::vector<std::string>> lines = {
      {"sample", "--count", ""},   {"sample", "--count="},
      {"sample", "--out", ""},     {"sample", "--model", ""},
      {"sample", "--seed", ""},    {"sample", "--class", ""},
      {"sample", "--sampler="},    {"sample", "--strip="},
      {"train", "--data", ""},     {"train", "--minutes", ""},
      {"train", "--resume="},      {"classifier", "--out", ""},
      {"evaluate", "--model", ""}, {"info", ""},
      {"--device", "", "info"},    {"--threads=", "info"},
      {"--screenshot", ""},        {"--workspace="}};
  for (const auto& line : lines) {
    const Outcome outcome = run_program(line);
    EXPECT_EQ(outcome.status, 2) << testing::PrintToString(line);
    EXPECT_THAT(outcome.said, HasSubstr("is empty")) << testing::PrintToString(line);
  }
}

TEST(Options, UnknownNamesAreAnsweredWithTheKnownOnes) {
  const Outcome sampler = run_program({"sample", "--sampler", "hoin"});
  EXPECT_EQ(sampler.status, 1);
  EXPECT_THAT(sampler.said, AllOf(HasSubstr("'hoin'"), HasSubstr("heun")));
  const Outcome label = run_program({"sample", "--class", "Hat"});
  EXPECT_EQ(label.status, 1);
  EXPECT_THAT(label.said, AllOf(HasSubstr("'Hat'"), HasSubstr("Trouser")));
}

// What the program writes to a terminal.
std::string on_terminal(const std::map<std::string, std::string>& environment) {
  const TemporaryFolder folder;
  const int terminal = ::posix_openpt(O_RDWR | O_NOCTTY);
  if (::grantpt(terminal) != 0 || ::unlockpt(terminal) != 0)
    throw std::runtime_error("There is no terminal to try it on: is /dev/pts mounted?");
  const int keep = ::open(::ptsname(terminal), O_RDWR | O_NOCTTY);  // Until all is read.
  Child child(program({"sample", "--count", "1", "--steps", "1", "--out", folder / "o.png"}),
              environment, ::ptsname(terminal));
  EXPECT_EQ(child.wait(std::chrono::seconds(120)), 0);
  std::string said(1 << 16, '\0');
  const ssize_t n = ::read(terminal, said.data(), said.size());
  said.resize(std::size_t(std::max<ssize_t>(0, n)));
  ::close(keep);
  ::close(terminal);
  return said;
}

TEST(Progress, IsABarOnlyWhereALineCanBeTakenBack) {
  const char escape = '\x1b';
  EXPECT_THAT(on_terminal({{"TERM", "xterm"}, {"NO_COLOR", ""}}),
              HasSubstr(std::string(1, escape)));
  for (const auto& environment :
       std::vector<std::map<std::string, std::string>>{{{"TERM", "dumb"}, {"NO_COLOR", ""}},
                                                       {{"TERM", ""}, {"NO_COLOR", ""}},
                                                       {{"TERM", "xterm"}, {"NO_COLOR", "1"}}})
    EXPECT_THAT(on_terminal(environment),
                AllOf(HasSubstr("100 %  "), Not(HasSubstr(std::string(1, escape))),
                      Not(HasSubstr("\r\x1b"))));
}

}  // namespace
}  // namespace stepwise
