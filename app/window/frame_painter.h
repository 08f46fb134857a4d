// Puts what Dear ImGui has made of a frame on the screen, as little of it as differs from the frame
// before (gl/frame_changes.h). Needs the window's OpenGL context, and Dear ImGui's back end for it;
// main thread only.
#pragma once

#include <imgui.h>

#include "gl/frame_changes.h"

namespace stepwise::app {

class FramePainter {
 public:
  // Draws on the color of panels, into what is bound; the pictures are those that drew into the
  // frame. Where the pixels of the frame before are `kept`, only what differs is drawn. False if
  // nothing does: then nothing is drawn.
  bool draw(ImDrawData& frame, const GlPictureRenderer& pictures, bool kept);

  // The next frame is drawn as a whole: colors or fonts are others, or the pixels were lost.
  void forget() { changes_.forget(); }

 private:
  FrameChanges changes_;
};

}  // namespace stepwise::app
