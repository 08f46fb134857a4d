// Pictures as the bytes of files that others might have written.
#pragma once

#include <turbojpeg.h>
#include <webp/encode.h>

#include <stdexcept>
#include <string>

#include "image/image.h"

namespace stepwise {

// A picture without symmetries.
inline ByteImage odd_picture(int height, int width, int channels) {
  ByteImage image(height, width, channels);
  for (std::size_t i = 0; i < image.pixels.size(); ++i)
    image.pixels[i] = std::uint8_t(i * i + 3 * i);
  return image;
}

// Of a picture of 1 or 3 channels, hardly compressed. `camera`: an orientation to put into EXIF.
inline std::string jpeg_of(const ByteImage& image, int camera = 0) {
  const tjhandle handle = tjInitCompress();
  unsigned char* bytes = nullptr;
  unsigned long size = 0;
  const bool grey = image.channels == 1;
  const int failed = tjCompress2(handle, image.pixels.data(), image.width, 0, image.height,
                                 grey ? TJPF_GRAY : TJPF_RGB, &bytes, &size,
                                 grey ? TJSAMP_GRAY : TJSAMP_444, 100, TJFLAG_ACCURATEDCT);
  if (failed) throw std::runtime_error("cannot compress");
  std::string file(reinterpret_cast<char*>(bytes), size);
  tjFree(bytes);
  tjDestroy(handle);
  if (camera == 0) return file;
  using std::string_literals::operator""s;
  // APP1: "Exif", a big-endian TIFF header, one entry: tag 0x0112, a SHORT, one of it.
  const std::string exif = "Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0"s +
                           char(camera) + "\0\0\0\0\0\0"s;
  const std::string segment = "\xff\xe1\0"s + char(exif.size() + 2) + exif;
  return file.insert(2, segment);
}

// Of a picture of 4 channels, to the bit.
inline std::string webp_of(const ByteImage& image) {
  std::uint8_t* bytes = nullptr;
  const std::size_t size = WebPEncodeLosslessRGBA(image.pixels.data(), image.width, image.height,
                                                  image.width * 4, &bytes);
  if (size == 0) throw std::runtime_error("cannot compress");
  std::string file(reinterpret_cast<char*>(bytes), size);
  WebPFree(bytes);
  return file;
}

}  // namespace stepwise
