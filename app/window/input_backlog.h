// What was done with mouse and keys and is not on screen yet, in the order it came. A frame takes
// what it has room for: Dear ImGui sees the state at its start alone, so a key tapped between two
// frames would be lost, and a click would land where the mouse went afterwards. What frames cannot
// keep up with is thinned: turns of the wheel to their sum, and the places of the mouse among them
// to the last; what was pressed too long ago to be meant for what is shown now is dropped together
// with its release. Text is kept, and so is the release of whatever is down. Any one thread.
#pragma once

#include <deque>
#include <optional>
#include <set>
#include <vector>

namespace stepwise::app {

// As GLFW tells of it.
struct InputEvent {
  enum class Kind { kMove, kButton, kKey, kText, kScroll, kEnter, kFocus };
  Kind kind;
  int a = 0, b = 0, c = 0, d = 0;  // A button, its action and modifiers; a key, its code, ...
  double x = 0, y = 0;             // The mouse's place, or how far the wheel turned.
  bool operator==(const InputEvent&) const = default;
};

class InputBacklog {
 public:
  // It came `now`: seconds of any clock that only rises.
  void add(const InputEvent& event, double now);

  // What the next frame shows; the rest waits for those after it.
  std::vector<InputEvent> take(double now);

  bool empty() const { return waiting_.empty(); }
  // Whether a key or a button is among it that was pressed: whoever did so waits for what follows.
  bool holds_press() const;

 private:
  struct Waiting : InputEvent {
    double since = 0;
    int frame = 0;       // How many had been taken then.
    bool again = false;  // What was pressed before it is pressed once more.
  };
  bool is_again(const InputEvent& press) const;
  bool is_stale(const Waiting& press, double now) const;
  void drop_stale_presses(double now);
  void drop_idle_modifiers();
  void thin(double now);
  bool fits(const InputEvent& event) const;
  void note(const InputEvent& event);

  struct Place {
    double x = 0, y = 0;
  };
  std::deque<Waiting> waiting_;
  std::set<int> dropped_;              // Keys and buttons that are down, which nobody was told.
  Place mouse_;                        // Behind all that waits.
  std::optional<InputEvent> pressed_;  // The latest press, and where.
  Place pressed_at_;
  int frame_ = 0;
  // Of the next frame, so far:
  bool acted_ = false;  // Something happened at the mouse's place.
  bool meant_ = false;  // Something happened that means another thing with Ctrl.
  bool moved_ = false;
  std::set<int> changed_;  // Keys and buttons.
};

}  // namespace stepwise::app
