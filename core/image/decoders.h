// The readers behind picture_file.h, each of one format. Each throws Error with the cause alone;
// whoever calls it knows the file's name.
#pragma once

#include <string_view>

#include "image/picture_file.h"

namespace stepwise {

PictureFile decode_png(std::string_view bytes);
PictureFile decode_jpeg(std::string_view bytes);
PictureFile decode_webp(std::string_view bytes);

// Room for that picture in four channels. Throws Error if it has more pixels than may be.
ByteImage room_for(std::int64_t height, std::int64_t width);

inline const std::uint8_t* data_of(std::string_view bytes) {
  return reinterpret_cast<const std::uint8_t*>(bytes.data());
}

}  // namespace stepwise
