#include "image/png.h"

#include <algorithm>
#include <cstdlib>
#include <memory>

#include "error.h"
#include "image/file.h"

namespace {

// The most that stb_image may ask for at once, bytes: it takes a chunk's own word for its length.
constexpr std::size_t kAtLeast = std::size_t{1} << 17;  // Its own tables.
thread_local std::size_t largest_piece = kAtLeast;

void* bounded_realloc(void* memory, std::size_t size) {
  return size <= largest_piece ? std::realloc(memory, size) : nullptr;
}

}  // namespace

#define STBI_MALLOC(size) bounded_realloc(nullptr, size)
#define STBI_REALLOC(memory, size) bounded_realloc(memory, size)
#define STBI_FREE(memory) std::free(memory)
#define STB_IMAGE_STATIC
#define STB_IMAGE_IMPLEMENTATION
#define STBI_NO_STDIO
#define STBI_ONLY_PNG
#define STBI_ONLY_JPEG
#define STB_IMAGE_WRITE_STATIC
#define STB_IMAGE_WRITE_IMPLEMENTATION
#define STBI_WRITE_NO_STDIO
#if defined(__GNUC__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"
#endif
#include <stb_image.h>
#include <stb_image_write.h>
#if defined(__GNUC__)
#pragma GCC diagnostic pop
#endif

namespace stepwise {
namespace {

constexpr std::size_t kLargestFile = std::size_t{1} << 28;
constexpr std::size_t kLargestPicture = std::size_t{1} << 26;  // Pixels.
constexpr std::size_t kBytesPerPixel = 8;                      // 16 bits of each channel.
constexpr std::size_t kPieces = 2;                             // Buffers grow by doubling.
constexpr std::size_t kPixelsPerByte = 8 * 1032;  // The most a PNG can hold: 1 bit each, all alike.

void append(void* text, void* bytes, int size) {
  static_cast<std::string*>(text)->append(static_cast<const char*>(bytes), std::size_t(size));
}

}  // namespace

std::string png_of(const ByteImage& image) {
  require(kPictureSide.holds(image.height) && kPictureSide.holds(image.width) &&
              image.channels >= 1 && image.channels <= 4,
          "Cannot write a picture of ", image.width, " x ", image.height, " pixels with ",
          image.channels, " channels as PNG: sides must lie between ", kPictureSide.min, " and ",
          kPictureSide.max, ", channels between 1 and 4.");
  std::string bytes;
  const int written =
      stbi_write_png_to_func(append, &bytes, image.width, image.height, image.channels,
                             image.pixels.data(), image.width * image.channels);
  require(written != 0, "Cannot compress a picture of ", image.width, " x ", image.height,
          " pixels.");
  return bytes;
}

void write_png(const std::filesystem::path& path, const ByteImage& image) {
  write_file(path, png_of(image));
}

ByteImage read_picture(const std::filesystem::path& path, int channels) {
  const std::string file = read_file(path, kLargestFile);
  const auto* bytes = reinterpret_cast<const stbi_uc*>(file.data());
  int width = 0, height = 0, found = 0;
  require(stbi_info_from_memory(bytes, int(file.size()), &width, &height, &found) != 0,
          "Cannot read '", path.string(), "': it is neither a PNG nor a JPEG.");
  require(kPictureSide.holds(width) && kPictureSide.holds(height) &&
              std::size_t(width) * height <= kLargestPicture,
          "Cannot read '", path.string(), "': it has ", width, " x ", height,
          " pixels, which is too large. Make it smaller.");
  require(std::size_t(width) * height / kPixelsPerByte <= file.size(), "Cannot read '",
          path.string(), "': it claims ", width, " x ", height, " pixels, but holds only ",
          file.size(), " bytes.");
  largest_piece = kAtLeast + kPieces * (file.size() + std::size_t(width) * height * kBytesPerPixel);
  const std::unique_ptr<stbi_uc, decltype(&stbi_image_free)> pixels(
      stbi_load_from_memory(bytes, int(file.size()), &width, &height, &found, channels),
      stbi_image_free);
  require(pixels != nullptr, "Cannot read '", path.string(), "': the picture is damaged (",
          stbi_failure_reason(), ").");
  ByteImage image(height, width, channels == 0 ? found : channels);
  std::copy_n(pixels.get(), image.pixels.size(), image.pixels.begin());
  return image;
}

}  // namespace stepwise
