// Dear ImGui with its two back ends, from construction to destruction. Main thread only.
#pragma once

#include <memory>

struct GLFWcursor;
struct GLFWwindow;

namespace stepwise::app {

class Gui {
 public:
  // The window's OpenGL context must be current, here and in the others.
  Gui(GLFWwindow* window, double scale, bool light);
  ~Gui();
  Gui(const Gui&) = delete;
  Gui& operator=(const Gui&) = delete;

  // Begins a frame for both back ends; Dear ImGui's own comes after.
  void begin_frame();

  // Between frames: something was chosen, the window has come to another screen, or it is too small
  // for its scale. False if all is as it was.
  bool restyle(double scale, bool light);

 private:
  void take(double scale, bool light);
  void show_mouse();

  GLFWwindow* window_;
  std::unique_ptr<GLFWcursor, void (*)(GLFWcursor*)> no_cursor_;
  double scale_ = 0;
  bool light_ = false;
};

}  // namespace stepwise::app
