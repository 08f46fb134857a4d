#include <gmock/gmock.h>

#include "commands/program.h"

namespace stepwise {
namespace {

using testing::HasSubstr;

TEST(SampleCommand, WritesThePicturesThatWereAskedFor) {
  const TemporaryFolder folder;
  const auto out = folder / "o.png";
  const Outcome outcome =
      run_program({"sample", "--count", "1", "--steps", "2", "--out", out.string()});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_THAT(outcome.said, HasSubstr("wrote " + out.string()));
  EXPECT_TRUE(std::filesystem::exists(out));
}

}  // namespace
}  // namespace stepwise
