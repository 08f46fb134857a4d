#include "panels/presentation.h"

#include <gtest/gtest.h>

#include "sizes.h"
#include "stage.h"
#include "view/quantities.h"

namespace stepwise::app {
namespace {

class Presentation : public testing::Test {
 protected:
  Presentation() {
    load_sizes();
    stage.sample();
    stage.frame();
    stage.key(Key::function(kPresentKey));
    stage.frame();
  }

  static bool shows(const std::string& name) {
    for (const ImGuiWindow* window : ImGui::GetCurrentContext()->Windows)
      if (window->WasActive && std::string(window->Name).find(name) != std::string::npos)
        return true;
    return false;
  }
  float side() const { return stage.canvas().max.x - stage.canvas().min.x; }
  // Whether something is drawn over all of the window.
  bool shows_key() {
    stage.frame();
    return ImGui::GetForegroundDrawList()->VtxBuffer.Size > 0;
  }

  Stage stage;
};

TEST_F(Presentation, ShowsThePictureAndItsStepsAndNothingElse) {
  EXPECT_EQ(stage.canvas().shown.plus, lookup(stage.view, 0, 4, 0).guess);
  EXPECT_EQ(stage.gui.pictures.calls.size(), 1u + 9u);
  for (const char* part : {"/top bar_", "/left_", "/right_", "/centre_", "/timeline_", "/status_"})
    EXPECT_FALSE(shows(part)) << part;
}

TEST_F(Presentation, ThePictureHasMostOfTheHeightAndNothingIsOutside) {
  for (const ImVec2 size : {ImVec2{1280, 800}, ImVec2{1920, 1080},
                            ImVec2{kLeastWidth, kLeastHeight}, ImVec2{711, 400}}) {
    ImGui::GetIO().DisplaySize = size;
    stage.frame();
    EXPECT_GE(side(), 0.6f * size.y) << size.x;
    for (const auto& call : stage.gui.pictures.calls) {
      EXPECT_GE(call.min.x, 0) << size.x;
      EXPECT_LE(call.max.x, size.x) << size.x;
      EXPECT_LE(call.max.y, size.y) << size.x;
    }
  }
}

TEST_F(Presentation, KeysOfPaintWorkAndAreShownForAMoment) {
  EXPECT_FALSE(shows_key());
  stage.key(ImGuiKey_RightArrow);
  EXPECT_EQ(stage.ui.playhead.step, 5);
  EXPECT_EQ(stage.ui.presentation.key, "Right");
  EXPECT_TRUE(shows_key());
  stage.key('1');
  EXPECT_EQ(stage.canvas().shown.plus, lookup(stage.view, 0, 5, 0).noisy);
  EXPECT_EQ(stage.ui.presentation.key, "1");
  stage.key(ImGuiKey_Space);
  EXPECT_TRUE(stage.ui.playhead.playing);
  EXPECT_EQ(stage.ui.presentation.key, "Space");
  for (double t = 0; t < kKeyShown + 0.1; t += ImGui::GetIO().DeltaTime) stage.frame();
  EXPECT_FALSE(shows_key());
}

TEST_F(Presentation, TheBrushPaintsAndRForks) {
  stage.stroke(5.5f, 6.5f, 12.5f, 6.5f);
  EXPECT_EQ(stage.ui.painted.guess.at(6, 9), 1);
  stage.key('Z', true);
  EXPECT_EQ(stage.ui.presentation.key, "Ctrl+Z");
  stage.key('Y', true);
  stage.key('R');
  EXPECT_EQ(stage.view.branches.size(), 2u);
}

TEST_F(Presentation, APressOnTheStepsGoesThere) {
  stage.gui.click({30, 800 - 30}, stage.draw());
  EXPECT_EQ(stage.ui.playhead.step, 0);
  stage.gui.click({1280 - 30, 800 - 30}, stage.draw());
  EXPECT_EQ(stage.ui.playhead.step, 8);
}

TEST_F(Presentation, GShowsAFewStepsNoisyAboveTheirGuesses) {
  stage.key('G');
  for (int i = 0; i < 12; ++i) stage.frame();  // Until all steps have come in full.
  ASSERT_EQ(stage.gui.pictures.calls.size(), 2u * 6u + 9u);
  const auto& calls = stage.gui.pictures.calls;
  const int steps[] = {0, 2, 4, 5, 6, 8};  // 3 is nearest to 4 and gives way to the playhead's.
  for (int i = 0; i < 6; ++i) {
    const auto& noisy = calls[std::size_t(i)];
    const auto& guess = calls[std::size_t(6 + i)];
    EXPECT_EQ(noisy.shown.plus, lookup(stage.view, 0, steps[i], 0).noisy) << i;
    EXPECT_EQ(guess.shown.plus, lookup(stage.view, 0, steps[i], 0).guess) << i;
    EXPECT_EQ(noisy.min.x, guess.min.x);
    EXPECT_LT(noisy.max.y, guess.min.y);
  }
}

TEST_F(Presentation, EscLeavesItAndKeepsThePainting) {
  stage.stroke(5.5f, 6.5f, 12.5f, 6.5f);
  stage.key(ImGuiKey_Escape);
  EXPECT_FALSE(stage.ui.presentation.on);
  EXPECT_TRUE(painting_here(stage.view, stage.ui));
  stage.frame();
  EXPECT_TRUE(shows("/status_"));
}

TEST_F(Presentation, TheSameKeyAndThoseOfWorkspacesLeaveIt) {
  stage.key(Key::function(kPresentKey));
  EXPECT_FALSE(stage.ui.presentation.on);
  stage.key(Key::function(kPresentKey));
  stage.key(Key::function(2));
  EXPECT_FALSE(stage.ui.presentation.on);
  EXPECT_EQ(stage.ui.workspace, "train");
  stage.key(Key::function(kPresentKey));
  EXPECT_EQ(stage.ui.workspace, "paint");
}

}  // namespace
}  // namespace stepwise::app
