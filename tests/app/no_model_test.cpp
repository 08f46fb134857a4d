// What the window says where the model that was asked for did not open.
#include <gtest/gtest.h>

#include "panel_fixture.h"
#include "panels/log.h"
#include "panels/paint_parts.h"

namespace stepwise::app {
namespace {

class NoModel : public PanelTest {
 protected:
  NoModel() {
    ui.runs.opening = 7;
    begin_job(7, view);
  }
  void fail() {
    apply({7, Failed{"Opening a model", "There is no folder '/nowhere'. Choose another."}}, view);
  }

  // How much of the status line has that color.
  int status_in(ImU32 color) {
    gui.frame([&] { status_panel(view, ui, out); });
    int count = 0;
    const ImDrawData& data = *ImGui::GetDrawData();
    for (int i = 0; i < data.CmdListsCount; ++i)
      for (const ImDrawVert& vertex : data.CmdLists[i]->VtxBuffer) count += vertex.col == color;
    return count;
  }
  void press(const char* label) {
    gui.press(
        label, [&] { paint_panel(view, ui, gui.pictures, out); }, "/no model_");
  }
};

TEST_F(NoModel, AFailedLaunchIsNeverReady) {
  EXPECT_EQ(status_in(colors.good), 0);
  EXPECT_EQ(status_in(colors.bad), 0);  // It is being opened.
  fail();
  EXPECT_EQ(status_in(colors.good), 0);
  EXPECT_GT(status_in(colors.bad), 0);
}

TEST_F(NoModel, TheCentreSaysWhyAndOpensAFolderOrTheShippedModel) {
  ui.models.shipped = "assets/shipped";
  EXPECT_EQ(why_no_model(view, ui), nullptr);
  fail();
  ASSERT_TRUE(why_no_model(view, ui));
  EXPECT_EQ(why_no_model(view, ui)->message, "There is no folder '/nowhere'. Choose another.");
  press("Open the shipped model");
  ASSERT_EQ(out.size(), 1u);
  EXPECT_EQ(std::get<OpenModel>(out[0].command).folder, "assets/shipped");
  EXPECT_EQ(ui.runs.opening, out[0].id);
  EXPECT_EQ(why_no_model(view, ui), nullptr);  // The new one has not failed.
}

TEST_F(NoModel, AnotherFolderCanBeTypedThere) {
  fail();
  press("Open folder");
  EXPECT_TRUE(out.empty());
  ui.runs.folder = "models/mine";
  press("Open folder");
  ASSERT_EQ(out.size(), 1u);
  EXPECT_EQ(std::get<OpenModel>(out[0].command).folder, "models/mine");
}

TEST_F(NoModel, WhereThereIsSomethingToLookAtItStays) {
  fail();
  ModelOpened model;
  apply({8, model}, view);
  EXPECT_EQ(why_no_model(view, ui), nullptr);
  EXPECT_GT(status_in(colors.good), 0);
  apply({9, ModelClosed{}}, view);
  BranchStarted start;
  start.sigmas = {1, 0};
  start.pictures = {0};
  start.conditions = {{0}};
  apply({10, start}, view);
  EXPECT_EQ(why_no_model(view, ui), nullptr);
}

TEST(FailureCaption, StandsBelowTheFieldOfItsOwnJobAlone) {
  HeadlessImGui gui;
  View view;
  const auto height = [&](JobId job) {
    float used = 0;
    gui.frame([&] {
      const float before = ImGui::GetCursorPosY();
      failure_caption(view, job);
      used = ImGui::GetCursorPosY() - before;
    });
    return used;
  };
  EXPECT_EQ(height(kNoJob), 0);
  apply({3, Failed{"Opening a model", "There is no such folder."}}, view);
  EXPECT_GT(height(3), 10);
  EXPECT_EQ(height(4), 0);
  EXPECT_EQ(height(kNoJob), 0);
}

TEST(FailureCaption, ARunThatDidNotBeginSaysWhyBelowItsDataSet) {
  HeadlessImGui gui({400, 2000});
  View view;
  Ui ui;
  Commands out;
  const auto draw = [&] { train_panel(view, ui, gui.pictures, out); };
  const auto vertices = [&] {
    gui.frame(draw);
    return ImGui::GetDrawData()->TotalVtxCount;
  };
  gui.press("Start training", draw);
  ASSERT_EQ(out.size(), 1u);
  EXPECT_EQ(ui.train.asked, out[0].id);
  const int before = vertices();
  apply({out[0].id, Failed{"Training", "There is no data set 'shoes'."}}, view);
  EXPECT_GT(vertices(), before);
}

}  // namespace
}  // namespace stepwise::app
