// Which parts of the window look other than in the frame before. Where a processor draws, a frame
// costs what its pixels cost, and most of them are as they were. Window thread only.
#pragma once

#include <imgui.h>

#include <optional>
#include <string>
#include <vector>

#include "gl/gl_picture_renderer.h"

namespace stepwise::app {

// A rectangle of whole pixels; nothing where an end is not above its beginning.
struct Area {
  int left = 0, top = 0, right = 0, bottom = 0;
  bool operator==(const Area&) const = default;
};
Area common(const Area& a, const Area& b);

// The pixels of the display that a command may touch.
Area clip_of(const ImDrawCmd& command, const ImDrawData& frame);

class FrameChanges {
 public:
  // Areas, no two of which overlap, that hold every pixel in which the frame differs from that of
  // the call before: none if it is the same, the whole display the first time. The pictures are
  // those that drew into it.
  std::vector<Area> since_last(const ImDrawData& frame, const GlPictureRenderer& pictures);

  // What is on screen is not the last frame, or colors or fonts are others.
  void forget() { display_ = {}; }

 private:
  // One command that draws, and all that its pixels depend on.
  struct Command {
    Area clip;
    ImTextureID texture;
    bool is_new;  // The texture, or the one that is subtracted: it may have the name of another.
    std::optional<GlPictureRenderer::Setting> setting;
    std::vector<ImDrawVert> corners;  // Of triangles, three by three.
  };
  struct List {
    std::string name;
    std::vector<Command> commands;
  };

  static std::vector<List> lists_of(const ImDrawData& frame, const GlPictureRenderer& pictures);
  static std::optional<Area> change_of_picture(const Command& then, const Command& now);
  static bool same_state(const Command& then, const Command& now);
  static bool same(const Command& then, const Command& now);
  void add(const Command& command);
  void add_difference(const Command& then, const Command& now);
  void add_difference(const List& then, const List& now);
  void add_triangle(const Command& of, std::size_t first_corner);
  void add(Area area);

  Area display_;
  std::vector<List> last_;
  std::vector<Area> areas_;
};

}  // namespace stepwise::app
