#include "image/animation.h"

#include <webp/encode.h>
#include <webp/mux.h>

#include <memory>

#include "error.h"
#include "image/picture_file.h"

namespace stepwise {
namespace {

constexpr const char* kFailed = "libwebp cannot make the animation.";

struct FreePicture {
  void operator()(WebPPicture* picture) const {
    WebPPictureFree(picture);
    delete picture;
  }
};
using Picture = std::unique_ptr<WebPPicture, FreePicture>;

Picture picture_of(const ByteImage& image) {
  Picture picture(new WebPPicture);
  require(WebPPictureInit(picture.get()), kFailed);
  picture->width = image.width;
  picture->height = image.height;
  picture->use_argb = 1;
  require(WebPPictureImportRGBA(picture.get(), rgba_of(image).pixels.data(), image.width * 4),
          kFailed);
  return picture;
}

// Of 0 to 9; those above 2 take three times as long and save some percent.
constexpr int kEffort = 2;

WebPConfig lossless() {
  WebPConfig config;
  require(WebPConfigInit(&config) && WebPConfigLosslessPreset(&config, kEffort), kFailed);
  return config;
}

}  // namespace

std::string webp_of(const std::vector<AnimationFrame>& frames) {
  require(!frames.empty(), "An animation needs at least one picture.");
  const int width = frames[0].pixels.width, height = frames[0].pixels.height;
  require(width >= 1 && height >= 1 && width <= WEBP_MAX_DIMENSION && height <= WEBP_MAX_DIMENSION,
          "An animation of ", width, " x ", height,
          " pixels cannot be written: sides must lie between 1 and ", WEBP_MAX_DIMENSION, ".");
  WebPAnimEncoderOptions options;
  require(WebPAnimEncoderOptionsInit(&options), kFailed);
  const std::unique_ptr<WebPAnimEncoder, decltype(&WebPAnimEncoderDelete)> encoder(
      WebPAnimEncoderNew(width, height, &options), WebPAnimEncoderDelete);
  const WebPConfig config = lossless();
  int now = 0;
  for (const AnimationFrame& frame : frames) {
    require(frame.pixels.width == width && frame.pixels.height == height,
            "The frames of an animation differ in size.");
    require(
        encoder && WebPAnimEncoderAdd(encoder.get(), picture_of(frame.pixels).get(), now, &config),
        kFailed);
    now += frame.milliseconds;
  }
  WebPData data;
  WebPDataInit(&data);
  const bool done = WebPAnimEncoderAdd(encoder.get(), nullptr, now, nullptr) &&
                    WebPAnimEncoderAssemble(encoder.get(), &data);
  std::string bytes(reinterpret_cast<const char*>(data.bytes), data.size);
  WebPDataClear(&data);
  require(done, kFailed);
  return bytes;
}

ByteImage enlarged(const ByteImage& image, int scale) {
  ByteImage large(image.height * scale, image.width * scale, image.channels);
  for (int y = 0; y < large.height; ++y)
    for (int x = 0; x < large.width; ++x)
      for (int c = 0; c < image.channels; ++c)
        large.at(y, x, c) = image.at(y / scale, x / scale, c);
  return large;
}

}  // namespace stepwise
