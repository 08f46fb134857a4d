// Dear ImGui with no window and no GPU, for tests of panels and widgets: frames are drawn into
// lists of triangles, the mouse and the keys are set by hand, and pictures are written down instead
// of shown.
#pragma once

#include <imgui.h>
#include <imgui_internal.h>

#include <string>
#include <vector>

#include "widgets/keys.h"
#include "widgets/picture_renderer.h"
#include "widgets/theme.h"

namespace stepwise::app {

// Keeps what was drawn in the latest frame.
class RecordingRenderer : public PictureRenderer {
 public:
  struct Call {
    Shown shown;
    ImVec2 min, max;
  };
  void draw(ImDrawList&, const Shown& shown, ImVec2 min, ImVec2 max) override {
    calls.push_back({shown, min, max});
  }
  std::vector<Call> calls;
};

class HeadlessImGui {
 public:
  explicit HeadlessImGui(ImVec2 size = {1280, 800}) {
    ImGui::CreateContext();
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.DisplaySize = size;
    io.DeltaTime = 1 / 60.f;
#if IMGUI_VERSION_NUM < 18700
    for (int key = 0; key < ImGuiKey_COUNT; ++key) io.KeyMap[key] = key;
#else
    io.ConfigInputTrickleEventQueue = false;  // A frame sees all that was done before it.
#endif
    unsigned char* pixels = nullptr;
    int width = 0, height = 0;
    io.Fonts->GetTexDataAsRGBA32(&pixels, &width, &height);
    set_theme(ImGui::GetStyle(), 1);
  }
  ~HeadlessImGui() { ImGui::DestroyContext(); }
  HeadlessImGui(const HeadlessImGui&) = delete;
  HeadlessImGui& operator=(const HeadlessImGui&) = delete;

  // Draws a frame: `draw` inside a window called "test" that fills the display.
  template <class Draw>
  void frame(Draw draw) {
    pictures.calls.clear();
    ImGui::NewFrame();
    if (own_window) {
      ImGui::SetNextWindowPos({0, 0});
      ImGui::SetNextWindowSize(ImGui::GetIO().DisplaySize);
      ImGui::Begin("test", nullptr, ImGuiWindowFlags_NoDecoration);
    }
    draw();
    if (own_window) ImGui::End();
    ImGui::Render();
  }

  // Draws a frame, presses the item called `label` in the window of that name, or in the last one
  // that has it in its name (as child windows have their parents'), and draws the frames that see
  // the press.
  template <class Draw>
  void press(const char* label, Draw draw, const char* window = "test") {
    frame(draw);
    ImGuiWindow* found = nullptr;
    for (ImGuiWindow* each : ImGui::GetCurrentContext()->Windows)
      if (std::string(each->Name).find(window) != std::string::npos) found = each;
    if (ImGuiWindow* exact = ImGui::FindWindowByName(window)) found = exact;
    IM_ASSERT(found);
#if IMGUI_VERSION_NUM < 18970
    ImGui::ActivateItem(found->GetID(label));
#else
    ImGui::ActivateItemByID(found->GetID(label));
#endif
    frame(draw);
    frame(draw);
  }

  // Moves the mouse and draws the frame that sees it.
  template <class Draw>
  void move(ImVec2 to, Draw draw) {
    ImGui::GetIO().MousePos = to;
    frame(draw);
  }

  // Presses or lets go of a mouse button (0: left, 1: right, 2: middle) and draws the frame that
  // sees it.
  template <class Draw>
  void button(int which, bool down, Draw draw) {
    ImGui::GetIO().MouseDown[which] = down;
    frame(draw);
  }

  template <class Draw>
  void click(ImVec2 at, Draw draw) {
    move(at, draw);
    button(0, true, draw);
    button(0, false, draw);
  }

  // Presses and lets go of a key, with Ctrl and Shift where asked for.
  template <class Draw>
  void key(Key which, Draw draw, bool ctrl = false, bool shift = false) {
    hold(which, true, ctrl, shift);
    frame(draw);
    hold(which, false, ctrl, shift);
    frame(draw);
  }

  // Puts a key down or lets it go; the next frame sees it.
  void hold(Key which, bool down, bool ctrl = false, bool shift = false) {
    ImGuiIO& io = ImGui::GetIO();
#if IMGUI_VERSION_NUM < 18700
    io.KeysDown[which.index] = down;
    io.KeyCtrl = ctrl && down;
    io.KeyShift = shift && down;
#else
    io.AddKeyEvent(ImGuiMod_Ctrl, ctrl && down);
    io.AddKeyEvent(ImGuiMod_Shift, shift && down);
    io.AddKeyEvent(ImGuiKey(which.index), down);
#endif
  }

  RecordingRenderer pictures;
  bool own_window = true;  // Else `draw` opens its own.
};

}  // namespace stepwise::app
