// Animations, read back frame by frame.
#include "image/animation.h"

#include <gtest/gtest.h>
#include <webp/demux.h>

#include "../picture_bytes.h"
#include "error.h"
#include "image/picture_file.h"

namespace stepwise {
namespace {

// Each frame, and when it ends.
std::vector<AnimationFrame> frames_in(const std::string& bytes) {
  WebPAnimDecoderOptions options;
  WebPAnimDecoderOptionsInit(&options);
  options.color_mode = MODE_RGBA;
  const WebPData data{reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()};
  WebPAnimDecoder* decoder = WebPAnimDecoderNew(&data, &options);
  WebPAnimInfo info{};
  WebPAnimDecoderGetInfo(decoder, &info);
  std::vector<AnimationFrame> frames;
  std::uint8_t* pixels = nullptr;
  for (int end = 0; WebPAnimDecoderGetNext(decoder, &pixels, &end);) {
    ByteImage image(int(info.canvas_height), int(info.canvas_width), 4);
    std::copy_n(pixels, image.pixels.size(), image.pixels.begin());
    frames.push_back({image, end});
  }
  WebPAnimDecoderDelete(decoder);
  return frames;
}

TEST(Animation, KeepsEveryPixelOfEveryFrameAndItsTime) {
  const ByteImage first = odd_picture(8, 8, 1), second = odd_picture(8, 8, 3);
  const auto frames = frames_in(webp_of(std::vector<AnimationFrame>{{first, 90}, {second, 1600}}));
  ASSERT_EQ(frames.size(), 2u);
  EXPECT_EQ(frames[0].pixels, rgba_of(first));
  EXPECT_EQ(frames[1].pixels, rgba_of(second));
  EXPECT_EQ(frames[0].milliseconds, 90);
  EXPECT_EQ(frames[1].milliseconds, 1690);
}

TEST(Animation, IsOpenedAsItsFirstPicture) {
  const ByteImage first = odd_picture(8, 8, 3);
  const std::string bytes =
      webp_of(std::vector<AnimationFrame>{{first, 90}, {odd_picture(8, 8, 1), 90}});
  EXPECT_EQ(decode_picture(bytes, "a").pixels, rgba_of(first));
}

TEST(Animation, FramesOfTwoSizesAndNoneAreRefused) {
  EXPECT_THROW(webp_of(std::vector<AnimationFrame>()), Error);
  const std::vector<AnimationFrame> two{{odd_picture(8, 8, 1), 90}, {odd_picture(8, 9, 1), 90}};
  EXPECT_THROW(webp_of(two), Error);
}

TEST(Animation, EnlargedMakesSquares) {
  EXPECT_EQ(enlarged(odd_picture(1, 2, 1), 2).pixels,
            (std::vector<std::uint8_t>{0, 0, 4, 4, 0, 0, 4, 4}));
}

}  // namespace
}  // namespace stepwise
