#include "window/glfw_window.h"

#include <epoxy/gl.h>
// After epoxy, which brings OpenGL's names.
#include <GLFW/glfw3.h>

#include <algorithm>
#include <cmath>

#include "error.h"

namespace stepwise {
namespace {

std::string glfw_words() {
  const char* words = nullptr;
  glfwGetError(&words);
  return words ? words : "no reason given";
}

constexpr const char* kAdvice =
    " Set DISPLAY or run on a desktop; without one, use the command line (stepwise --help).";

}  // namespace

GlfwWindow::GlfwWindow(int width, int height, bool visible, bool in_points) {
  const bool ready = glfwInit();
  require(ready, "Cannot open a window: no display (", glfw_words(), ").", kAdvice);
  glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
  glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
  glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
  glfwWindowHint(GLFW_OPENGL_FORWARD_COMPAT, GLFW_TRUE);
  glfwWindowHint(GLFW_VISIBLE, visible);
  glfwWindowHint(GLFW_SCALE_TO_MONITOR, in_points);
  glfwWindowHint(GLFW_DEPTH_BITS, 0);
  glfwWindowHint(GLFW_STENCIL_BITS, 0);
  glfwWindowHintString(GLFW_X11_CLASS_NAME, "stepwise");
  glfwWindowHintString(GLFW_X11_INSTANCE_NAME, "stepwise");
  window_ = glfwCreateWindow(width, height, "Stepwise", nullptr, nullptr);
  if (!window_) {
    const std::string words = glfw_words();
    glfwTerminate();
    throw Error("Cannot open a window with OpenGL 3.3 (" + words +
                "). Update the graphics driver, or draw in software: LIBGL_ALWAYS_SOFTWARE=1.");
  }
  glfwMakeContextCurrent(window_);
  glfwSwapInterval(visible ? 1 : 0);
}

GlfwWindow::~GlfwWindow() {
  glfwDestroyWindow(window_);
  glfwTerminate();
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
  glGenRenderbuffers(1, &colours_);
  glBindRenderbuffer(GL_RENDERBUFFER, colours_);
  glRenderbufferStorage(GL_RENDERBUFFER, GL_RGBA8, width, height);
  glFramebufferRenderbuffer(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_RENDERBUFFER, colours_);
  require(glCheckFramebufferStatus(GL_FRAMEBUFFER) == GL_FRAMEBUFFER_COMPLETE,
          "Cannot draw a picture of ", width, " x ", height, " pixels. Ask for a smaller one.");
}

Offscreen::~Offscreen() {
  glBindFramebuffer(GL_FRAMEBUFFER, 0);
  glDeleteRenderbuffers(1, &colours_);
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

}  // namespace stepwise
