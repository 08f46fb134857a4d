#include <gmock/gmock.h>

#include "commands/program.h"
#include "image/file.h"
#include "image/png.h"

namespace stepwise {
namespace {

using testing::HasSubstr;

class WorsenCommand : public testing::Test {
 protected:
  WorsenCommand() {
    ByteImage picture(16, 16, 1);
    for (int i = 0; i < 16; ++i) picture.at(i, i) = 255;
    write_file(folder / "in.png", png_of(picture));
  }
  Outcome worsen(const std::string& stack) const {
    return run_program({"worsen", folder / "in.png", "--out", folder / "sheet.png", "--columns",
                        "3", "--stack", stack});
  }
  const TemporaryFolder folder;
};

TEST_F(WorsenCommand, HasARowForEachWayAndForAStack) {
  const Outcome outcome = worsen("blur,text");
  EXPECT_EQ(outcome.status, 0) << outcome.said;
  EXPECT_THAT(outcome.said, HasSubstr("blocks, jpeg, text and blur,text"));
  EXPECT_TRUE(std::filesystem::exists(folder / "sheet.png"));
}

TEST_F(WorsenCommand, SaysWhyThereIsNoSuchStack) {
  const Outcome outcome = worsen("blur,noise");
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.said, HasSubstr("Cannot read '--stack blur,noise': 'blur,noise' has noise"));
  EXPECT_FALSE(std::filesystem::exists(folder / "sheet.png"));
}

}  // namespace
}  // namespace stepwise
