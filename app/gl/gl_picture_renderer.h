// Pictures drawn by the graphics card: each batch is uploaded once, as the floats it is, and a
// shader makes colors of them (shaders/picture.frag). Needs the window's OpenGL context; window
// thread only.
#pragma once

#include <deque>
#include <filesystem>
#include <memory>
#include <set>
#include <unordered_map>

#include "gl/shader.h"
#include "gl/texture.h"
#include "widgets/picture_renderer.h"

namespace stepwise::app {

class GlPictureRenderer : public PictureRenderer {
 public:
  explicit GlPictureRenderer(const std::filesystem::path& shaders);

  void draw(ImDrawList& list, const Shown& shown, ImVec2 min, ImVec2 max) override;

  // Call once per frame, before the panels: forgets the last frame and textures nobody needs.
  void begin_frame();

  std::size_t uploads() const { return uploads_; }  // Textures made so far.

  // What the shader is told before one or more pictures are drawn.
  struct Uniforms {
    GlPictureRenderer* renderer;
    GLuint minus;
    int shift_x, shift_y, width, height;
    float scale;
    bool edited, is_rgb, diverging, grid;
    bool operator==(const Uniforms&) const = default;
  };
  struct Setting : Uniforms {
    Shown alone;  // All that is drawn with it; nothing where that are several pictures.
  };
  // Of a callback in a draw list of this frame; null: the usual state comes back.
  static const Setting* setting_of(const ImDrawCmd& callback);
  // Whether a texture was made in this frame: it may have the name of one that is gone.
  bool is_new(ImTextureID texture) const { return new_.contains(texture); }

 private:
  struct Entry {
    std::weak_ptr<const PictureBatch> batch;
    std::unique_ptr<BatchTexture> texture;
    int last_frame = 0;
  };

  const BatchTexture& texture_of(const Pictures& batch);
  bool continues(ImDrawList& list, const Uniforms& uniforms) const;
  void set(const Uniforms& uniforms);
  void adopt_attributes();

  Shader plain_, subtract_, edited_;
  bool adopted_ = false;  // The shaders take their vertices where Dear ImGui puts them.
  std::unordered_map<const PictureBatch*, Entry> textures_;
  std::size_t bytes_ = 0, uploads_ = 0;
  std::set<ImTextureID> new_;
  int frame_ = 0;
  std::deque<Setting> settings_;  // Of this frame; draw lists point into it.

  // The end of the latest draw, to tell whether the next one follows on directly.
  ImDrawList* last_list_ = nullptr;
  int last_commands_ = 0, last_indices_ = 0;
};

}  // namespace stepwise::app
