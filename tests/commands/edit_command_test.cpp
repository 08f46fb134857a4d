#include <gmock/gmock.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "commands/program.h"
#include "image/picture_file.h"
#include "image/png.h"

namespace stepwise {
namespace {

using testing::AllOf;
using testing::HasSubstr;

namespace fs = std::filesystem;

constexpr int kSide = 28;

// A coat of a kind: a bright trunk on black.
ByteImage trunk() {
  ByteImage image(kSide, kSide, 1);
  for (int y = 4; y < 24; ++y)
    for (int x = 8; x < 20; ++x) image.at(y, x) = std::uint8_t(120 + 4 * y);
  return image;
}

// White from this row on.
ByteImage lower_part(int from) {
  ByteImage image(kSide, kSide, 1);
  for (int y = from; y < kSide; ++y)
    for (int x = 0; x < kSide; ++x) image.at(y, x) = 255;
  return image;
}

class EditCommand : public testing::Test {
 protected:
  EditCommand() {
    save("a.png", trunk());
    save("mask.png", lower_part(14));
    save("none.png", ByteImage(kSide, kSide, 1));
  }

  void save(const char* name, const ByteImage& image) {
    std::ofstream(folder_ / name, std::ios::binary) << png_of(image);
  }
  std::string file(const char* name) const { return (folder_ / name).string(); }

  Outcome edit(const std::vector<std::string>& more) {
    return run_program(followed(
        {"edit", "--image", file("a.png"), "--out", file("b.png"), "--force", "--steps", "4"},
        more));
  }
  nlohmann::json report_of(std::vector<std::string> more) {
    more.insert(more.end(), {"--report", file("report.json")});
    const Outcome outcome = edit(more);
    EXPECT_EQ(outcome.status, 0) << outcome.said;
    return nlohmann::json::parse(text_in(folder_ / "report.json"));
  }
  // Grey, of the row.
  std::vector<int> row(const char* name, int y) {
    const ByteImage pixels = open_picture(folder_ / name).pixels;
    std::vector<int> values;
    for (int x = 0; x < kSide; ++x) values.push_back(pixels.at(y, x));
    return values;
  }

  const TemporaryFolder folder_;
};

TEST_F(EditCommand, LockKeepsWhatIsOutsideTheMaskWithEveryMethod) {
  for (const char* method : {"replace", "repaint", "langevin", "pigdm"}) {
    const auto report = report_of(
        {"--tool", "lock", "--mask", file("mask.png"), "--method", method, "--rounds", "2"});
    EXPECT_EQ(report.at("method"), method);
    EXPECT_EQ(report.at("values_outside"), 14 * kSide);
    EXPECT_EQ(report.at("differing_outside"), 0) << method;
    EXPECT_GT(report.at("changed_inside"), 1.);
    for (const int y : {0, 8, 13}) EXPECT_EQ(row("b.png", y), row("a.png", y)) << y;
  }
}

TEST_F(EditCommand, RewindChangesThePictureWithinTheMaskAlone) {
  const auto report = report_of({"--tool", "rewind", "--mask", file("mask.png"), "--sigma", "2"});
  EXPECT_EQ(report.at("differing_outside"), 0);
  EXPECT_GT(report.at("changed_inside"), 1.);
  EXPECT_LT(report.at("steps"), 4);
  EXPECT_GE(report.at("sigma"), 2.);
}

TEST_F(EditCommand, RewindGoesAsFarAsTheLevelsSay) {
  const auto nowhere = report_of({"--tool", "rewind", "--levels", file("none.png")});
  EXPECT_EQ(nowhere.at("before_sha256"), nowhere.at("after_sha256"));
  const auto below = report_of({"--tool", "rewind", "--levels", file("mask.png")});
  EXPECT_EQ(below.at("differing_outside"), 0);
  EXPECT_NE(below.at("before_sha256"), below.at("after_sha256"));
}

TEST_F(EditCommand, AnInvertedPictureComesBackToTheBitAndChangesWithItsClass) {
  const auto same = report_of({"--tool", "invert", "--from", "Dress"});
  EXPECT_EQ(same.at("before_sha256"), same.at("after_sha256"));
  const auto other = report_of({"--tool", "invert", "--from", "Dress", "--class", "Coat"});
  EXPECT_NE(other.at("before_sha256"), other.at("after_sha256"));
}

TEST_F(EditCommand, EveryOtherToolDrawsAPicture) {
  const std::vector<std::vector<std::string>> all{
      {"sdedit", "--class", "Bag"},
      {"ddim", "--from", "Dress", "--class", "Coat"},
      {"diffedit", "--from", "Dress", "--class", "Coat"},
      {"flowedit", "--from", "Dress", "--class", "Coat", "--mask", file("mask.png")},
      {"regions", "--class", "Bag", "--mask", file("mask.png"), "--strength", "2"},
      {"regions", "--class", "Bag", "--class", "Coat", "--mask", file("mask.png"), "--mask",
       file("none.png")},
      {"wish", "--wish", "symmetry"},
      {"wish", "--wish", "color", "--value", "0.5", "--mask", file("mask.png")},
      {"wish", "--wish", "sketch"}};
  for (std::vector<std::string> words : all) {
    const std::string tool = words.front();
    words.insert(words.begin(), "--tool");
    const auto report = report_of(words);
    EXPECT_EQ(report.at("tool"), tool);
    EXPECT_NE(report.at("before_sha256"), report.at("after_sha256")) << tool;
    EXPECT_EQ(report.at("levels").size(), std::size_t(report.at("steps").get<int>() + 1)) << tool;
  }
}

TEST_F(EditCommand, IsDrawnAgainFromWhatItsPictureCarries) {
  EXPECT_EQ(edit({"--tool", "rewind", "--mask", file("mask.png"), "--sigma", "2"}).status, 0);
  const Outcome again = run_program({"show", file("b.png"), "--check"});
  EXPECT_EQ(again.status, 0) << again.said;
  EXPECT_THAT(again.said, HasSubstr("the same pixels"));
}

TEST_F(EditCommand, SaysWhatAToolNeedsAndWhatItCannotUse) {
  const auto refuses = [&](const std::vector<std::string>& words, const char* why) {
    const Outcome outcome = edit(words);
    EXPECT_EQ(outcome.status, 1) << outcome.said;
    EXPECT_THAT(outcome.said, HasSubstr(why));
  };
  const std::string mask = file("mask.png");
  refuses({"--tool", "erase"}, "Choose lock, rewind, sdedit");
  refuses({"--tool", "lock"}, "needs --mask");
  refuses({"--tool", "flowedit"}, "needs --class");
  refuses({"--tool", "lock", "--levels", mask}, "no use for --levels");
  refuses({"--tool", "rewind", "--levels", mask, "--mask", mask}, "leave --mask out");
  refuses({"--tool", "rewind", "--method", "replace"}, "no use for --method");
  refuses({"--tool", "lock", "--mask", mask, "--mask", mask}, "takes one --mask, not 2");
  refuses({"--tool", "regions", "--class", "Bag", "--mask", mask, "--mask", mask},
          "2 masks for 1 classes");
  refuses({"--tool", "sdedit", "--class", "Boat"}, "Boat");
  refuses({"--tool", "lock", "--mask", file("no.png")}, "no.png");
  EXPECT_FALSE(fs::exists(folder_ / "b.png"));
}

TEST_F(EditCommand, RefusesNamesAndNumbersThatAreNone) {
  EXPECT_EQ(edit({"--tool", "lock", "--mask", file("mask.png"), "--method", "x"}).status, 2);
  EXPECT_EQ(edit({"--tool", "rewind", "--sigma", "-1"}).status, 2);
  EXPECT_EQ(edit({"--tool", "wish", "--wish", "rain"}).status, 2);
}

}  // namespace
}  // namespace stepwise
