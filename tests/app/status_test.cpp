#include <gtest/gtest.h>

#include "headless_imgui.h"
#include "panels/panels.h"

namespace stepwise::app {
namespace {

class StatusPanel : public testing::Test {
 protected:
  void press_stop() {
    gui.press("Stop", [&] { status_panel(view, ui, out); });
  }

  HeadlessImGui gui;
  View view;
  Ui ui;
  Commands out;
};

TEST_F(StatusPanel, StopsTheOpeningThatItTellsOf) {
  apply({7, Progress{0.25, "opening a large model"}}, view);
  press_stop();
  ASSERT_EQ(out.size(), 1u);
  EXPECT_EQ(std::get<Cancel>(out[0].command).job, 7u);
}

TEST_F(StatusPanel, OffersToStopNothingThatIsOver) {
  apply({7, Progress{0.25, "opening a large model"}}, view);
  apply({7, Finished{}}, view);
  press_stop();
  EXPECT_TRUE(out.empty());
}

}  // namespace
}  // namespace stepwise::app
