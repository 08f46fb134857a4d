#include "window/input_queue.h"

#include <GLFW/glfw3.h>
#include <imgui.h>
#include <imgui/backends/imgui_impl_glfw.h>

#include <cfloat>

namespace stepwise::app {
namespace {

using Kind = InputEvent::Kind;

}  // namespace

InputQueue::InputQueue(GLFWwindow* window)
    : window_(window), mouse_x_(-FLT_MAX), mouse_y_(-FLT_MAX) {
#if IMGUI_VERSION_NUM >= 18700
  ImGui::GetIO().ConfigInputTrickleEventQueue = false;  // What does not fit waits in the backlog.
#endif
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
  glfwSetWindowRefreshCallback(window, [](GLFWwindow* w) {
    note_news(w);
    static_cast<InputQueue*>(glfwGetWindowUserPointer(w))->uncovered_ = true;
  });
  glfwSetDropCallback(window, [](GLFWwindow* w, int count, const char** paths) {
    note_news(w);
    auto& dropped = static_cast<InputQueue*>(glfwGetWindowUserPointer(w))->dropped_;
    dropped.insert(dropped.end(), paths, paths + count);
  });
  glfwSetFramebufferSizeCallback(window, [](GLFWwindow* w, int, int) { note_news(w); });
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
  glfwSetDropCallback(window_, nullptr);
}

void InputQueue::note_news(GLFWwindow* window) {
  static_cast<InputQueue*>(glfwGetWindowUserPointer(window))->is_news_ = true;
}

void InputQueue::push(GLFWwindow* window, const InputEvent& event) {
  note_news(window);
  static_cast<InputQueue*>(glfwGetWindowUserPointer(window))->backlog_.add(event, glfwGetTime());
}

// From 1.87 on the back end asks GLFW whether Ctrl is down, rather than what came last.
void InputQueue::keep_modifiers(const InputEvent& e) {
  if (e.kind == Kind::kKey && e.a >= GLFW_KEY_LEFT_SHIFT && e.a <= GLFW_KEY_RIGHT_SUPER)
    modifiers_[std::size_t(e.a - GLFW_KEY_LEFT_SHIFT)] = e.c == GLFW_PRESS;
#if IMGUI_VERSION_NUM >= 18700
  constexpr std::array kModifiers = {ImGuiMod_Shift, ImGuiMod_Ctrl, ImGuiMod_Alt, ImGuiMod_Super};
  for (std::size_t i = 0; i < kModifiers.size(); ++i)
    ImGui::GetIO().AddKeyEvent(ImGuiKey(kModifiers[i]), modifiers_[i] || modifiers_[i + 4]);
#endif
}

void InputQueue::hand_over(const InputEvent& e) {
  switch (e.kind) {
    case Kind::kMove:
      mouse_x_ = float(e.x);
      mouse_y_ = float(e.y);
      mouse_way_.push_back({mouse_x_, mouse_y_});
#if IMGUI_VERSION_NUM >= 18700
      ImGui_ImplGlfw_CursorPosCallback(window_, e.x, e.y);
#endif
      break;
    case Kind::kButton:
      if (e.a >= 0 && e.a < int(down_.size())) down_[e.a] = e.b == GLFW_PRESS;
      ImGui_ImplGlfw_MouseButtonCallback(window_, e.a, e.b, e.c);
      keep_modifiers(e);
      break;
    case Kind::kKey:
      ImGui_ImplGlfw_KeyCallback(window_, e.a, e.b, e.c, e.d);
      keep_modifiers(e);
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
  }
}

void InputQueue::feed() {
  mouse_way_.clear();
  for (const InputEvent& event : backlog_.take(glfwGetTime())) hand_over(event);
  is_news_ = false;
}

void InputQueue::place_mouse() const {
#if IMGUI_VERSION_NUM < 18700
  ImGuiIO& io = ImGui::GetIO();
  io.MousePos = {mouse_x_, mouse_y_};
  for (std::size_t i = 0; i < down_.size(); ++i) io.MouseDown[i] = down_[i];
#endif
}

}  // namespace stepwise::app
