// A picture on screen: one picture of a batch that never changes once it is here. Cheap to copy,
// and the address of its batch tells it from every other, so a texture made of it stays good as
// long as it lives. Window thread only.
#pragma once

#include <memory>

#include "image/image.h"

namespace stepwise::app {

using Pictures = std::shared_ptr<const ImageBatch>;

struct Picture {
  Pictures batch;
  int index = 0;

  explicit operator bool() const { return batch != nullptr; }
  int height() const { return batch->height; }
  int width() const { return batch->width; }
  int channels() const { return batch->channels; }
  std::span<const float> pixels() const { return batch->picture(index); }
  float at(int y, int x, int c = 0) const {
    return pixels()[(std::size_t(y) * width() + x) * channels() + c];
  }
  bool operator==(const Picture&) const = default;
};

Pictures pictures_of(ImageBatch batch);
Picture picture_of(const Image& image);  // A batch of one; an empty image gives no picture.
Image image_of(const Picture& picture);  // A copy; no picture gives an empty image.

// The i-th of `pictures`, or no picture where there is none.
Picture picture_at(const Pictures& pictures, int i);

}  // namespace stepwise::app
