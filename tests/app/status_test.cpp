#include <gtest/gtest.h>

#include "panel_fixture.h"
#include "panels/panels.h"

namespace stepwise::app {
namespace {

class StatusPanel : public PanelTest {
 protected:
  void press_stop() {
    gui.press("Stop", [&] { status_panel(view, ui, out); });
  }
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

TEST_F(StatusPanel, TellsOfTroubleAndLeavesWhatJustHappenedToTheLog) {
  const auto drawn = [&] {
    gui.frame([&] { status_panel(view, ui, out); });
    return ImGui::GetDrawData()->TotalVtxCount;
  };
  const int before = drawn();
  apply({kNoJob, RunDiscarded{"runs/1", "Trash/files/1"}}, view);
  ASSERT_EQ(view.log.size(), 1u);
  EXPECT_EQ(drawn(), before);
  apply({kNoJob, Warning{"The disk is nearly full."}}, view);
  const int with = drawn();
  EXPECT_GT(with, before);
  apply({kNoJob, RunDiscarded{"runs/2", "Trash/files/2"}}, view);  // Hides no trouble.
  EXPECT_EQ(drawn(), with);
}

}  // namespace
}  // namespace stepwise::app
