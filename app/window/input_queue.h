// The window's mouse and keys, handed to Dear ImGui in the order they came. Before version 1.87 it
// sees only the state at the start of a frame: a key tapped between two frames would be lost, and a
// click would land where the mouse went afterwards. So what does not fit into one frame waits for
// the next; from 1.87 on keys do not, for Dear ImGui makes them wait itself. Main thread only.
#pragma once

#include <array>
#include <deque>
#include <set>

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

  // Nothing was done to the window that is not on screen yet: resized or uncovered neither.
  bool empty() const;

 private:
  enum class Kind { kMove, kButton, kKey, kText, kScroll, kEnter, kFocus, kOther };
  struct Event {
    Kind kind;
    int a = 0, b = 0, c = 0, d = 0;
    double x = 0, y = 0;
  };
  static void push(GLFWwindow* window, const Event& event);
  bool fits(const Event& event) const;
  void hand_over(const Event& event);

  GLFWwindow* window_;
  std::deque<Event> events_;
  float mouse_x_, mouse_y_;
  std::array<bool, 3> down_{};  // Left, right, middle.
  bool is_news_ = false;        // Something came since the last frame.
  // Of the next frame, so far:
  bool acted_ = false;  // Something happened at the mouse's place.
  bool moved_ = false;
  std::set<int> changed_;  // Keys, and buttons as -1, -2, ...
};

}  // namespace stepwise::app
