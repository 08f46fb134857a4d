#include "image/png.h"

#include <zlib.h>

#include "error.h"

#define STB_IMAGE_WRITE_STATIC
#define STB_IMAGE_WRITE_IMPLEMENTATION
#define STBI_WRITE_NO_STDIO
#if defined(__GNUC__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"
#endif
#include <stb_image_write.h>
#if defined(__GNUC__)
#pragma GCC diagnostic pop
#endif

namespace stepwise {
namespace {

void append(void* text, void* bytes, int size) {
  static_cast<std::string*>(text)->append(static_cast<const char*>(bytes), std::size_t(size));
}

std::string big_endian(std::uint32_t number) {
  std::string bytes;
  for (int shift = 24; shift >= 0; shift -= 8) bytes += char(number >> shift);
  return bytes;
}

// PNG, section 11.3.4.5: keyword, not compressed, no language, no translated keyword, the text.
std::string text_chunk(std::string_view text) {
  using std::string_literals::operator""s;
  const std::string body = text_of("iTXt", kRecipeKeyword, "\0\0\0\0\0"s, text);
  const uLong crc = ::crc32(0, reinterpret_cast<const Bytef*>(body.data()), uInt(body.size()));
  return big_endian(std::uint32_t(body.size() - 4)) + body + big_endian(std::uint32_t(crc));
}

constexpr std::size_t kHeader = 8 + 12 + 13;  // The signature and IHDR, which come first.

}  // namespace

std::string png_of(const ByteImage& image, std::string_view recipe) {
  require(kPngSide.holds(image.height) && kPngSide.holds(image.width) && image.channels >= 1 &&
              image.channels <= 4,
          "Cannot write a picture of ", image.width, " x ", image.height, " pixels with ",
          image.channels, " channels as PNG: sides must lie between ", kPngSide.min, " and ",
          kPngSide.max, ", channels between 1 and 4.");
  std::string bytes;
  const int written =
      stbi_write_png_to_func(append, &bytes, image.width, image.height, image.channels,
                             image.pixels.data(), image.width * image.channels);
  require(written != 0, "Cannot compress a picture of ", image.width, " x ", image.height,
          " pixels.");
  require(recipe.size() <= kMaxRecipe, "The recipe of a picture takes ", recipe.size(),
          " bytes, more than the ", kMaxRecipe, " that a PNG file may carry here.");
  if (!recipe.empty()) bytes.insert(kHeader, text_chunk(recipe));
  return bytes;
}

}  // namespace stepwise
