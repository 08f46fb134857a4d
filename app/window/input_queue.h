// The window's mouse and keys, handed to Dear ImGui in the order they came, as much of them in each
// frame as it tells apart (input_backlog.h). Main thread only.
#pragma once

#include <array>
#include <string>
#include <utility>
#include <vector>

#include <imgui.h>

#include "window/input_backlog.h"

struct GLFWwindow;

namespace stepwise::app {

class InputQueue {
 public:
  // Listens to the window. Dear ImGui's own GLFW back end must not.
  explicit InputQueue(GLFWwindow* window);
  ~InputQueue();
  InputQueue(const InputQueue&) = delete;
  InputQueue& operator=(const InputQueue&) = delete;

  // The next frame shows the events that it has room for. Call before Dear ImGui's back ends begin
  // theirs.
  void feed();
  // Puts the mouse where these events took it. Call after the back ends and before ImGui::NewFrame.
  void place_mouse() const;
  // Where the mouse has been from the frame before to this one, in order; empty if it rested.
  const std::vector<ImVec2>& mouse_way() const { return mouse_way_; }

  // Whether the window lost what it showed, since this was asked last.
  bool take_uncovered() { return std::exchange(uncovered_, false); }

  // Paths of what was dropped on the window, since this was asked last.
  std::vector<std::string> take_dropped() { return std::exchange(dropped_, {}); }

  // Nothing was done to the window that is not on screen yet: resized or uncovered neither.
  bool empty() const { return !is_news_ && backlog_.empty(); }
  bool holds_press() const { return backlog_.holds_press(); }

 private:
  static void push(GLFWwindow* window, const InputEvent& event);
  static void note_news(GLFWwindow* window);
  void hand_over(const InputEvent& event);
  void keep_modifiers(const InputEvent& event);

  GLFWwindow* window_;
  InputBacklog backlog_;
  bool is_news_ = false;  // Something came since the last frame.
  bool uncovered_ = false;
  std::vector<std::string> dropped_;
  std::vector<ImVec2> mouse_way_;
  // As the frames have it:
  float mouse_x_, mouse_y_;
  std::array<bool, 3> down_{};       // Left, right, middle.
  std::array<bool, 8> modifiers_{};  // The keys Shift, Ctrl, Alt, Super at the left, at the right.
};

}  // namespace stepwise::app
