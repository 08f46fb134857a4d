#include "image/sheet.h"

#include <algorithm>

#include "error.h"
#include "image/png.h"

namespace stepwise {
namespace {

// Pixels along a side of the sheet that holds so many pictures of so many pixels.
std::int64_t side_of(int pictures, int pixels, const SheetStyle& style) {
  return std::int64_t(pictures) * (std::int64_t(pixels) * style.scale + style.gap) + style.gap;
}

// An empty sheet for rows x columns pictures. Its size is checked before anything is allocated.
ByteImage blank_sheet(const ImageBatch& like, int rows, int columns, const SheetStyle& style) {
  check_sheet(like, rows, columns, style);
  return ByteImage(int(side_of(rows, like.height, style)), int(side_of(columns, like.width, style)),
                   like.channels, style.background);
}

void place(ByteImage& sheet, const Image& picture, int row, int column, const SheetStyle& style) {
  const ByteImage bytes = to_bytes(picture);
  const int top = style.gap + row * (bytes.height * style.scale + style.gap);
  const int left = style.gap + column * (bytes.width * style.scale + style.gap);
  for (int y = 0; y < bytes.height * style.scale; ++y)
    for (int x = 0; x < bytes.width * style.scale; ++x)
      for (int c = 0; c < bytes.channels; ++c)
        sheet.at(top + y, left + x, c) = bytes.at(y / style.scale, x / style.scale, c);
}

}  // namespace

void check_sheet(const ImageBatch& like, int rows, int columns, const SheetStyle& style) {
  kSheetScale.check("The scale of a sheet", style.scale);
  kSheetGap.check("The gap of a sheet", style.gap);
  const std::int64_t height = side_of(rows, like.height, style);
  const std::int64_t width = side_of(columns, like.width, style);
  require(height <= kPngSide.max && width <= kPngSide.max, "A sheet of ", rows, " x ", columns,
          " pictures would have ", width, " x ", height, " pixels, more than the ", kPngSide.max,
          " along a side that a PNG file may have here. Ask for fewer pictures.");
}

ByteImage contact_sheet(const ImageBatch& pictures, int columns, const SheetStyle& style) {
  require(pictures.count > 0, "A contact sheet needs at least one picture.");
  require(columns > 0, "A contact sheet needs at least one column, not ", columns, ".");
  columns = std::min(columns, pictures.count);
  const int rows = (pictures.count - 1) / columns + 1;
  ByteImage sheet = blank_sheet(pictures, rows, columns, style);
  for (int i = 0; i < pictures.count; ++i)
    place(sheet, pictures.image(i), i / columns, i % columns, style);
  return sheet;
}

ByteImage film_strip(const std::vector<ImageBatch>& frames, const SheetStyle& style) {
  require(!frames.empty() && frames[0].count > 0, "A film strip needs at least one picture.");
  const ImageBatch& first = frames[0];
  ByteImage sheet = blank_sheet(first, first.count, int(frames.size()), style);
  for (std::size_t k = 0; k < frames.size(); ++k) {
    const ImageBatch& frame = frames[k];
    require(frame.count == first.count && frame.height == first.height &&
                frame.width == first.width && frame.channels == first.channels,
            "The frames of a film strip differ in size: frame ", k, " holds ", frame.count,
            " pictures of ", frame.width, " x ", frame.height, ", frame 0 holds ", first.count,
            " of ", first.width, " x ", first.height, ".");
    for (int i = 0; i < frame.count; ++i) place(sheet, frame.image(i), i, int(k), style);
  }
  return sheet;
}

}  // namespace stepwise
