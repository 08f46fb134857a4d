// A window with an OpenGL 3.3 context, and Dear ImGui drawing into it. One at a time; main thread
// only.
#pragma once

#include <utility>

#include "image/image.h"
#include "range.h"

struct GLFWwindow;

namespace stepwise::app {

inline constexpr Range<int> kWindowWidth{640, 16384}, kWindowHeight{480, 16384};  // Points.

// A size that was not given by the user is cut to what the screen has room for.
struct WindowSize {
  int width, height;  // In pixels if one was given, else in points: a fine screen has more pixels.
  bool width_given, height_given;
};

class GlfwWindow {
 public:
  // `visible` false: only for drawing pictures of itself. Throws Error without a display or
  // OpenGL 3.3.
  GlfwWindow(const WindowSize& size, bool visible);
  ~GlfwWindow();
  GlfwWindow(const GlfwWindow&) = delete;
  GlfwWindow& operator=(const GlfwWindow&) = delete;

  GLFWwindow* handle() const { return window_; }
  std::pair<int, int> size() const;  // Width and height, as Dear ImGui counts them.
  double content_scale() const;      // Of the screen the window is on: 1, or 2 on a fine one.
  // Whether a frame is drawn on the pixels of the one before. Where a processor draws, the screen
  // gets a copy of them; a graphics card may swap them for older ones.
  bool keeps_pixels() const { return keeps_pixels_; }

  // Takes in what has happened; if nothing has, sleeps until something does, at most so long.
  void wait(double seconds);
  // Wakes a sleeping wait(); any thread may call it.
  static void wake();

 private:
  void fit_screen(const WindowSize& size);

  GLFWwindow* window_ = nullptr;
  bool keeps_pixels_ = false;
};

// Somewhere to draw that is no window: a color buffer of that size. Bound as long as it lives.
class Offscreen {
 public:
  Offscreen(int width, int height);
  ~Offscreen();
  Offscreen(const Offscreen&) = delete;
  Offscreen& operator=(const Offscreen&) = delete;

  ByteImage read() const;  // RGB.

 private:
  int width_, height_;
  unsigned framebuffer_ = 0, colors_ = 0;
};

}  // namespace stepwise::app
