// Hostile pictures.
#include <gtest/gtest.h>

#include "../picture_bytes.h"
#include "corpus.h"
#include "image/picture_file.h"
#include "image/png.h"
#include "temporary_folder.h"

namespace stepwise {
namespace {

std::string with(std::string bytes, std::size_t at, const std::string& these) {
  return bytes.replace(at, these.size(), these);
}

// A PNG's header with those sides and the checksum that belongs to them.
std::string png_of_sides(const std::string& width, const std::string& height) {
  std::string bytes = with(with(png_of(odd_picture(4, 4, 1)), 16, width), 20, height);
  std::uint32_t crc = 0xffffffff;
  for (std::size_t i = 12; i < 29; ++i) {
    crc ^= std::uint8_t(bytes[i]);
    for (int k = 0; k < 8; ++k) crc = crc & 1 ? 0xedb88320 ^ (crc >> 1) : crc >> 1;
  }
  for (int i = 0; i < 4; ++i) bytes[29 + i] = char(~crc >> (24 - 8 * i));
  return bytes;
}

// The place of the height in the frame header of a JPEG; the width follows.
std::size_t sides_in_jpeg(const std::string& bytes) { return bytes.find("\xff\xc0") + 5; }

Files hostile_pictures() {
  using std::string_literals::operator""s;
  const std::string png = png_of(odd_picture(40, 40, 3)), jpeg = jpeg_of(odd_picture(40, 40, 3));
  const std::string webp = webp_of(odd_picture(40, 40, 4));
  const std::string most = "\x7f\xff\xff\xff"s;
  return {
      hostile("nothing", "", "empty"),
      hostile("a signature alone", png.substr(0, 8), "PNG"),
      hostile("a header alone", png.substr(0, 33), "cut short"),
      hostile("half the pixels", png.substr(0, png.size() / 2), "cut short"),
      hostile("a damaged header", with(png, 20, "\1"), "cannot hold"),
      hostile("the largest sides", png_of_sides(most, most), "cannot hold"),
      hostile("no pixels", png_of_sides("\0\0\0\0"s, "\0\0\0\1"s), "damaged"),
      hostile("more pixels than bytes", png_of_sides("\0\0\x20\0"s, "\0\0\x20\0"s), "cannot hold"),
      hostile("noise behind a signature", png.substr(0, 8) + std::string(5000, '\xa5'), "damaged"),
      hostile("a JPEG's first bytes", jpeg.substr(0, 16), "damaged"),
      hostile("a JPEG's header alone", jpeg.substr(0, sides_in_jpeg(jpeg) + 4), "damaged"),
      hostile("noise behind a JPEG's first bytes", jpeg.substr(0, 4) + std::string(5000, '\xa5'),
              "damaged"),
      hostile("a JPEG of the largest sides", with(jpeg, sides_in_jpeg(jpeg), "\xff\xdc\xff\xdc"),
              "million"),
      hostile("a WebP cut short", webp.substr(0, webp.size() / 2), "damaged"),
      hostile("a WebP's header alone", webp.substr(0, 24), "damaged"),
      hostile("noise behind a WebP's name", webp.substr(0, 12) + std::string(5000, '\xa5'),
              "damaged"),
      hostile("a WebP of the largest sides", with(webp, 21, "\xff\xff\xff\x0f"), "million"),
      hostile("a web page", "<!DOCTYPE html><html></html>", "a web page"),
      hostile("another format", "GIF89a" + std::string(100, '\0'), "GIF"),
  };
}

TEST(HostilePictures, AreRefused) {
  const TemporaryFolder folder;
  expect_refusals(no_files() + hostile_pictures(), folder / "picture.png",
                  [&] { open_picture(folder / "picture.png"); });
}

}  // namespace
}  // namespace stepwise
