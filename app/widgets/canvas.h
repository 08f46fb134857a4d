// Where a picture lies in its part of the window, at some zoom: plain arithmetic, and the outline
// of the brush. Window thread only.
#pragma once

#include <imgui.h>

namespace stepwise::app {

// What part of a picture is looked at.
struct Camera {
  float zoom = 1;      // 1: the whole picture fits.
  float x = 0, y = 0;  // What is at the centre, in shares of the picture's size from its middle.
};

struct Rect {
  ImVec2 min, max;

  float width() const { return max.x - min.x; }
  float height() const { return max.y - min.y; }
  bool holds(ImVec2 p) const { return p.x >= min.x && p.x < max.x && p.y >= min.y && p.y < max.y; }
};

// A picture on screen: `pixel` points of the screen for each of its pixels.
struct Placed {
  Rect rect;
  float pixel = 1;

  // From the screen to pixels of the picture.
  ImVec2 to_picture(ImVec2 screen) const {
    return {(screen.x - rect.min.x) / pixel, (screen.y - rect.min.y) / pixel};
  }
};

inline constexpr float kMaxZoom = 16;

// A picture of that many pixels in `area`. At zoom 1 it is as large as fits, by a whole number
// where it can.
Placed place_picture(const Rect& area, int width, int height, const Camera& camera);

// Zooms by `factor` so that what is under `mouse` stays there. At zoom 1 the picture is centred
// again.
void zoom_about(Camera& camera, const Rect& area, int width, int height, ImVec2 mouse,
                float factor);

// Moves the picture with the mouse; its middle part stays in view.
void pan(Camera& camera, const Placed& placed, ImVec2 delta);

// The outline of a brush of that many pixels in diameter, seen on light and dark alike.
void brush_outline(ImDrawList& list, const Placed& placed, ImVec2 centre, float size);

}  // namespace stepwise::app
