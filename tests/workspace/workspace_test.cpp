// The whole window, driven by mouse and keys.
#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "sizes.h"
#include "stage.h"
#include "view/quantities.h"
#include "view/trees.h"

namespace stepwise::app {
namespace {

class Workspace : public testing::Test {
 protected:
  Workspace() {
    stage.sample();
    stage.frame();
    stage.frame();
  }
  // So many branches from the step in the middle, one after the other.
  void fork(int count) {
    for (int i = 0; i < count; ++i) {
      go_to(stage.view, stage.ui, 0, 4, 0);
      stage.ui.noise = NoiseSource::kFresh;
      resample(stage.view, stage.ui, forks_);
      stage.ask(forks_.back());
      stage.frame();
    }
  }

  // A run that goes on, with a gallery, and runs on disk.
  void fill_with_news() {
    TrainingStarted started;
    started.folder = "runs/1";
    started.recipe = recipe_of("quick");
    started.bin_edges = {0.1, 1, 10};
    apply({900, started}, stage.view);
    ImageBatch batch{20, 4, 4, 1, std::vector<float>(20 * 16)};
    apply({900, GalleryReady{100, 5, batch}}, stage.view);
    RunSummary run;
    run.folder = "runs/fashion-mnist-quick-of-a-long-name-12";
    run.recipe = "quick";
    apply({kNoJob, RunFound{run}}, stage.view);
  }

  // Whether that picture is among the frames of the timeline that can be seen.
  bool in_timeline(const Picture& wanted) const {
    for (const auto& call : stage.gui.pictures.calls)
      if (call.shown.plus == wanted && call.min.y >= 648 + 28 && call.max.y <= 776) return true;
    return false;
  }

  Commands forks_;
  Stage stage;
};

float side_of(const RecordingRenderer::Call& call) { return call.max.x - call.min.x; }

TEST_F(Workspace, TheCanvasShowsTheGuessUnderThePlayhead) {
  EXPECT_EQ(stage.canvas().shown.plus, lookup(stage.view, 0, 4, 0).guess);
  EXPECT_FALSE(stage.canvas().shown.minus);
}

TEST_F(Workspace, ScrubbingWithKeysAndMouseAsksForNothing) {
  stage.key(ImGuiKey_Home);
  EXPECT_EQ(stage.ui.playhead.step, 0);
  stage.key(ImGuiKey_RightArrow);
  stage.key(ImGuiKey_RightArrow);
  stage.key(ImGuiKey_LeftArrow);
  EXPECT_EQ(stage.ui.playhead.step, 1);
  stage.key(ImGuiKey_End);
  EXPECT_EQ(stage.ui.playhead.step, 8);
  for (float x = 200; x < 1200; x += 40) stage.gui.click({x, 700}, stage.draw());
  EXPECT_TRUE(stage.asked.empty());
}

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

TEST_F(Workspace, SpacePlaysUnlessItMovedThePicture) {
  stage.key(ImGuiKey_Space);
  EXPECT_TRUE(stage.ui.playhead.playing);
  EXPECT_TRUE(stage.ui.playhead.playing);
  stage.key(ImGuiKey_Space);
  EXPECT_FALSE(stage.ui.playhead.playing);

  const ImVec2 middle = stage.on_canvas(14, 14);
  stage.gui.hold(ImGuiKey_Space, true);
  stage.gui.move(middle, stage.draw());
  stage.gui.button(0, true, stage.draw());
  stage.gui.move({middle.x + 30, middle.y}, stage.draw());
  stage.gui.button(0, false, stage.draw());
  stage.gui.hold(ImGuiKey_Space, false);
  stage.frame();
  EXPECT_NE(stage.ui.camera.x, 0);
  EXPECT_FALSE(stage.ui.playhead.playing);
  EXPECT_TRUE(stage.asked.empty());
}

TEST_F(Workspace, NumberKeysChooseTheImageAndQShowsAllFour) {
  stage.key('1');
  EXPECT_EQ(stage.canvas().shown.plus, lookup(stage.view, 0, 4, 0).noisy);
  stage.key('3');
  EXPECT_TRUE(stage.canvas().shown.diverging);
  stage.key('Q');
  EXPECT_EQ(stage.ui.quantity, Quantity::kAll);
  stage.key('Q');
  EXPECT_EQ(stage.ui.quantity, Quantity::kGuess);
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
  ASSERT_TRUE(stage.view.preview);
  EXPECT_EQ(stage.view.preview->job, stage.ui.preview_asked);
  bool found = false;
  for (const auto& call : stage.gui.pictures.calls)
    found = found || call.shown.plus == stage.view.preview->guess;
  EXPECT_TRUE(found);
}

TEST_F(Workspace, UndoKeysTakeStrokesBackAndBringThemAgain) {
  stage.stroke(5.5f, 6.5f, 12.5f, 6.5f);
  const Image painted = image_of(stage.ui.painted.guess);
  stage.key('Z', true);
  EXPECT_FALSE(painting_here(stage.view, stage.ui));
  EXPECT_EQ(stage.canvas().shown.plus, lookup(stage.view, 0, 4, 0).guess);
  stage.key('Z', true, true);
  EXPECT_EQ(image_of(stage.ui.painted.guess), painted);
  stage.key('Z', true);
  stage.key('Y', true);
  EXPECT_EQ(image_of(stage.ui.painted.guess), painted);
}

TEST_F(Workspace, TheLockToolLocksWhatIsUnderTheMouseAndShowsIt) {
  stage.frame();
  const int before = ImGui::GetDrawData()->TotalVtxCount;
  stage.key('K');
  EXPECT_EQ(stage.ui.tool, Tool::kLock);
  stage.stroke(5.5f, 6.5f, 12.5f, 6.5f);
  ASSERT_TRUE(painting_here(stage.view, stage.ui));
  const Image mask = locked_by(painting_here(stage.view, stage.ui)->layers, 28, 28);
  EXPECT_EQ(mask.at(6, 9), 1);
  EXPECT_EQ(mask.at(20, 9), 0);
  stage.frame();
  EXPECT_GT(ImGui::GetDrawData()->TotalVtxCount, before + 4 * 8);  // A veil on each of its pixels.
  stage.key('R');
  stage.frame();
  EXPECT_EQ(stage.view.branches.back().start.layers.size(), 1u);
}

TEST_F(Workspace, RForksABranchFromThePaintedPictureAndShowsItsEnd) {
  stage.stroke(5.5f, 6.5f, 12.5f, 6.5f);
  const Layers layers = painting_here(stage.view, stage.ui)->layers;
  stage.key('R');
  ASSERT_EQ(stage.count_asked<Resample>(), 1);
  EXPECT_EQ(std::get<Resample>(stage.asked.back().command).fork.edit.layers, layers);
  ASSERT_EQ(stage.view.branches.size(), 2u);
  stage.frame();
  EXPECT_EQ(stage.ui.playhead.branch, 1);
  EXPECT_EQ(stage.canvas().shown.plus, lookup(stage.view, 1, 8, 0).guess);
}

TEST_F(Workspace, RInTheMiddleOfAStrokeTakesWhatIsPaintedSoFar) {
  const ImVec2 at = stage.on_canvas(5, 5);
  stage.gui.move(at, stage.draw());
  stage.gui.button(0, true, stage.draw());
  stage.key('R');
  stage.gui.button(0, false, stage.draw());
  EXPECT_EQ(stage.count_asked<Resample>(), 1);
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

TEST_F(Workspace, TheWheelZoomsAndFFitsAgain) {
  stage.gui.move(stage.on_canvas(3, 3), stage.draw());
  ImGui::GetIO().MouseWheel = 2;
  stage.frame();
  EXPECT_GT(stage.ui.camera.zoom, 1);
  stage.key('F');
  EXPECT_EQ(stage.ui.camera.zoom, 1);
}

TEST_F(Workspace, EveryWorkspaceAndOverlayDrawsInAWindowOfAnySize) {
  for (const ImVec2 size :
       {ImVec2{1280, 800}, ImVec2{400, 300}, ImVec2{3840, 2160}, ImVec2{1, 1}}) {
    ImGui::GetIO().DisplaySize = size;
    for (const WorkspaceInfo& each : kWorkspaces) {
      stage.ui.workspace = each.id;
      stage.ui.help = stage.ui.log.open = true;
      stage.frame();
    }
  }
  SUCCEED();
}

// Windows that neither scroll nor are as large as what is drawn into them.
std::vector<std::string> overfull_parts() {
  std::vector<std::string> names;
  for (const ImGuiWindow* part : ImGui::GetCurrentContext()->Windows) {
    if (!part->WasActive || (part->Flags & ImGuiWindowFlags_NoScrollbar) == 0) continue;
    if (part->ScrollMax.x > 1 || part->ScrollMax.y > 1)  // One is for rounding.
      names.push_back(text_of(part->Name, ' ', part->ScrollMax.x, ' ', part->ScrollMax.y));
  }
  return names;
}

// Windows that reach over the edge of the display; popups and windows of their own may.
std::vector<std::string> parts_outside() {
  const ImVec2 size = ImGui::GetIO().DisplaySize;
  std::vector<std::string> names;
  for (const ImGuiWindow* part : ImGui::GetCurrentContext()->Windows) {
    if (!part->WasActive || (part->Flags & ImGuiWindowFlags_ChildWindow) == 0) continue;
    const ImVec2 max{part->Pos.x + part->Size.x, part->Pos.y + part->Size.y};
    if (part->Pos.x < 0 || part->Pos.y < 0 || max.x > size.x || max.y > size.y)
      names.push_back(part->Name);
  }
  return names;
}

// Those that are wider inside than there is room: what scrolls, scrolls up and down.
std::vector<std::string> cut_parts() {
  std::vector<std::string> names;
  for (const ImGuiWindow* part : ImGui::GetCurrentContext()->Windows) {
    if (!part->WasActive || (part->Flags & ImGuiWindowFlags_ChildWindow) == 0) continue;
    if (part->ContentSize.x > part->ContentRegionRect.GetWidth() + 1)
      names.push_back(text_of(part->Name, ' ', part->ContentSize.x));
  }
  return names;
}

// Sides of windows, in points, in which everything has its place: the second is what 1280 x 800
// pixels are at twice the size.
const std::array kSmallWindows = {ImVec2{900, 600}, ImVec2{640, 400}};

TEST_F(Workspace, InASmallWindowEveryItemIsInsideIt) {
  load_sizes();
  fill_with_news();
  for (const ImVec2 size : kSmallWindows) {
    ImGui::GetIO().DisplaySize = size;
    for (const WorkspaceInfo& each : kWorkspaces) {
      stage.ui.workspace = each.id;
      for (int i = 0; i < 4; ++i) stage.frame();  // Until scroll bars have come.
      EXPECT_EQ(overfull_parts(), std::vector<std::string>()) << each.id << size.x;
      EXPECT_EQ(parts_outside(), std::vector<std::string>()) << each.id << size.x;
      EXPECT_EQ(cut_parts(), std::vector<std::string>()) << each.id << size.x;
    }
  }
}

TEST_F(Workspace, InASmallWindowThePictureIsLargeEnoughToPaintOn) {
  load_sizes();
  ImGui::GetIO().DisplaySize = kSmallWindows[0];
  stage.frame();
  stage.frame();
  EXPECT_GE(side_of(stage.canvas()), 280);
  ImGui::GetIO().DisplaySize = kSmallWindows[1];
  stage.frame();
  stage.frame();
  EXPECT_GE(2 * side_of(stage.canvas()), 280);  // Two pixels a point.
  stage.stroke(5.5f, 6.5f, 12.5f, 6.5f);
  EXPECT_TRUE(painting_here(stage.view, stage.ui));
}

// The share of the window that the picture has.
double share_of_picture(const Stage& stage) {
  const ImVec2 size = ImGui::GetIO().DisplaySize;
  return double(side_of(stage.canvas())) * side_of(stage.canvas()) / double(size.x * size.y);
}

TEST_F(Workspace, ThePictureHasThreeTenthsOfTheWindowAlsoBesideTenLanes) {
  load_sizes();
  stage.frame();
  stage.frame();
  EXPECT_GE(share_of_picture(stage), 0.3);
  const ImVec2 before = stage.canvas().min;
  fork(9);
  ASSERT_EQ(tree_of(stage.view, stage.ui, stage.ui.playhead.branch).size(), 10u);
  stage.frame();
  EXPECT_GE(share_of_picture(stage), 0.3);
  EXPECT_EQ(stage.canvas().min.x, before.x);
  EXPECT_EQ(stage.canvas().min.y, before.y);
}

TEST_F(Workspace, TabFoldsAllPanelsAndThePictureHasFourTenths) {
  load_sizes();
  stage.frame();
  const std::size_t pictures = stage.gui.pictures.calls.size();
  stage.key(ImGuiKey_Tab);
  stage.frame();
  EXPECT_GE(share_of_picture(stage), 0.4);
  EXPECT_EQ(stage.gui.pictures.calls.size(), 1u);  // No sheet, no timeline.
  stage.key(ImGuiKey_Tab);
  stage.frame();
  EXPECT_EQ(stage.gui.pictures.calls.size(), pictures);
}

TEST_F(Workspace, TheEdgeOfTheTimelineCanBeDraggedAndStaysThere) {
  load_sizes();
  stage.frame();
  const float side = side_of(stage.canvas()), before = stage.ui.timeline.height;
  const float edge = 800 - 24 - before;
  stage.gui.move({640, edge}, stage.draw());
  stage.gui.button(0, true, stage.draw());
  stage.gui.move({640, edge - 100}, stage.draw());
  stage.gui.button(0, false, stage.draw());
  stage.frame();
  EXPECT_NEAR(stage.ui.timeline.height, before + 100, 2);
  EXPECT_LT(side_of(stage.canvas()), side);
}

TEST_F(Workspace, WhereThePicturesAreNotInSightAClickInTheLargeGridChoosesOne) {
  ImGui::GetIO().DisplaySize = kSmallWindows[1];
  stage.key('G');
  stage.frame();
  stage.click_picture(lookup(stage.view, 0, 4, 2).guess);
  EXPECT_EQ(stage.ui.playhead.picture, 2);
  EXPECT_FALSE(stage.ui.large_grid);
}

TEST_F(Workspace, InANarrowWindowThePicturesAreARowAndAClickChoosesOne) {
  load_sizes();
  ImGui::GetIO().DisplaySize = {700, 900};
  stage.frame();
  stage.frame();
  EXPECT_GE(side_of(stage.canvas()), 224);
  stage.click_picture(lookup(stage.view, 0, 4, 2).guess);
  EXPECT_EQ(stage.ui.playhead.picture, 2);
}

TEST_F(Workspace, GShowsAllPicturesLargeWhereTheCanvasWas) {
  stage.frame();
  stage.key('G');
  stage.frame();
  int large = 0;
  for (const auto& call : stage.gui.pictures.calls) large += side_of(call) > 150;
  EXPECT_EQ(large, 3);
  stage.click_picture(lookup(stage.view, 0, 4, 1).guess);
  EXPECT_EQ(stage.ui.playhead.picture, 1);
  stage.frame();
  EXPECT_EQ(stage.canvas().shown.plus, lookup(stage.view, 0, 4, 1).guess);
}

TEST_F(Workspace, FunctionKeysAndTheTopBarChangeTheWorkspace) {
  for (const WorkspaceInfo& each : kWorkspaces) {
    stage.key(Key::function(each.key));
    EXPECT_EQ(stage.ui.workspace, each.id);
  }
  EXPECT_FALSE(stage.ui.help);
  stage.gui.press("Lab", stage.draw(), "top bar");
  EXPECT_EQ(stage.ui.workspace, "lab");
  EXPECT_TRUE(stage.asked.empty());
}

TEST_F(Workspace, TheBrushsPictureStaysInSightAndIsAWayBackToIt) {
  stage.key(Key::function(2));
  stage.frame();
  ASSERT_EQ(stage.gui.pictures.calls.size(), 1u);
  EXPECT_EQ(stage.gui.pictures.calls[0].shown.plus, lookup(stage.view, 0, 4, 0).guess);
  stage.click_picture(lookup(stage.view, 0, 4, 0).guess);
  EXPECT_EQ(stage.ui.workspace, "paint");
}

TEST_F(Workspace, TheNewestGalleryStaysInSightWhileTheRunGoesOn) {
  fill_with_news();
  const Pictures newest = stage.view.training.galleries.back().pictures;
  for (const char* id : {"paint", "lab", "runs"}) {
    stage.ui.workspace = id;
    stage.frame();
    stage.frame();
    stage.click_picture({newest, 1});
    EXPECT_EQ(stage.ui.workspace, "train") << id;
  }
}

TEST_F(Workspace, KeysOfTheBrushWaitInOtherWorkspaces) {
  stage.stroke(5.5f, 6.5f, 12.5f, 6.5f);
  stage.key(Key::function(4));
  stage.key('R');
  stage.key('1');
  stage.key(ImGuiKey_Escape);
  EXPECT_EQ(stage.count_asked<Resample>(), 0);
  EXPECT_EQ(stage.ui.quantity, Quantity::kGuess);
  EXPECT_TRUE(painting_here(stage.view, stage.ui));
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

TEST_F(Workspace, TheLaneOfThePlayheadComesIntoView) {
  load_sizes();
  fork(9);
  for (int i = 0; i < 9; ++i) stage.key(ImGuiKey_UpArrow);
  ASSERT_EQ(stage.ui.playhead.branch, 0);
  stage.frame();
  stage.frame();
  EXPECT_TRUE(in_timeline(lookup(stage.view, 0, 8, 0).guess));
  for (int i = 0; i < 9; ++i) stage.key(ImGuiKey_DownArrow);
  stage.frame();
  stage.frame();
  EXPECT_TRUE(in_timeline(lookup(stage.view, 9, 8, 0).guess));
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

TEST_F(Workspace, BranchesKeepTheNamesOfTheirOwnModelsClasses) {
  ModelOpened other;
  other.id = 1000;
  other.class_names = {"zero"};
  apply({1000, other}, stage.view);
  const BranchStarted& start = stage.view.branches[0].start;
  EXPECT_EQ(class_name(stage.view, start.model, {0}), "T-shirt");
  EXPECT_EQ(class_name(stage.view, 1000, {0}), "zero");
  apply({1001, ModelClosed{1000}}, stage.view);
  EXPECT_EQ(class_name(stage.view, 1000, {0}), "class 0");
}

TEST(FittingScale, IsTheOneAskedForWhereThereIsRoom) {
  EXPECT_EQ(fitting_scale(1, {kLeastWidth, kLeastHeight}), 1);
  EXPECT_EQ(fitting_scale(2, {3840, 2160}), 2);
  EXPECT_EQ(fitting_scale(0.5, {640, 480}), 0.5);
}

TEST(FittingScale, IsSmallerInASmallWindowAndKeepsTheTypeWhole) {
  for (const ImVec2 size : {ImVec2{640, 480}, ImVec2{1280, 800}, ImVec2{700, 2000}}) {
    const double scale = fitting_scale(3, size);
    EXPECT_LE(scale * kLeastWidth, size.x);
    EXPECT_LE(scale * kLeastHeight, size.y);
    EXPECT_DOUBLE_EQ(scale * 15, std::round(scale * 15));
  }
}

TEST(EmptyWorkspace, DrawsBeforeAnythingHasCome) {
  HeadlessImGui gui;
  gui.own_window = false;
  const View view;
  Ui ui;
  Commands out;
  gui.frame([&] { workspace(view, ui, gui.pictures, out); });
  EXPECT_TRUE(out.empty());
}

TEST_F(Workspace, IsSettledOnceEverythingAskedForIsAnswered) {
  EXPECT_TRUE(settled(stage.view, stage.ui));
  begin_job(1000000, stage.view);
  EXPECT_FALSE(settled(stage.view, stage.ui));
  apply({1000000, Failed{"Opening a model", "There is none."}}, stage.view);
  EXPECT_TRUE(settled(stage.view, stage.ui));
}

}  // namespace
}  // namespace stepwise::app
