#include "widgets/picture.h"

namespace stepwise::app {

float PictureBatch::at(int index, int y, int x, int c) const {
  const std::size_t place = (std::size_t(y) * width() + x) * channels() + c;
  if (const auto* floats = std::get_if<ImageBatch>(&batch_)) return floats->picture(index)[place];
  return to_float(std::get<ByteBatch>(batch_).picture(index)[place]);
}

Image PictureBatch::image(int index) const {
  if (const auto* floats = std::get_if<ImageBatch>(&batch_)) return floats->image(index);
  return to_floats(std::get<ByteBatch>(batch_).image(index));
}

Picture picture_of(const Image& image) {
  if (image.empty()) return {};
  return {pictures_of(ImageBatch{1, image.height, image.width, image.channels, image.pixels}), 0};
}

Image image_of(const Picture& picture) {
  return picture ? picture.batch->image(picture.index) : Image();
}

Picture picture_at(const Pictures& pictures, int i) {
  if (!pictures || i < 0 || i >= pictures->count()) return {};
  return {pictures, i};
}

}  // namespace stepwise::app
