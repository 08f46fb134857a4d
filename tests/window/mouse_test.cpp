// Where the mouse is said to be while its cursor comes and goes. Needs an X display (Xvfb will do).
#include <GLFW/glfw3.h>
#include <gtest/gtest.h>
#include <imgui.h>
#include <X11/extensions/XTest.h>

#include <chrono>
#include <memory>
#include <utility>
#include <vector>

#include "window/glfw_window.h"
#include "window/gui.h"
#include "window/input_queue.h"

namespace stepwise::app {
namespace {

class Mouse : public testing::Test {
 protected:
  Mouse() : window_({320, 200, true, true}, true), gui_(window_.handle(), 1, false) {}

  void SetUp() override {
    if (!display_) GTEST_SKIP() << "There is no X display.";
  }

  // Somebody moves it there, and the window's own connection has not been read yet.
  void move_to(int x, int y) {
    int left = 0, top = 0;
    glfwGetWindowPos(window_.handle(), &left, &top);
    XTestFakeMotionEvent(display_.get(), -1, left + x, top + y, CurrentTime);
    XSync(display_.get(), False);
  }

  // One in which the mouse is to look like that.
  void draw_frame(ImGuiMouseCursor cursor) {
    input_.feed();
    gui_.begin_frame();
    input_.place_mouse();
    ImGui::NewFrame();
    ImGui::SetMouseCursor(cursor);
    ImGui::Render();
  }

  // Until it is there, or has not come for seconds.
  ImVec2 await(float x, ImGuiMouseCursor cursor) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(5);
    while (ImGui::GetIO().MousePos.x != x && std::chrono::steady_clock::now() < deadline) {
      window_.wait(0.1);
      draw_frame(cursor);
      way_.insert(way_.end(), input_.mouse_way().begin(), input_.mouse_way().end());
    }
    return ImGui::GetIO().MousePos;
  }

  GlfwWindow window_;
  Gui gui_;
  InputQueue input_{window_.handle()};
  std::vector<ImVec2> way_;  // Where it came by.
  std::unique_ptr<Display, int (*)(Display*)> display_{XOpenDisplay(nullptr), XCloseDisplay};
};

TEST_F(Mouse, IsNotLostWhenItMovesWhileItsCursorComesOrGoes) {
  move_to(40, 40);
  await(40, ImGuiMouseCursor_Arrow);
  float x = 50;
  for (const auto& [now, next] : {std::pair(ImGuiMouseCursor_None, ImGuiMouseCursor_Arrow),
                                  std::pair(ImGuiMouseCursor_Arrow, ImGuiMouseCursor_None),
                                  std::pair(ImGuiMouseCursor_None, ImGuiMouseCursor_Hand)}) {
    draw_frame(now);
    draw_frame(next);
    move_to(int(++x), 60);
    draw_frame(next);  // The window's cursor becomes what the frame before wanted.
    const ImVec2 place = await(x, next);
    EXPECT_EQ(place.x, x);
    EXPECT_EQ(place.y, 60);
  }
}

TEST_F(Mouse, ComesByAllPlacesInTheirOrder) {
  move_to(40, 40);
  await(40, ImGuiMouseCursor_Arrow);
  way_.clear();
  for (const int x : {50, 60, 55}) move_to(x, 70);
  await(55, ImGuiMouseCursor_Arrow);
  std::vector<float> way;
  for (const ImVec2 place : way_) way.push_back(place.x);
  EXPECT_EQ(way, (std::vector<float>{50, 60, 55}));
  draw_frame(ImGuiMouseCursor_Arrow);
  EXPECT_TRUE(input_.mouse_way().empty());
}

}  // namespace
}  // namespace stepwise::app
