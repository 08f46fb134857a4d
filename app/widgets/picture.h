// A picture on screen: one picture of a batch that never changes once it is here. Cheap to copy,
// and the address of its batch tells it from every other, so a texture made of it stays good as
// long as it lives. Window thread only.
#pragma once

#include <cstdint>
#include <memory>
#include <utility>
#include <variant>

#include "image/image.h"

namespace stepwise::app {

// Pictures of one size, to the last bit or as bytes to look at.
class PictureBatch {
 public:
  explicit PictureBatch(ImageBatch floats) : batch_(std::move(floats)) {}
  explicit PictureBatch(ByteBatch bytes) : batch_(std::move(bytes)) {}

  int count() const { return of(&ImageBatch::count, &ByteBatch::count); }
  int height() const { return of(&ImageBatch::height, &ByteBatch::height); }
  int width() const { return of(&ImageBatch::width, &ByteBatch::width); }
  int channels() const { return of(&ImageBatch::channels, &ByteBatch::channels); }
  // In data units.
  float at(int index, int y, int x, int c) const;
  Image image(int index) const;
  std::int64_t bytes() const {
    const bool exact = std::holds_alternative<ImageBatch>(batch_);
    return std::int64_t(count()) * height() * width() * channels() * (exact ? sizeof(float) : 1);
  }

 private:
  int of(int ImageBatch::*floats, int ByteBatch::*bytes) const {
    const auto* exact = std::get_if<ImageBatch>(&batch_);
    return exact ? exact->*floats : std::get<ByteBatch>(batch_).*bytes;
  }

  std::variant<ImageBatch, ByteBatch> batch_;
};

using Pictures = std::shared_ptr<const PictureBatch>;

struct Picture {
  Pictures batch;
  int index = 0;

  explicit operator bool() const { return batch != nullptr; }
  int height() const { return batch->height(); }
  int width() const { return batch->width(); }
  int channels() const { return batch->channels(); }
  float at(int y, int x, int c = 0) const { return batch->at(index, y, x, c); }
  bool operator==(const Picture&) const = default;
};

template <class Batch>
Pictures pictures_of(Batch batch) {
  return std::make_shared<const PictureBatch>(std::move(batch));
}
Picture picture_of(const Image& image);  // A batch of one; an empty image gives no picture.
Image image_of(const Picture& picture);  // A copy; no picture gives an empty image.

// The i-th of `pictures`, or no picture where there is none.
Picture picture_at(const Pictures& pictures, int i);

}  // namespace stepwise::app
