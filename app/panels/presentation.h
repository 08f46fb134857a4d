// The window before an audience: the picture under the playhead, or a few of its steps, as large as
// they can be, in large type; the steps below it, the key that is pressed, and nothing else. Window
// thread only.
#pragma once

#include <string>

namespace stepwise::app {

inline constexpr int kPresentKey = 5;     // F5 begins and ends it.
inline constexpr double kKeyShown = 1.2;  // Seconds that a key is seen after it was pressed.

struct PresentationUi {
  bool on = false;
  std::string key;        // Pressed last,
  double pressed = -1e9;  //   and when: seconds of ImGui::GetTime().
};

}  // namespace stepwise::app
