// Every control without a mouse.
#include <gtest/gtest.h>

#include <array>
#include <set>
#include <string>

#include "stage.h"

namespace stepwise::app {
namespace {

constexpr std::array kArrows = {ImGuiKey_DownArrow, ImGuiKey_RightArrow, ImGuiKey_UpArrow,
                                ImGuiKey_LeftArrow};

class Walk : public testing::Test {
 protected:
  Walk() {
    stage.sample();
    stage.frame();
    stage.key(Key::function(6));
  }

  ImGuiID chosen() const { return ImGui::GetCurrentContext()->NavId; }

  ImGuiID id_of(const std::string& part, const char* label) const {
    for (ImGuiWindow* each : ImGui::GetCurrentContext()->Windows)
      if (std::string(each->Name).find("/" + part + "_") != std::string::npos && each->WasActive)
        return each->GetID(label);
    return 0;
  }

  // Wanders about, the same way each time, until that control is chosen.
  bool come_to(ImGuiID wanted) {
    unsigned random = 1;
    for (int presses = 0; presses < 2000 && chosen() != wanted; ++presses) {
      random = random * 1664525 + 1013904223;
      stage.key(kArrows[random >> 30]);
    }
    return chosen() == wanted;
  }

  Stage stage;
};

TEST_F(Walk, ArrowsComeToTheControlsOfEveryPart) {
  EXPECT_NE(chosen(), 0u);
  EXPECT_TRUE(come_to(id_of("right", "Run")));
  EXPECT_TRUE(come_to(id_of("right", "##Steps")));
  EXPECT_TRUE(come_to(id_of("right", "##Sampler")));
}

TEST_F(Walk, TheChosenControlIsPressedBySpace) {
  ASSERT_TRUE(come_to(id_of("right", "Run")));
  stage.key(ImGuiKey_Space);
  EXPECT_EQ(stage.count_asked<Sample>(), 1);
}

TEST_F(Walk, ThePlayheadStaysUntilTheKeysAreItsAgain) {
  const int step = stage.ui.playhead.step;
  stage.key(ImGuiKey_LeftArrow);
  EXPECT_EQ(stage.ui.playhead.step, step);
  stage.key(Key::function(6));
  stage.key(ImGuiKey_LeftArrow);
  EXPECT_EQ(stage.ui.playhead.step, step - 1);
}

}  // namespace
}  // namespace stepwise::app
