// Keys by what is written on them, in all versions of Dear ImGui: before 1.87 letters and digits
// are GLFW's codes, which are ASCII. Nothing is pressed while a text field takes the keys. Window
// thread only.
#pragma once

#include <imgui.h>

namespace stepwise::app {

struct Key {
  ImGuiKey index;  // Before 1.87 an int, as Dear ImGui counts in io.KeysDown, or -1.

#if IMGUI_VERSION_NUM < 18700
  Key(char letter) : index(letter) {}
  Key(ImGuiKey_ key) : index(ImGui::GetKeyIndex(key)) {}
  static Key pad(char c) { return Key(c == '+' ? 334 : c == '-' ? 333 : 320 + (c - '0')); }
  static Key function(int n) { return Key(289 + n); }  // F1, F2, ... as GLFW counts.

 private:
  explicit Key(int glfw) : index(glfw) {}
#else
  Key(char letter)
      : index(ImGuiKey(letter == '-'   ? ImGuiKey_Minus
                       : letter == '=' ? ImGuiKey_Equal
                       : letter == '[' ? ImGuiKey_LeftBracket
                       : letter == ']' ? ImGuiKey_RightBracket
                       : letter == '/' ? ImGuiKey_Slash
                       : letter <= '9' ? ImGuiKey_0 + (letter - '0')
                                       : ImGuiKey_A + (letter - 'A'))) {}
  Key(ImGuiKey key) : index(key) {}
  static Key pad(char c) {
    return Key(ImGuiKey(c == '+'   ? ImGuiKey_KeypadAdd
                        : c == '-' ? ImGuiKey_KeypadSubtract
                                   : ImGuiKey_Keypad0 + (c - '0')));
  }
  static Key function(int n) { return Key(ImGuiKey(ImGuiKey_F1 + n - 1)); }  // F1, F2, ...
#endif
};

inline bool is_heeded(Key key) { return !ImGui::GetIO().WantTextInput && key.index >= 0; }

// Pressed in this frame, or again while held where `repeat`.
inline bool key_pressed(Key key, bool repeat = false) {
  return is_heeded(key) && ImGui::IsKeyPressed(key.index, repeat);
}
inline bool key_down(Key key) { return is_heeded(key) && ImGui::IsKeyDown(key.index); }
inline bool key_released(Key key) { return is_heeded(key) && ImGui::IsKeyReleased(key.index); }

// Whether Dear ImGui has the keys, to go from control to control with: arrows choose one, Space
// presses it, Enter types into it.
inline bool keys_walk() { return ImGui::GetIO().ConfigFlags & ImGuiConfigFlags_NavEnableKeyboard; }

}  // namespace stepwise::app
