// Data sets as people bring them, through the program.
#include <gmock/gmock.h>

#include "commands/program.h"
#include "data/idx_files.h"
#include "error.h"
#include "image/png.h"

namespace stepwise {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

// Pictures of upright bars.
std::string bars(std::uint32_t count, std::uint32_t height, std::uint32_t width) {
  std::vector<std::uint8_t> pixels;
  for (std::uint32_t i = 0; i < count; ++i)
    for (std::uint32_t y = 0; y < height; ++y)
      for (std::uint32_t x = 0; x < width; ++x)
        pixels.push_back(x > 1 && x < 4 + i % 2 && y > 1 ? 255 : 0);
  return idx_of(0x08, {count, height, width}, pixels);
}

class DataCommand : public testing::Test {
 protected:
  // A folder with files that begin with `prefix`, of pictures of this size.
  void data(std::uint32_t height, std::uint32_t width, const std::string& prefix = "") {
    const SmallData files(folder_ / "data", prefix);
    files.write(prefix + "train-images-idx3-ubyte", bars(3, height, width));
    files.write(prefix + "t10k-images-idx3-ubyte", bars(2, height, width));
  }
  Outcome train(std::vector<std::string> more) {
    return run_program(
        followed({"train", "--steps", "1", "--out", (folder_ / "run").string()}, more));
  }
  std::string place() const { return (folder_ / "data").string(); }

  TemporaryFolder folder_;
};

TEST_F(DataCommand, OfEmnistTrainsUprightOnRequestAndSaysSoOtherwise) {
  data(8, 8, "emnist-letters-");
  const Outcome lying = train({"--data", place()});
  EXPECT_EQ(lying.status, 0) << lying.said;
  EXPECT_THAT(lying.said, AllOf(HasSubstr("warning: EMNIST's"), HasSubstr("--transpose"),
                                HasSubstr("emnist-letters, recipe quick")));
  fs::remove_all(folder_ / "run");
  const Outcome upright = train({"--data", place() + "/emnist-letters", "--transpose"});
  EXPECT_EQ(upright.status, 0) << upright.said;
  EXPECT_THAT(upright.said, Not(HasSubstr("EMNIST's")));
}

TEST_F(DataCommand, OfSidesThatCannotBeHalvedTrainsWithFewerResolutions) {
  data(7, 6);
  const Outcome odd = train({"--data", place()});
  EXPECT_EQ(odd.status, 0) << odd.said;
  EXPECT_THAT(odd.said, HasSubstr("6 x 7 pixels can be halved 0 times: the network has 1 of"));
  const Outcome sample = run_program({"sample", "--model", (folder_ / "run").string(), "--steps",
                                      "1", "--count", "1", "--out", (folder_ / "o.png").string()});
  EXPECT_EQ(sample.status, 0) << sample.said;
}

TEST_F(DataCommand, OfRowsIsReshaped) {
  data(1, 64);
  const Outcome reshaped = train({"--data", place(), "--reshape", "8x8"});
  EXPECT_EQ(reshaped.status, 0) << reshaped.said;
  EXPECT_THAT(reshaped.said, Not(HasSubstr("warning")));
  fs::remove_all(folder_ / "run");
  EXPECT_EQ(train({"--data", place(), "--reshape", "8"}).status, 2);
  const Outcome other = train({"--data", place(), "--reshape", "9x9"});
  EXPECT_EQ(other.status, 1);
  EXPECT_THAT(other.said, HasSubstr("these are 81 pixels, and those are 64"));
}

TEST_F(DataCommand, ThatIsNotThereIsToldInAWholeSentence) {
  const Outcome outcome = train({"--data", "~/nosuch"});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.said, AllOf(HasSubstr("'~/nosuch': there is no such file or folder."),
                                  HasSubstr("The ~ is not the home folder")));
  EXPECT_FALSE(fs::exists(folder_ / "run"));
}

TEST_F(DataCommand, OfPicturesInFilesOfTheirOwnIsTrainedOnInColorAndGoneOnWith) {
  for (int i = 0; i < 4; ++i) {
    const fs::path folder = folder_ / "data" / (i % 2 ? "red" : "blue");
    fs::create_directories(folder);
    ByteImage picture(20, 24, 3);
    for (int y = i; y < 20; ++y) picture.at(y, 5, i % 2 ? 0 : 2) = 255;
    put(folder / text_of(i, ".png"), png_of(picture));
  }
  put(folder_ / "data/red/broken.png", "no picture");
  const Outcome begun = train({"--data", place(), "--size", "16"});
  EXPECT_EQ(begun.status, 0) << begun.said;
  EXPECT_THAT(begun.said, AllOf(HasSubstr("1 file in"), HasSubstr("'red/broken.png'"),
                                HasSubstr("brought to 16 x 16"), HasSubstr("data, recipe quick")));
  const Outcome more =
      run_program({"train", "--resume", (folder_ / "run").string(), "--steps", "1"});
  EXPECT_EQ(more.status, 0) << more.said;
}

TEST_F(DataCommand, OfGlyphsNeedsNoFilesAndIsGoneOnWith) {
  const Outcome begun = train({"--data", "glyphs-color", "--size", "16"});
  EXPECT_EQ(begun.status, 0) << begun.said;
  EXPECT_THAT(begun.said, HasSubstr("glyphs-color, recipe quick"));
  const Outcome more =
      run_program({"train", "--resume", (folder_ / "run").string(), "--steps", "1"});
  EXPECT_EQ(more.status, 0) << more.said;
}

TEST_F(DataCommand, OfOneSizeIsNotResized) {
  data(8, 8);
  const Outcome refused = train({"--data", place(), "--size", "16"});
  EXPECT_EQ(refused.status, 1);
  EXPECT_THAT(refused.said, HasSubstr("Leave out --size"));
  EXPECT_THAT(train({"--data", place(), "--size", "15"}).said, HasSubstr("from 16 to 64"));
}

}  // namespace
}  // namespace stepwise
