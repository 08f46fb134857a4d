#include <libexif/exif-data.h>
#include <turbojpeg.h>

#include <memory>
#include <type_traits>

#include "error.h"
#include "image/decoders.h"

namespace stepwise {
namespace {

using Handle = std::unique_ptr<std::remove_pointer_t<tjhandle>, decltype(&tjDestroy)>;

// How a camera was held, 1 to 8 as EXIF counts; 1: upright, or not told.
int orientation_of(std::string_view bytes) {
  const std::unique_ptr<ExifData, decltype(&exif_data_unref)> exif(
      exif_data_new_from_data(data_of(bytes), unsigned(bytes.size())), exif_data_unref);
  if (!exif) return 1;
  const ExifEntry* entry = exif_content_get_entry(exif->ifd[EXIF_IFD_0], EXIF_TAG_ORIENTATION);
  if (!entry || entry->format != EXIF_FORMAT_SHORT || entry->size < 2) return 1;
  const int orientation = exif_get_short(entry->data, exif_data_get_byte_order(exif.get()));
  return orientation >= 1 && orientation <= 8 ? orientation : 1;
}

// The picture as it was seen: EXIF's orientations are the eight ways to flip and transpose.
ByteImage upright(const ByteImage& image, int orientation) {
  const bool transposed = orientation >= 5;
  const bool from_below =
      orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
  const bool from_right =
      orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
  ByteImage turned(transposed ? image.width : image.height, transposed ? image.height : image.width,
                   image.channels);
  for (int y = 0; y < turned.height; ++y)
    for (int x = 0; x < turned.width; ++x) {
      const int row = transposed ? x : y, column = transposed ? y : x;
      for (int c = 0; c < image.channels; ++c)
        turned.at(y, x, c) = image.at(from_below ? image.height - 1 - row : row,
                                      from_right ? image.width - 1 - column : column, c);
    }
  return turned;
}

}  // namespace

PictureFile decode_jpeg(std::string_view bytes) {
  const Handle handle(tjInitDecompress(), tjDestroy);
  require(handle != nullptr, "there is no memory left.");
  int width = 0, height = 0, subsampling = 0, colors = 0;
  const int begun = tjDecompressHeader3(handle.get(), data_of(bytes), bytes.size(), &width, &height,
                                        &subsampling, &colors);
  require(begun == 0 && width > 0 && height > 0, "it is damaged or cut short (",
          tjGetErrorStr2(handle.get()), ").");
  require(colors != TJCS_CMYK && colors != TJCS_YCCK,
          "its colors are those of printing (CMYK). Save it in RGB.");
  PictureFile file;
  file.pixels = room_for(height, width);
  const int done =
      tjDecompress2(handle.get(), data_of(bytes), bytes.size(), file.pixels.pixels.data(), width, 0,
                    height, TJPF_RGBA, TJFLAG_ACCURATEDCT | TJFLAG_LIMITSCANS);
  const bool readable = done == 0 || tjGetErrorCode(handle.get()) == TJERR_WARNING;
  require(readable, "it is damaged or cut short (", tjGetErrorStr2(handle.get()), ").");
  if (done != 0)
    file.note = text_of("The picture is damaged (", tjGetErrorStr2(handle.get()),
                        "): this is what could be read of it.");
  if (const int orientation = orientation_of(bytes); orientation > 1)
    file.pixels = upright(file.pixels, orientation);
  return file;
}

}  // namespace stepwise
