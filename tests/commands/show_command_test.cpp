// stepwise show: what a picture carries, and whether it comes out the same again.
#include <gmock/gmock.h>

#include "../picture_bytes.h"
#include "engine/picture_recipe.h"
#include "formats/weights_sha256.h"
#include "image/file.h"
#include "image/picture_file.h"
#include "image/png.h"
#include "model_file.h"

namespace stepwise {
namespace {

using testing::AllOf;
using testing::HasSubstr;

class ShowCommand : public testing::Test {
 protected:
  ShowCommand() { copy_model(folder / "model"); }

  Outcome sample(const std::vector<std::string>& more) {
    return run_program(followed({"sample", "--model", (folder / "model").string(), "--count", "3",
                                 "--steps", "2", "--threads", "1"},
                                more));
  }
  Outcome show(const std::string& file, std::vector<std::string> more = {}) {
    more.insert(more.begin(), {"show", (folder / file).string(), "--threads", "1"});
    return run_program(more);
  }

  const TemporaryFolder folder;
};

TEST_F(ShowCommand, AContactSheetSaysHowItWasMadeAndComesOutTheSame) {
  const std::string file = (folder / "a.png").string();
  ASSERT_EQ(sample({"--out", file, "--seed", "7"}).status, 0);
  const Outcome shown = show("a.png", {"--check"});
  EXPECT_EQ(shown.status, 0);
  EXPECT_THAT(shown.said,
              AllOf(HasSubstr(weights_sha256(folder / "model")), HasSubstr("seed 7"),
                    HasSubstr("sheet of 3 of 3 pictures"), HasSubstr("the same pixels")));
}

TEST_F(ShowCommand, AFilmStripComesOutTheSame) {
  ASSERT_EQ(sample({"--strip", (folder / "a.png").string()}).status, 0);
  EXPECT_THAT(show("a.png", {"--check"}).said, HasSubstr("the same pixels"));
}

TEST_F(ShowCommand, APictureOfTwoModelsNamesBothAndComesOutTheSame) {
  const auto above = folder / "above";
  copy_model(above);
  fill_tensor(above / "unet/diffusion_pytorch_model.safetensors", "conv_out.bias", 0.1f);
  ASSERT_EQ(sample({"--out", folder / "a.png", "--above", above, "--border", "1.5"}).status, 0);
  const Outcome shown = show("a.png", {"--check"});
  EXPECT_EQ(shown.status, 0) << shown.said;
  for (const auto& part : {above, folder / "model"})
    EXPECT_THAT(shown.said, HasSubstr(part.string() + ", sha256 " + weights_sha256(part)));
  EXPECT_THAT(shown.said,
              AllOf(HasSubstr("handing over at sigma 1.5"), HasSubstr("the same pixels")));
  std::filesystem::remove_all(above);
  const Outcome lost = show("a.png", {"--check"});
  EXPECT_EQ(lost.status, 1);
  EXPECT_THAT(lost.said, HasSubstr("cannot be opened"));
}

TEST_F(ShowCommand, AChangedPixelIsCounted) {
  ASSERT_EQ(sample({"--out", (folder / "a.png").string()}).status, 0);
  PictureFile file = open_picture(folder / "a.png");
  file.pixels.at(9, 9, 0) ^= 2;
  write_file(folder / "a.png", png_of(file.pixels, file.recipe));
  const Outcome shown = show("a.png", {"--check"});
  EXPECT_EQ(shown.status, 1);
  EXPECT_THAT(shown.said, HasSubstr("1 of"));
  EXPECT_THAT(shown.said, HasSubstr("by at most 2 of 255"));
}

TEST_F(ShowCommand, AModelThatMovedCanBeNamedAndOneThatChangedIsToldOf) {
  ASSERT_EQ(sample({"--out", (folder / "a.png").string()}).status, 0);
  std::filesystem::rename(folder / "model", folder / "moved");
  const Outcome lost = show("a.png", {"--check"});
  EXPECT_EQ(lost.status, 1);
  EXPECT_THAT(lost.said, HasSubstr("--model"));
  const std::string moved = (folder / "moved").string();
  EXPECT_EQ(show("a.png", {"--check", "--model", moved}).status, 0);
  fill_tensor(folder / "moved/unet/diffusion_pytorch_model.safetensors", "conv_out.bias", 1);
  const Outcome other = show("a.png", {"--check", "--model", moved});
  EXPECT_EQ(other.status, 1);
  EXPECT_THAT(other.said, AllOf(HasSubstr("are not those"), HasSubstr("pixels differ")));
}

TEST_F(ShowCommand, APictureOfOthersCarriesNothing) {
  write_file(folder / "photo.jpg", jpeg_of(odd_picture(30, 20, 3)));
  const Outcome shown = show("photo.jpg");
  EXPECT_EQ(shown.status, 0);
  EXPECT_THAT(shown.said, AllOf(HasSubstr("20 x 30 pixels"), HasSubstr("none")));
  EXPECT_EQ(show("photo.jpg", {"--check"}).status, 1);
  EXPECT_EQ(show("photo.jpg", {"--json"}).said, "{}\n");
}

TEST_F(ShowCommand, ARecipeOfNonsenseIsAnErrorThatNamesTheFile) {
  write_file(folder / "a.png", png_of(odd_picture(3, 3, 1), "{\"version\": 99}"));
  const Outcome shown = show("a.png");
  EXPECT_EQ(shown.status, 1);
  EXPECT_THAT(shown.said, HasSubstr("99"));
}

TEST_F(ShowCommand, OnATerminalWithoutPixelsEachLetterIsTwoOfThem) {
  ByteImage halves(2, 3, 1, 255);
  for (int x = 0; x < 3; ++x) halves.at(1, x) = 0;
  write_file(folder / "a.png", png_of(halves));
  const Outcome shown = run_program({"show", (folder / "a.png").string(), "--terminal"},
                                    {{"TERM", "xterm-256color"}, {"COLORTERM", "truecolor"}});
  EXPECT_EQ(shown.status, 0);
  const bool upper = shown.said.find("\xe2\x96\x80") != std::string::npos;
  const bool lower = shown.said.find("\xe2\x96\x84") != std::string::npos;
  EXPECT_TRUE(upper || lower) << shown.said;
}

TEST_F(ShowCommand, SampleOnATerminalAloneWritesNoFile) {
  const Outcome drawn = sample({"--terminal"});
  EXPECT_EQ(drawn.status, 0);
  EXPECT_THAT(drawn.said, testing::Not(HasSubstr("wrote")));
}

}  // namespace
}  // namespace stepwise
