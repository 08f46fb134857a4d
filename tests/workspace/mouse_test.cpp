// What the mouse does in the whole window.
#include <gtest/gtest.h>

#include "view/remains.h"
#include "workspace_fixture.h"

namespace stepwise::app {
namespace {

TEST_F(Workspace, ClickingAFrameOfTheTimelineGoesThere) {
  // Frames of the timeline are the small ones at the bottom, in their order.
  stage.frame();
  std::vector<RecordingRenderer::Call> strip;
  for (const auto& call : stage.gui.pictures.calls)
    if (call.min.y > 600) strip.push_back(call);
  ASSERT_EQ(strip.size(), 9u);
  const ImVec2 at{(strip[6].min.x + strip[6].max.x) / 2, (strip[6].min.y + strip[6].max.y) / 2};
  stage.gui.click(at, stage.draw());
  EXPECT_EQ(stage.ui.playhead.step, 6);
}

TEST_F(Workspace, AStrokePaintsWhatIsUnderTheMouseAndShowsItAtOnce) {
  stage.ui.brush = {1, 3, 0};
  stage.stroke(5.5f, 6.5f, 12.5f, 6.5f);
  ASSERT_TRUE(painting_here(stage.view, stage.ui));
  for (int x = 5; x <= 12; ++x) EXPECT_EQ(stage.ui.painted.guess.at(6, x), 1) << x;
  EXPECT_EQ(stage.ui.painted.guess.at(20, 9), stage.canvas().shown.minus.at(20, 9));
  EXPECT_EQ(stage.canvas().shown.plus, stage.ui.painted.guess);
  EXPECT_TRUE(stage.canvas().shown.edited);
  EXPECT_GE(stage.count_asked<Preview>(), 2);
}

TEST_F(Workspace, ThePreviewBesideThePaintingIsTheModelsAnswerToIt) {
  stage.stroke(5.5f, 6.5f, 12.5f, 6.5f);
  stage.frame();
  stage.view.ahead.reset();  // Where it leads is not known yet.
  stage.frame();
  ASSERT_TRUE(stage.view.preview);
  EXPECT_EQ(stage.view.preview->job, stage.ui.preview_asked);
  bool found = false;
  for (const auto& call : stage.gui.pictures.calls)
    found = found || call.shown.plus == stage.view.preview->guess;
  EXPECT_TRUE(found);
}

TEST_F(Workspace, WhileThePenRestsThePaintingIsSeenAtItsEndAndHowMuchOfItIsLeft) {
  stage.stroke(5.5f, 6.5f, 12.5f, 6.5f);
  stage.frame();
  const Remains* remains = remains_here(stage.view, stage.ui);
  ASSERT_TRUE(remains);
  ASSERT_TRUE(stage.view.ahead->finished);
  int ends = 0, maps = 0;
  for (const auto& call : stage.gui.pictures.calls) {
    ends += call.shown.plus == stage.view.ahead->guess;
    maps += image_of(call.shown.plus) == image_of(remains->map);
  }
  EXPECT_EQ(ends, 1);
  EXPECT_EQ(maps, 1);
}

TEST_F(Workspace, PaintingOnTheNoisyPictureEditsTheNoisyPicture) {
  stage.key('1');
  stage.stroke(5.5f, 6.5f, 12.5f, 6.5f);
  ASSERT_TRUE(painting_here(stage.view, stage.ui));
  EXPECT_TRUE(paints_on(painting_here(stage.view, stage.ui)->layers, Surface::kNoisy));
}

TEST_F(Workspace, NoiseAndChangeCannotBePaintedOn) {
  stage.key('3');
  stage.stroke(5, 6, 12, 6);
  stage.key('4');
  stage.stroke(5, 6, 12, 6);
  EXPECT_TRUE(stage.asked.empty());
  EXPECT_TRUE(stage.ui.history.now().paintings.empty());
}

TEST_F(Workspace, AClickInTheContactSheetChoosesThatPicture) {
  stage.click_picture(lookup(stage.view, 0, 4, 2).guess);
  EXPECT_EQ(stage.ui.playhead.picture, 2);
  EXPECT_TRUE(stage.asked.empty());
}

TEST_F(Workspace, WhereThePicturesAreNotInSightAClickInTheLargeGridChoosesOne) {
  ImGui::GetIO().DisplaySize = kSmallWindows[1];
  stage.key('G');
  stage.frame();
  stage.click_picture(lookup(stage.view, 0, 4, 2).guess);
  EXPECT_EQ(stage.ui.playhead.picture, 2);
  EXPECT_FALSE(stage.ui.large_grid);
}

// Where the names of lanes are.
ImVec2 name_of_lane(int lane) { return {40, 800 - 24 - 128 + 6 + 28 + 22 + 44.f * float(lane)}; }

TEST_F(Workspace, APressOnTheNameOfABranchStaysAtTheStep) {
  load_sizes();
  fork(1);
  stage.key(ImGuiKey_Home);
  stage.key(ImGuiKey_RightArrow);
  ASSERT_EQ(stage.ui.playhead.branch, 1);
  stage.gui.click(name_of_lane(0), stage.draw());
  EXPECT_EQ(stage.ui.playhead.branch, 0);
  EXPECT_EQ(stage.ui.playhead.step, 1);
  stage.gui.click(name_of_lane(1), stage.draw());
  EXPECT_EQ(stage.ui.playhead.branch, 1);
  EXPECT_EQ(stage.ui.playhead.step, 1);
}

// In the top bar.
const ImVec2 kModelName{364, 20};

TEST_F(Workspace, APressOnTheModelListsAllOthersToChooseOrToClose) {
  const ModelId first = stage.ui.model;
  stage.ask(OpenModel{"another"});
  const ModelId second = stage.view.models.back().id;
  ASSERT_EQ(stage.ui.model, first);
  stage.gui.click(kModelName, stage.draw());
  stage.gui.press(text_of("closed form##", second).c_str(), stage.draw(), "Popup");
  EXPECT_EQ(stage.ui.model, second);
  EXPECT_TRUE(stage.asked.empty());  // Nothing is read again.
  stage.gui.click(kModelName, stage.draw());
  stage.gui.press(text_of("×##", first).c_str(), stage.draw(), "Popup");
  ASSERT_EQ(stage.count_asked<CloseModel>(), 1);
  EXPECT_EQ(std::get<CloseModel>(stage.asked.back().command).model, first);
}

TEST_F(Workspace, TheModelInTrainingCanBeKeptAsItIsNow) {
  ModelOpened run = stage.view.models.front();
  run.id = 1000;
  run.live = true;
  apply({1000, run}, stage.view);
  stage.view.training.progress.step = 1200;
  stage.gui.click(kModelName, stage.draw());
  stage.gui.press("+", stage.draw(), "Popup");
  ASSERT_EQ(stage.count_asked<Snapshot>(), 1);
  const auto& asked = std::get<Snapshot>(stage.asked.back().command);
  EXPECT_EQ(asked.run, 1000u);
  EXPECT_EQ(asked.name, "closed form, step 1200");
}

TEST_F(Workspace, TwoModelsCanBeCombinedBelowTheListAndTheWholeIsDrawnWith) {
  const ModelId first = stage.ui.model;
  stage.ask(OpenModel{"another"});
  stage.gui.click(kModelName, stage.draw());
  stage.gui.press("Combine ...", stage.draw(), "Popup");
  stage.gui.press("Combine", stage.draw(), "Popup");
  ASSERT_EQ(stage.count_asked<Combine>(), 1);
  EXPECT_EQ(std::get<Combine>(stage.asked.back().command).models.front(), first);
  ASSERT_EQ(stage.view.models.size(), 3u);
  EXPECT_EQ(stage.view.models.back().name, "closed form away from closed form, w 2");
  stage.ui.model = stage.view.models.back().id;
  stage.sample();
  EXPECT_TRUE(lookup(stage.view, stage.view.branches.back().start.id, 8, 0));
}

}  // namespace
}  // namespace stepwise::app
