#include "window/glfw_window.h"

#include <GLFW/glfw3.h>
#include <epoxy/gl.h>

#include <algorithm>
#include <cmath>
#include <string_view>

#include "error.h"

namespace stepwise::app {
namespace {

std::string glfw_words() {
  const char* words = nullptr;
  glfwGetError(&words);
  return words ? words : "no reason given";
}

// What panels and docks leave of the screen; nothing where it cannot be told.
struct ScreenArea {
  int x = 0, y = 0, width = 0, height = 0;
};

ScreenArea work_area() {
  ScreenArea area;
  if (GLFWmonitor* monitor = glfwGetPrimaryMonitor())
    glfwGetMonitorWorkarea(monitor, &area.x, &area.y, &area.width, &area.height);
  return area;
}

// As large as was given, else no larger than what there is.
int within(int size, bool given, int most) {
  return given || most <= 0 ? size : std::min(size, most);
}

constexpr const char* kAdvice =
    " Set DISPLAY or run on a desktop; without one, use the command line (stepwise --help).";

}  // namespace

GlfwWindow::GlfwWindow(const WindowSize& size, bool visible) {
  const bool ready = glfwInit();
  require(ready, "Cannot open a window: no display (", glfw_words(), ").", kAdvice);
  glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
  glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
  glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
  glfwWindowHint(GLFW_OPENGL_FORWARD_COMPAT, GLFW_TRUE);
  glfwWindowHint(GLFW_VISIBLE, GLFW_FALSE);
  glfwWindowHint(GLFW_SCALE_TO_MONITOR, !size.width_given && !size.height_given);
  glfwWindowHint(GLFW_DEPTH_BITS, 0);
  glfwWindowHint(GLFW_STENCIL_BITS, 0);
  glfwWindowHintString(GLFW_X11_CLASS_NAME, "stepwise");
  glfwWindowHintString(GLFW_X11_INSTANCE_NAME, "stepwise");
  const ScreenArea room = work_area();
  window_ = glfwCreateWindow(within(size.width, size.width_given, room.width),
                             within(size.height, size.height_given, room.height), "Stepwise",
                             nullptr, nullptr);
  if (!window_) {
    const std::string words = glfw_words();
    glfwTerminate();
    throw Error("Cannot open a window with OpenGL 3.3 (" + words +
                "). Update the graphics driver, or draw in software: LIBGL_ALWAYS_SOFTWARE=1.");
  }
  glfwMakeContextCurrent(window_);
  keeps_pixels_ = std::string_view(reinterpret_cast<const char*>(glGetString(GL_RENDERER)))
                      .starts_with("llvmpipe");
  glfwSwapInterval(visible ? 1 : 0);
  if (!visible) return;
  fit_screen(size);
  glfwShowWindow(window_);
}

// Once the frame around the window is known.
void GlfwWindow::fit_screen(const WindowSize& size) {
  ScreenArea room = work_area();
  int left = 0, top = 0, right = 0, bottom = 0;
  glfwGetWindowFrameSize(window_, &left, &top, &right, &bottom);
  room.width -= left + right, room.height -= top + bottom;
  if (room.width <= 0 || room.height <= 0) return;

  const double scale = content_scale();
  glfwSetWindowSizeLimits(window_, std::min(int(kWindowWidth.min * scale), room.width),
                          std::min(int(kWindowHeight.min * scale), room.height), GLFW_DONT_CARE,
                          GLFW_DONT_CARE);
  const auto [width, height] = this->size();
  const int fit_width = within(width, size.width_given, room.width);
  const int fit_height = within(height, size.height_given, room.height);
  if (fit_width == width && fit_height == height) return;
  glfwSetWindowSize(window_, fit_width, fit_height);
  glfwSetWindowPos(window_, room.x + left, room.y + top);
}

GlfwWindow::~GlfwWindow() {
  glfwDestroyWindow(window_);
  glfwTerminate();
}

std::pair<int, int> GlfwWindow::size() const {
  int width = 0, height = 0;
  glfwGetWindowSize(window_, &width, &height);
  return {width, height};
}

double GlfwWindow::content_scale() const {
  float x = 1, y = 1;
  glfwGetWindowContentScale(window_, &x, &y);
  int width = 0, height = 0, pixels = 0;
  glfwGetWindowSize(window_, &width, &height);
  glfwGetFramebufferSize(window_, &pixels, &height);
  // Where the system itself makes pixels of points, it has already scaled.
  if (width > 0 && pixels > width) return 1;
  return std::clamp(std::round(x * 4) / 4, 0.5f, 4.f);
}

void GlfwWindow::wait(double seconds) {
  if (seconds > 0) {
    glfwWaitEventsTimeout(seconds);
  } else {
    glfwPollEvents();
  }
}

void GlfwWindow::wake() { glfwPostEmptyEvent(); }

Offscreen::Offscreen(int width, int height) : width_(width), height_(height) {
  glGenFramebuffers(1, &framebuffer_);
  glBindFramebuffer(GL_FRAMEBUFFER, framebuffer_);
  glGenRenderbuffers(1, &colors_);
  glBindRenderbuffer(GL_RENDERBUFFER, colors_);
  glRenderbufferStorage(GL_RENDERBUFFER, GL_RGBA8, width, height);
  glFramebufferRenderbuffer(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_RENDERBUFFER, colors_);
  require(glCheckFramebufferStatus(GL_FRAMEBUFFER) == GL_FRAMEBUFFER_COMPLETE,
          "Cannot draw a picture of ", width, " x ", height, " pixels. Ask for a smaller one.");
}

Offscreen::~Offscreen() {
  glBindFramebuffer(GL_FRAMEBUFFER, 0);
  glDeleteRenderbuffers(1, &colors_);
  glDeleteFramebuffers(1, &framebuffer_);
}

ByteImage Offscreen::read() const {
  ByteImage upside_down(height_, width_, 3), image(height_, width_, 3);
  glPixelStorei(GL_PACK_ALIGNMENT, 1);
  glReadPixels(0, 0, width_, height_, GL_RGB, GL_UNSIGNED_BYTE, upside_down.pixels.data());
  const std::size_t row = std::size_t(width_) * 3;
  for (int y = 0; y < height_; ++y)
    std::copy_n(upside_down.pixels.begin() + (height_ - 1 - y) * row, row,
                image.pixels.begin() + y * row);
  return image;
}

}  // namespace stepwise::app
