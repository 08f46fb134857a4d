#include "window/gui.h"

#include <imgui.h>
#include <imgui/backends/imgui_impl_glfw.h>
#include <imgui/backends/imgui_impl_opengl3.h>

#include "widgets/theme.h"
#include "window/fonts.h"

namespace stepwise::app {

Gui::Gui(GLFWwindow* window, double scale, bool light) {
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
  ImGui_ImplGlfw_NewFrame();
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
