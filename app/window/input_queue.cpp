#include "window/input_queue.h"

#include <GLFW/glfw3.h>
#include <imgui.h>
#include <imgui/backends/imgui_impl_glfw.h>
#include <imgui_internal.h>

#include <cfloat>

namespace stepwise::app {
namespace {

// Dear ImGui's back end asks GLFW whether Ctrl and Shift are down, rather than what came last.
constexpr bool kModifiersOfNow = IMGUI_VERSION_NUM >= 18700;

}  // namespace

InputQueue::InputQueue(GLFWwindow* window)
    : window_(window), mouse_x_(-FLT_MAX), mouse_y_(-FLT_MAX) {
  glfwSetWindowUserPointer(window, this);
  glfwSetCursorPosCallback(window, [](GLFWwindow* w, double x, double y) {
    push(w, {Kind::kMove, 0, 0, 0, 0, x, y});
  });
  glfwSetMouseButtonCallback(window, [](GLFWwindow* w, int button, int action, int mods) {
    push(w, {Kind::kButton, button, action, mods});
  });
  glfwSetKeyCallback(window, [](GLFWwindow* w, int key, int scancode, int action, int mods) {
    push(w, {Kind::kKey, key, scancode, action, mods});
  });
  glfwSetCharCallback(window, [](GLFWwindow* w, unsigned c) { push(w, {Kind::kText, int(c)}); });
  glfwSetScrollCallback(window, [](GLFWwindow* w, double x, double y) {
    push(w, {Kind::kScroll, 0, 0, 0, 0, x, y});
  });
  glfwSetCursorEnterCallback(window, [](GLFWwindow* w, int entered) {
    push(w, {Kind::kEnter, entered});
  });
  glfwSetWindowFocusCallback(window, [](GLFWwindow* w, int focused) {
    push(w, {Kind::kFocus, focused});
  });
  glfwSetWindowRefreshCallback(window, [](GLFWwindow* w) { push(w, {Kind::kOther}); });
  glfwSetFramebufferSizeCallback(window, [](GLFWwindow* w, int, int) { push(w, {Kind::kOther}); });
}

InputQueue::~InputQueue() {
  glfwSetCursorPosCallback(window_, nullptr);
  glfwSetMouseButtonCallback(window_, nullptr);
  glfwSetKeyCallback(window_, nullptr);
  glfwSetCharCallback(window_, nullptr);
  glfwSetScrollCallback(window_, nullptr);
  glfwSetCursorEnterCallback(window_, nullptr);
  glfwSetWindowFocusCallback(window_, nullptr);
  glfwSetWindowRefreshCallback(window_, nullptr);
  glfwSetFramebufferSizeCallback(window_, nullptr);
}

void InputQueue::push(GLFWwindow* window, const Event& event) {
  auto& queue = *static_cast<InputQueue*>(glfwGetWindowUserPointer(window));
  queue.is_news_ = true;
  if (kModifiersOfNow && queue.events_.empty() && queue.fits(event))
    queue.hand_over(event);
  else
    queue.events_.push_back(event);
}

bool InputQueue::empty() const {
#if IMGUI_VERSION_NUM >= 18700
  if (!ImGui::GetCurrentContext()->InputEventsQueue.empty()) return false;
#endif
  return !is_news_ && events_.empty();
}

// Moves after something was done at the old place, and a second change of the same key or button,
// wait. So does letting go after a move: what is dragged is to get there first.
bool InputQueue::fits(const Event& event) const {
  switch (event.kind) {
    case Kind::kMove:
      return !acted_;
    case Kind::kButton:
      return !changed_.contains(-1 - event.a) && !(moved_ && event.b == GLFW_RELEASE);
    case Kind::kKey:
      return kModifiersOfNow || event.c == GLFW_REPEAT || !changed_.contains(event.a);
    default:
      return true;
  }
}

void InputQueue::hand_over(const Event& e) {
  acted_ = acted_ || e.kind == Kind::kButton || e.kind == Kind::kScroll || e.kind == Kind::kKey;
  switch (e.kind) {
    case Kind::kMove:
      moved_ = true;
      mouse_x_ = float(e.x);
      mouse_y_ = float(e.y);
#if IMGUI_VERSION_NUM >= 18700
      ImGui_ImplGlfw_CursorPosCallback(window_, e.x, e.y);
#endif
      break;
    case Kind::kButton:
      changed_.insert(-1 - e.a);
      if (e.a >= 0 && e.a < int(down_.size())) down_[e.a] = e.b == GLFW_PRESS;
      ImGui_ImplGlfw_MouseButtonCallback(window_, e.a, e.b, e.c);
      break;
    case Kind::kKey:
      changed_.insert(e.a);
      ImGui_ImplGlfw_KeyCallback(window_, e.a, e.b, e.c, e.d);
      break;
    case Kind::kText:
      ImGui_ImplGlfw_CharCallback(window_, unsigned(e.a));
      break;
    case Kind::kScroll:
      ImGui_ImplGlfw_ScrollCallback(window_, e.x, e.y);
      break;
    case Kind::kEnter:
      if (!e.a) mouse_x_ = mouse_y_ = -FLT_MAX;
      ImGui_ImplGlfw_CursorEnterCallback(window_, e.a);
      break;
    case Kind::kFocus:
      ImGui_ImplGlfw_WindowFocusCallback(window_, e.a);
      break;
    case Kind::kOther:
      break;
  }
}

void InputQueue::feed() {
  while (!events_.empty() && fits(events_.front())) {
    hand_over(events_.front());
    events_.pop_front();
  }
  acted_ = moved_ = is_news_ = false;
  changed_.clear();
}

void InputQueue::place_mouse() const {
#if IMGUI_VERSION_NUM < 18700
  ImGuiIO& io = ImGui::GetIO();
  io.MousePos = {mouse_x_, mouse_y_};
  for (std::size_t i = 0; i < down_.size(); ++i) io.MouseDown[i] = down_[i];
#endif
}

}  // namespace stepwise::app
