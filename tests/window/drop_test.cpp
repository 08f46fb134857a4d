// What is dropped on a real window. Needs a display (Xvfb will do).
#include <GLFW/glfw3.h>
#include <gtest/gtest.h>
#include <imgui.h>

#include <array>

#include "window/glfw_window.h"
#include "window/input_queue.h"

namespace stepwise::app {
namespace {

TEST(Drop, PathsAreTakenOnceInTheirOrderAndAreNews) {
  GlfwWindow window({320, 200, true, true}, false);
  ImGui::CreateContext();
  {
    InputQueue input(window.handle());
    input.feed();
    // What GLFW calls when the system hands it files.
    const GLFWdropfun drop = glfwSetDropCallback(window.handle(), nullptr);
    ASSERT_TRUE(drop);
    std::array<const char*, 2> paths{"/a b.png", "/c"};
    drop(window.handle(), int(paths.size()), paths.data());
    EXPECT_FALSE(input.empty());
    EXPECT_EQ(input.take_dropped(), (std::vector<std::string>{"/a b.png", "/c"}));
    EXPECT_TRUE(input.take_dropped().empty());
  }
  ImGui::DestroyContext();
}

}  // namespace
}  // namespace stepwise::app
