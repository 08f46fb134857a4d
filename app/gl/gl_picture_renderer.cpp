#include "gl/gl_picture_renderer.h"

#include <cstdint>

#include "widgets/theme.h"

namespace stepwise::app {
namespace {

constexpr std::size_t kMaxTextureBytes = std::size_t(256) << 20;  // Of textures not on screen.

}  // namespace

GlPictureRenderer::GlPictureRenderer(const std::filesystem::path& shaders)
    : plain_(shaders, "picture", ""),
      subtract_(shaders, "picture", "SUBTRACT"),
      edited_(shaders, "picture", "EDITED") {}

void GlPictureRenderer::begin_frame() {
  settings_.clear();
  new_.clear();
  last_list_ = nullptr;
  ++frame_;
  for (auto it = textures_.begin(); it != textures_.end();) {
    const bool old = bytes_ > kMaxTextureBytes && it->second.last_frame + 1 < frame_;
    if (old || it->second.batch.expired()) {
      bytes_ -= it->second.texture->bytes();
      it = textures_.erase(it);
    } else {
      ++it;
    }
  }
}

const BatchTexture& GlPictureRenderer::texture_of(const Pictures& batch) {
  Entry& entry = textures_[batch.get()];
  if (entry.batch.lock() != batch) {  // New, or the address of one that is gone.
    if (entry.texture) bytes_ -= entry.texture->bytes();
    entry.batch = batch;
    entry.texture = std::make_unique<BatchTexture>(*batch);
    bytes_ += entry.texture->bytes();
    new_.insert((ImTextureID)(std::intptr_t)entry.texture->id());
    ++uploads_;
  }
  entry.last_frame = frame_;
  return *entry.texture;
}

const GlPictureRenderer::Setting* GlPictureRenderer::setting_of(const ImDrawCmd& callback) {
  return static_cast<const Setting*>(callback.UserCallbackData);
}

// Whether the draw list ends with our own latest picture and the return to the usual state after
// it. Then that return can be taken back, and the shader need not be set again.
bool GlPictureRenderer::continues(ImDrawList& list, const Uniforms& uniforms) const {
  const int n = list.CmdBuffer.Size;
  if (&list != last_list_ || n != last_commands_ || list.IdxBuffer.Size != last_indices_ || n < 3)
    return false;
  const ImVec4 &now = list.CmdBuffer[n - 1].ClipRect, &then = list.CmdBuffer[n - 3].ClipRect;
  return settings_.back() == uniforms && now.x == then.x && now.y == then.y && now.z == then.z &&
         now.w == then.w;
}

void GlPictureRenderer::draw(ImDrawList& list, const Shown& shown, ImVec2 min, ImVec2 max) {
  if (!shown || max.x <= min.x || max.y <= min.y) return;
  const BatchTexture& plus = texture_of(shown.plus.batch);
  const BatchTexture::Corner at = plus.corner(shown.plus.index);
  const int width = shown.plus.width(), height = shown.plus.height();
  Uniforms uniforms{this,
                    0,
                    0,
                    0,
                    width,
                    height,
                    shown.scale / shown.range,
                    shown.edited,
                    shown.plus.channels() >= 3,
                    shown.diverging,
                    shown.grid};
  if (shown.minus && shown.minus.width() == width && shown.minus.height() == height) {
    const BatchTexture& minus = texture_of(shown.minus.batch);
    const BatchTexture::Corner other = minus.corner(shown.minus.index);
    uniforms.minus = minus.id();
    uniforms.shift_x = other.x - at.x;
    uniforms.shift_y = other.y - at.y;
  }
  if (!plus.id()) {
    list.AddRectFilled(min, max, colors.raised);
    return;
  }
  if (continues(list, uniforms)) {
    list.CmdBuffer.pop_back();
    list.CmdBuffer.pop_back();
    settings_.back().alone = {};
  } else {
    settings_.push_back({uniforms, shown});
    list.AddCallback(
        [](const ImDrawList*, const ImDrawCmd* command) {
          const Setting& s = *static_cast<const Setting*>(command->UserCallbackData);
          s.renderer->set(s);
        },
        &settings_.back());
  }
  list.AddImage((ImTextureID)(std::intptr_t)plus.id(), min, max, {float(at.x), float(at.y)},
                {float(at.x + width), float(at.y + height)});
  list.AddCallback(ImDrawCallback_ResetRenderState, nullptr);
  last_list_ = &list;
  last_commands_ = list.CmdBuffer.Size;
  last_indices_ = list.IdxBuffer.Size;
}

// Dear ImGui lets the driver choose where its shader's attributes lie; ours must lie in the same
// places.
void GlPictureRenderer::adopt_attributes() {
  GLint theirs = 0;
  glGetIntegerv(GL_CURRENT_PROGRAM, &theirs);
  for (Shader* shader : {&plain_, &subtract_, &edited_}) {
    for (const char* name : {"Position", "UV", "Color"})
      shader->place_attribute(name, glGetAttribLocation(GLuint(theirs), name));
    shader->link();
  }
  adopted_ = true;
}

void GlPictureRenderer::set(const Uniforms& s) {
  if (!adopted_) adopt_attributes();
  const Shader& shader = !s.minus ? plain_ : s.edited ? edited_ : subtract_;
  shader.use();
  const ImDrawData& data = *ImGui::GetDrawData();
  const float l = data.DisplayPos.x, r = l + data.DisplaySize.x;
  const float t = data.DisplayPos.y, b = t + data.DisplaySize.y;
  const float projection[] = {2 / (r - l), 0, 0, 0,  0, 2 / (t - b),       0,
                              0,           0, 0, -1, 0, (r + l) / (l - r), (t + b) / (b - t),
                              0,           1};
  glUniformMatrix4fv(shader.uniform("projection"), 1, GL_FALSE, projection);
  glUniform1i(shader.uniform("plus"), 0);
  glUniform1i(shader.uniform("minus"), 1);
  glUniform2i(shader.uniform("shift"), s.shift_x, s.shift_y);
  glUniform2i(shader.uniform("cell"), s.width, s.height);
  glUniform1f(shader.uniform("scale"), s.scale);
  glUniform1i(shader.uniform("is_rgb"), s.is_rgb);
  glUniform1i(shader.uniform("diverging"), s.diverging && !s.is_rgb);
  glUniform1i(shader.uniform("grid"), s.grid);
  const ImVec4 outline = ImGui::ColorConvertU32ToFloat4(colors.warning);
  glUniform3f(shader.uniform("outline"), outline.x, outline.y, outline.z);
  glActiveTexture(GL_TEXTURE1);
  glBindTexture(GL_TEXTURE_2D, s.minus);
  glActiveTexture(GL_TEXTURE0);
}

}  // namespace stepwise::app
