#include "image/image.h"

#include <gtest/gtest.h>

#include <limits>

#include "image/base64.h"
#include "image/sha256.h"

namespace stepwise {
namespace {

TEST(Image, EveryByteSurvivesTheWayToFloatsAndBack) {
  ByteImage bytes(16, 16, 1);
  for (int i = 0; i < 256; ++i) bytes.pixels[std::size_t(i)] = std::uint8_t(i);
  const Image floats = to_floats(bytes);
  EXPECT_FLOAT_EQ(floats.pixels.front(), -1);
  EXPECT_FLOAT_EQ(floats.pixels.back(), 1);
  EXPECT_EQ(to_bytes(floats), bytes);
}

TEST(Image, ValuesBeyondTheRangeAreClampedAndWhatIsNoNumberIsBlack) {
  constexpr float kInf = std::numeric_limits<float>::infinity();
  Image image(1, 5, 1);
  image.pixels = {-3, 3, kInf, -kInf, std::numeric_limits<float>::quiet_NaN()};
  EXPECT_EQ(to_bytes(image).pixels, (std::vector<std::uint8_t>{0, 255, 255, 0, 0}));
}

TEST(Image, HalvesAreRoundedToEven) {
  Image image(1, 2, 1);
  image.pixels = {0, 1 / 255.f};  // 127.5 and 128.
  EXPECT_EQ(to_bytes(image).pixels, (std::vector<std::uint8_t>{128, 128}));
}

TEST(ImageBatch, PicturesLieOneAfterTheOther) {
  ImageBatch batch{2, 1, 2, 1, {1, 2, 3, 4}};
  EXPECT_EQ(batch.image(1).pixels, (std::vector<float>{3, 4}));
  batch.picture(0)[1] = 9;
  EXPECT_EQ(batch.image(0).pixels, (std::vector<float>{1, 9}));
}

TEST(Sha256, IsThatOfTheStandard) {  // FIPS 180-2, appendix B.1.
  EXPECT_EQ(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Base64, BytesOfAnyNumberComeBack) {
  for (std::size_t count = 0; count < 10; ++count) {
    std::vector<std::uint8_t> bytes;
    for (std::size_t i = 0; i < count; ++i) bytes.push_back(std::uint8_t(251 * i));
    EXPECT_EQ(from_base64(to_base64(bytes)), bytes);
  }
  EXPECT_EQ(to_base64(std::vector<std::uint8_t>{'M', 'a'}), "TWE=");
}

TEST(Base64, OtherTextIsNone) {
  for (const char* text : {"TWE", "TW=E", "TW!=", "====", "=AAA"})
    EXPECT_EQ(from_base64(text), std::nullopt) << text;
}

}  // namespace
}  // namespace stepwise
