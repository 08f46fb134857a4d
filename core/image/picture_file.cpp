#include "image/picture_file.h"

#include <algorithm>
#include <array>

#include "error.h"
#include "image/decoders.h"
#include "image/file.h"
#include "settings/impostor.h"

namespace stepwise {
namespace {

using std::string_view_literals::operator""sv;

struct Format {
  bool (*is)(std::string_view bytes);
  PictureFile (*decode)(std::string_view bytes);
};
constexpr std::array kFormats = {
    Format{[](std::string_view b) { return b.starts_with("\x89PNG\r\n\x1a\n"sv); }, decode_png},
    Format{[](std::string_view b) { return b.starts_with("\xff\xd8\xff"sv); }, decode_jpeg},
    Format{[](std::string_view b) {
             return b.starts_with("RIFF"sv) && b.substr(8).starts_with("WEBP"sv);
           },
           decode_webp},
};

const Format* format_of(std::string_view bytes) {
  const auto found = std::ranges::find_if(
      kFormats, [&](const Format& f) { return bytes.size() >= 12 && f.is(bytes); });
  return found == kFormats.end() ? nullptr : &*found;
}

}  // namespace

ByteImage room_for(std::int64_t height, std::int64_t width) {
  require(height > 0 && width > 0 && height <= kMaxPicturePixels / width, "it has ", width, " x ",
          height, " pixels, but should have 1 to ", kMaxPicturePixels >> 20,
          " million. Make it smaller in an image editor.");
  return ByteImage(int(height), int(width), 4);
}

bool is_picture(std::string_view first_bytes) { return format_of(first_bytes) != nullptr; }

PictureFile decode_picture(std::string_view bytes, const std::string& name) {
  return in_context("Cannot read '" + name + "' as a picture: ", [&] {
    const Format* format = format_of(bytes);
    if (format) return format->decode(bytes);
    const std::string impostor = impostor_of(bytes.substr(0, kImpostorBytes));
    throw Error(impostor.empty() ? "it is no PNG, JPEG or WebP file. Save it as one of these."
                                 : impostor);
  });
}

PictureFile open_picture(const std::filesystem::path& path) {
  return decode_picture(read_file(path, kMaxPictureBytes), path.string());
}

ByteImage rgba_of(const ByteImage& image) {
  ByteImage rgba(image.height, image.width, 4, 255);
  const bool is_grey = image.channels < 3, has_alpha = image.channels % 2 == 0;
  for (int y = 0; y < image.height; ++y)
    for (int x = 0; x < image.width; ++x) {
      for (int c = 0; c < 3; ++c) rgba.at(y, x, c) = image.at(y, x, is_grey ? 0 : c);
      if (has_alpha) rgba.at(y, x, 3) = image.at(y, x, image.channels - 1);
    }
  return rgba;
}

}  // namespace stepwise
