#include "widgets/picture.h"

#include <utility>

namespace stepwise::app {

Pictures pictures_of(ImageBatch batch) {
  return std::make_shared<const ImageBatch>(std::move(batch));
}

Picture picture_of(const Image& image) {
  if (image.empty()) return {};
  return {pictures_of({1, image.height, image.width, image.channels, image.pixels}), 0};
}

Image image_of(const Picture& picture) {
  if (!picture) return {};
  Image image(picture.height(), picture.width(), picture.channels());
  const auto pixels = picture.pixels();
  image.pixels.assign(pixels.begin(), pixels.end());
  return image;
}

Picture picture_at(const Pictures& pictures, int i) {
  if (!pictures || i < 0 || i >= pictures->count) return {};
  return {pictures, i};
}

}  // namespace stepwise::app
