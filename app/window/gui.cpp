#include "window/gui.h"

#include <GLFW/glfw3.h>
#include <imgui.h>
#include <imgui/backends/imgui_impl_glfw.h>
#include <imgui/backends/imgui_impl_opengl3.h>

#include "widgets/theme.h"
#include "window/fonts.h"

namespace stepwise::app {
namespace {

GLFWcursor* transparent_cursor() {
  unsigned char pixel[4] = {};
  const GLFWimage image{1, 1, pixel};
  return glfwCreateCursor(&image, 0, 0);
}

}  // namespace

Gui::Gui(GLFWwindow* window, double scale, bool light)
    : window_(window), no_cursor_(transparent_cursor(), glfwDestroyCursor) {
  ImGui::CreateContext();
  ImGui::GetIO().IniFilename = nullptr;
  ImGui_ImplGlfw_InitForOpenGL(window, false);  // InputQueue listens instead.
  ImGui_ImplOpenGL3_Init("#version 330 core");
  take(scale, light);
}

Gui::~Gui() {
  ImGui_ImplOpenGL3_Shutdown();
  ImGui_ImplGlfw_Shutdown();
  ImGui::DestroyContext();
}

void Gui::begin_frame() {
  ImGui_ImplOpenGL3_NewFrame();
  show_mouse();
  ImGui_ImplGlfw_NewFrame();
}

// Where a tool draws its own, the mouse looks like nothing. Dear ImGui's back end would hide it,
// and GLFW, when it hides or shows one, takes the mouse to have been where it is: of a move that
// has not been read yet, nobody is told.
void Gui::show_mouse() {
  int& flags = ImGui::GetIO().ConfigFlags;
  flags &= ~ImGuiConfigFlags_NoMouseCursorChange;
  if (ImGui::GetMouseCursor() != ImGuiMouseCursor_None) return;
  flags |= ImGuiConfigFlags_NoMouseCursorChange;
  glfwSetCursor(window_, no_cursor_.get());
}

bool Gui::restyle(double scale, bool light) {
  if (scale == scale_ && light == light_) return false;
  const bool other_fonts = scale != scale_;
  if (other_fonts) ImGui_ImplOpenGL3_DestroyFontsTexture();
  take(scale, light);
  if (other_fonts) ImGui_ImplOpenGL3_CreateFontsTexture();
  return true;
}

void Gui::take(double scale, bool light) {
  if (scale != scale_) load_fonts(scale);
  scale_ = scale;
  light_ = light;
  set_theme(ImGui::GetStyle(), float(scale), light ? kLightPalette : kDarkPalette);
}

}  // namespace stepwise::app
