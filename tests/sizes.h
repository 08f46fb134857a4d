// Fonts of the sizes that the window has, for tests of where things lie.
#pragma once

#include "headless_imgui.h"

namespace stepwise::app {

inline void load_sizes() {
  ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
  atlas.Clear();
  for (const float size : kFontSizes) {
    ImFontConfig config;
    config.SizePixels = size;
    atlas.AddFontDefault(&config);
  }
  atlas.Build();
}

}  // namespace stepwise::app
