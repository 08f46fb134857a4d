// A window with an OpenGL 3.3 context, and Dear ImGui drawing into it. One at a time; main thread
// only.
#pragma once

#include <memory>
#include <string>

#include "image/image.h"

struct GLFWwindow;

namespace stepwise {

class GlfwWindow {
 public:
  // `visible` false: only for drawing pictures of itself. Throws Error without a display or
  // OpenGL 3.3.
  // The size is in points, which a fine screen makes more pixels of, or in pixels.
  GlfwWindow(int width, int height, bool visible, bool in_points);
  ~GlfwWindow();
  GlfwWindow(const GlfwWindow&) = delete;
  GlfwWindow& operator=(const GlfwWindow&) = delete;

  GLFWwindow* handle() const { return window_; }
  double content_scale() const;  // Of the screen the window is on: 1, or 2 on a fine one.

  // Takes in what has happened; if nothing has, sleeps until something does, at most so long.
  void wait(double seconds);
  // Wakes a sleeping wait(); any thread may call it.
  static void wake();

 private:
  GLFWwindow* window_ = nullptr;
};

// Somewhere to draw that is no window: a colour buffer of that size. Bound as long as it lives.
class Offscreen {
 public:
  Offscreen(int width, int height);
  ~Offscreen();
  Offscreen(const Offscreen&) = delete;
  Offscreen& operator=(const Offscreen&) = delete;

  ByteImage read() const;  // RGB.

 private:
  int width_, height_;
  unsigned framebuffer_ = 0, colours_ = 0;
};

}  // namespace stepwise
