#include "gl/texture.h"

#include <algorithm>
#include <cmath>

namespace stepwise::app {

BatchTexture::BatchTexture(const PictureBatch& batch)
    : columns_(std::max(1, int(std::ceil(std::sqrt(double(batch.count())))))),
      width_(batch.width()),
      height_(batch.height()) {
  const int rows = (batch.count() + columns_ - 1) / columns_;
  const int table_width = columns_ * width_, table_height = rows * height_;
  GLint most = 0;
  glGetIntegerv(GL_MAX_TEXTURE_SIZE, &most);
  if (table_width * table_height == 0 || std::max(table_width, table_height) > most) return;

  const bool is_rgb = batch.channels() >= 3;
  const GLenum format = batch.channels() == 1   ? GL_RED
                        : batch.channels() == 2 ? GL_RG
                        : batch.channels() == 3 ? GL_RGB
                                                : GL_RGBA;
  bytes_ = std::size_t(table_width) * table_height * (is_rgb ? 12 : 4);
  glGenTextures(1, &id_);
  GLint bound = 0;
  glGetIntegerv(GL_TEXTURE_BINDING_2D, &bound);
  glBindTexture(GL_TEXTURE_2D, id_);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAX_LEVEL, 0);
  glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
  glTexImage2D(GL_TEXTURE_2D, 0, is_rgb ? GL_RGB32F : GL_R32F, table_width, table_height, 0, format,
               GL_FLOAT, nullptr);
  for (int i = 0; i < batch.count(); ++i)
    glTexSubImage2D(GL_TEXTURE_2D, 0, corner(i).x, corner(i).y, width_, height_, format, GL_FLOAT,
                    batch.image(i).pixels.data());
  glBindTexture(GL_TEXTURE_2D, GLuint(bound));
}

BatchTexture::~BatchTexture() { glDeleteTextures(1, &id_); }

}  // namespace stepwise::app
