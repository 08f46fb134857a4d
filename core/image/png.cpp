#include "image/png.h"

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

}  // namespace

std::string png_of(const ByteImage& image) {
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
  return bytes;
}

}  // namespace stepwise
