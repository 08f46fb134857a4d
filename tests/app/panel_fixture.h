// What a panel is drawn with, for tests of one by itself.
#pragma once

#include <gtest/gtest.h>

#include "headless_imgui.h"
#include "panels/ui.h"

namespace stepwise::app {

class PanelTest : public testing::Test {
 protected:
  explicit PanelTest(ImVec2 size = {1280, 800}) : gui(size) {}

  HeadlessImGui gui;
  View view;
  Ui ui;
  Commands out;
};

}  // namespace stepwise::app
