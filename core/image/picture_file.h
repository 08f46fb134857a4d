// Pictures that others made: PNG, JPEG and WebP, read by libraries that are made for files of
// strangers (libspng, libjpeg-turbo, libwebp). What a file is is told by its first bytes, not by
// its name. Any thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "image/image.h"

namespace stepwise {

// Bounds, checked before memory is asked for: a picture in 8 bits of four channels then takes at
// most 256 MiB.
inline constexpr std::int64_t kMaxPicturePixels = std::int64_t{1} << 26;
inline constexpr std::size_t kMaxPictureBytes = std::size_t{1} << 28;  // Of a file.

struct PictureFile {
  ByteImage pixels;    // Red, green, blue, alpha; upright; the first picture of an animation.
  std::string recipe;  // What png_of() left in it; empty: nothing.
  std::string note;    // A sentence where the file is damaged and what could be read is here.
};

// Throws Error, naming the file and the cause, for all but a picture within the bounds.
PictureFile open_picture(const std::filesystem::path& path);
// The same of a file's bytes; `name` is what messages call it.
PictureFile decode_picture(std::string_view bytes, const std::string& name);

// Whether a file that begins with these bytes (16 will do) is one of those that can be read.
bool is_picture(std::string_view first_bytes);

// The same picture in four channels: grey in the first three, opaque where there is no alpha.
ByteImage rgba_of(const ByteImage& image);

}  // namespace stepwise
