#include "window/input_backlog.h"

#include <GLFW/glfw3.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace stepwise::app {
namespace {

using Kind = InputEvent::Kind;

// What is pressed again and again, as for a larger brush or a double click, means the same each
// time and may come later. However slow frames are, a press has the chance of a few.
struct Patience {
  double seconds;
  int frames;
};
constexpr Patience kOnce{0.2, 9}, kAgain{0.6, 9};
constexpr double kSamePlace = 4;  // Pixels.

bool has_action(const InputEvent& e) { return e.kind == Kind::kButton || e.kind == Kind::kKey; }

// GLFW_PRESS, GLFW_RELEASE or GLFW_REPEAT.
int action_of(const InputEvent& e) { return e.kind == Kind::kButton ? e.b : e.c; }

// One number per key and button; a key that GLFW does not know is -1.
int switch_of(const InputEvent& e) { return e.kind == Kind::kButton ? -2 - e.a : e.a; }

bool is_modifier(const InputEvent& e) {
  return e.kind == Kind::kKey && e.a >= GLFW_KEY_LEFT_SHIFT && e.a <= GLFW_KEY_RIGHT_SUPER;
}

bool is_press(const InputEvent& e) {
  return has_action(e) && action_of(e) == GLFW_PRESS && !is_modifier(e);
}

// Whether it is another thing with Ctrl than without.
bool heeds_modifiers(const InputEvent& e) {
  return e.kind == Kind::kScroll || e.kind == Kind::kButton || is_press(e);
}

}  // namespace

void InputBacklog::add(const InputEvent& event, double now) {
  if (has_action(event)) {
    const int action = action_of(event);
    if (action == GLFW_REPEAT) return;  // Dear ImGui repeats keys by itself.
    if (dropped_.erase(switch_of(event)) > 0 && action == GLFW_RELEASE) return;
  }
  if (event.kind == Kind::kMove) mouse_ = {event.x, event.y};
  waiting_.push_back({event, now, frame_, is_again(event)});
  if (!is_press(event)) return;
  pressed_ = event;
  pressed_at_ = mouse_;
}

bool InputBacklog::is_again(const InputEvent& e) const {
  if (!is_press(e) || !pressed_ || switch_of(*pressed_) != switch_of(e)) return false;
  return e.kind == Kind::kKey ||
         std::hypot(mouse_.x - pressed_at_.x, mouse_.y - pressed_at_.y) < kSamePlace;
}

bool InputBacklog::holds_press() const { return std::ranges::any_of(waiting_, is_press); }

std::vector<InputEvent> InputBacklog::take(double now) {
  drop_stale_presses(now);
  drop_idle_modifiers();
  thin(now);
  ++frame_;
  acted_ = meant_ = moved_ = false;
  changed_.clear();
  std::vector<InputEvent> frame;
  while (!waiting_.empty() && fits(waiting_.front())) {
    note(waiting_.front());
    frame.push_back(waiting_.front());
    waiting_.pop_front();
  }
  return frame;
}

bool InputBacklog::is_stale(const Waiting& press, double now) const {
  const Patience& patience = press.again ? kAgain : kOnce;
  return now - press.since > patience.seconds && frame_ - press.frame >= patience.frames;
}

void InputBacklog::drop_stale_presses(double now) {
  std::set<int> without_release;
  std::deque<Waiting> kept;
  for (const Waiting& e : waiting_) {
    if (is_press(e) && is_stale(e, now))
      without_release.insert(switch_of(e));
    else if (!has_action(e) || without_release.erase(switch_of(e)) == 0)
      kept.push_back(e);
  }
  dropped_.merge(without_release);
  waiting_ = std::move(kept);
}

// Ctrl and its like, pressed and let go with nothing between that heeds them.
void InputBacklog::drop_idle_modifiers() {
  for (std::size_t i = 0; i < waiting_.size();) {
    const auto first = waiting_.begin() + std::ptrdiff_t(i++);
    if (!is_modifier(*first) || first->c != GLFW_PRESS) continue;
    auto last = first + 1;
    while (last != waiting_.end() && !heeds_modifiers(*last) && last->a != first->a) ++last;
    if (last == waiting_.end() || !is_modifier(*last) || last->c != GLFW_RELEASE) continue;
    waiting_.erase(last);
    waiting_.erase(waiting_.begin() + std::ptrdiff_t(--i));
  }
}

// Old turns, and the moves among them, become one of each, between things that they must not be
// moved past. Moves alone are a stroke's way, and one frame has room for all of them.
void InputBacklog::thin(double now) {
  std::deque<Waiting> kept;
  std::vector<Waiting> moves;
  std::optional<Waiting> scroll;
  const auto keep = [&] {
    kept.insert(kept.end(), moves.begin(), moves.end());
    if (scroll) kept.push_back(*scroll);
    moves.clear();
    scroll.reset();
  };
  for (const Waiting& e : waiting_) {
    const bool old = now - e.since > kOnce.seconds;
    if (old && e.kind == Kind::kMove) {
      if (scroll) moves.clear();
      moves.push_back(e);
    } else if (old && e.kind == Kind::kScroll) {
      Waiting sum = e;
      if (scroll) sum.x += scroll->x, sum.y += scroll->y;
      scroll = sum;
    } else {
      if (e.kind != Kind::kText) keep();
      kept.push_back(e);
    }
  }
  keep();
  waiting_ = std::move(kept);
}

// Moves after something was done at the old place, and a second change of the same key or button,
// wait. So does letting go after a move: what is dragged is to get there first. Ctrl and its like
// wait once something has happened that is another thing with them.
bool InputBacklog::fits(const InputEvent& e) const {
  if (has_action(e) && changed_.contains(switch_of(e))) return false;
  if (e.kind == Kind::kMove) return !acted_;
  if (e.kind == Kind::kButton) return !moved_ || e.b == GLFW_PRESS;
  return !is_modifier(e) || !meant_;
}

void InputBacklog::note(const InputEvent& e) {
  if (has_action(e)) changed_.insert(switch_of(e));
  moved_ = moved_ || e.kind == Kind::kMove;
  acted_ = acted_ || e.kind == Kind::kScroll || (has_action(e) && !is_modifier(e));
  meant_ = meant_ || heeds_modifiers(e);
}

}  // namespace stepwise::app
