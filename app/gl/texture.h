// All pictures of a batch in one float texture, as the cells of a table filled row by row. Needs
// the window's OpenGL context; window thread only.
#pragma once

#include <epoxy/gl.h>

#include <cstddef>

#include "widgets/picture.h"

namespace stepwise::app {

class BatchTexture {
 public:
  explicit BatchTexture(const PictureBatch& batch);
  ~BatchTexture();
  BatchTexture(const BatchTexture&) = delete;
  BatchTexture& operator=(const BatchTexture&) = delete;

  GLuint id() const { return id_; }  // 0 if the batch is larger than the card takes.
  std::size_t bytes() const { return bytes_; }

  struct Corner {
    int x, y;
  };
  Corner corner(int index) const {  // The texel where a picture begins.
    return {index % columns_ * width_, index / columns_ * height_};
  }

 private:
  GLuint id_ = 0;
  int columns_ = 1, width_ = 0, height_ = 0;
  std::size_t bytes_ = 0;
};

}  // namespace stepwise::app
