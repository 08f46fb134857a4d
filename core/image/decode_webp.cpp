#include <webp/decode.h>
#include <webp/demux.h>

#include <algorithm>
#include <memory>

#include "error.h"
#include "image/decoders.h"

namespace stepwise {
namespace {

constexpr const char* kDamaged = "it is damaged or cut short.";

void decode_first_frame(std::string_view bytes, ByteImage& into) {
  WebPAnimDecoderOptions options;
  require(WebPAnimDecoderOptionsInit(&options),
          "libwebp has another version than it was built with.");
  options.color_mode = MODE_RGBA;
  const WebPData data{data_of(bytes), bytes.size()};
  const std::unique_ptr<WebPAnimDecoder, decltype(&WebPAnimDecoderDelete)> decoder(
      WebPAnimDecoderNew(&data, &options), WebPAnimDecoderDelete);
  WebPAnimInfo info{};
  std::uint8_t* frame = nullptr;
  int milliseconds = 0;
  const bool read = decoder && WebPAnimDecoderGetInfo(decoder.get(), &info) &&
                    int(info.canvas_width) == into.width &&
                    int(info.canvas_height) == into.height &&
                    WebPAnimDecoderGetNext(decoder.get(), &frame, &milliseconds);
  require(read, kDamaged);
  std::copy_n(frame, into.pixels.size(), into.pixels.begin());
}

}  // namespace

PictureFile decode_webp(std::string_view bytes) {
  WebPBitstreamFeatures features;
  require(WebPGetFeatures(data_of(bytes), bytes.size(), &features) == VP8_STATUS_OK, kDamaged);
  PictureFile file;
  ByteImage& pixels = file.pixels = room_for(features.height, features.width);
  if (features.has_animation) {
    decode_first_frame(bytes, pixels);
  } else {
    const auto* done = WebPDecodeRGBAInto(data_of(bytes), bytes.size(), pixels.pixels.data(),
                                          pixels.pixels.size(), pixels.width * 4);
    require(done != nullptr, kDamaged);
  }
  return file;
}

}  // namespace stepwise
