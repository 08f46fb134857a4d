// What went wrong once, done again with the mouse in the whole window.
#include <gtest/gtest.h>

#include <utility>

#include "commands/bars.h"
#include "temporary_folder.h"
#include "view/quantities.h"
#include "view/trees.h"
#include "widgets/color_scale.h"
#include "workspace_fixture.h"

namespace stepwise::app {
namespace {

class Mouse : public Workspace {
 protected:
  Mouse() { load_sizes(); }

  static ImGuiWindow* part_called(const std::string& name) {
    for (ImGuiWindow* each : ImGui::GetCurrentContext()->Windows)
      if (each->WasActive && std::string(each->Name).find(name) != std::string::npos) return each;
    return nullptr;
  }
  static const ImGuiWindow* centre() { return part_called("centre"); }

  // Where the mouse is over that item of a part of the window, looked for down the part at a few
  // shares of its width; {0, 0}: nowhere.
  ImVec2 find(const char* label, const char* in, const char* above = nullptr) {
    stage.frame();
    ImGuiWindow* part = part_called(in);
    if (!part) return {0, 0};
    const ImGuiID wanted = above ? ImHashStr(label, 0, part->GetID(above)) : part->GetID(label);
    for (const float share : {0.045f, 0.25f, 0.75f})
      for (float y = part->Pos.y; y < part->Pos.y + part->Size.y; y += 6) {
        const ImVec2 at{part->Pos.x + share * part->Size.x, y};
        stage.gui.move(at, stage.draw());
        if (ImGui::GetCurrentContext()->HoveredId == wanted) return at;
      }
    return {0, 0};
  }
  void click(ImVec2 at) {
    ASSERT_GT(at.y, 0);
    stage.gui.click(at, stage.draw());
    stage.frame();  // Which takes in what was asked for.
  }
  void press(const char* label, const char* in = "right") { click(find(label, in)); }
  void wait(double seconds) {
    for (double t = 0; t < seconds; t += ImGui::GetIO().DeltaTime) stage.frame();
  }
  // A menu of entries, of which one is pressed.
  void press_in_menu(const char* label) { stage.gui.press(label, stage.draw(), "Popup"); }

  std::size_t trees() { return roots(stage.view, stage.ui).size(); }
  const Playhead& at() const { return stage.ui.playhead; }
};

TEST_F(Mouse, RunOneStepAndToThePlayheadEraseNothing) {
  fork(2);
  ASSERT_EQ(stage.view.branches.size(), 3u);
  press("Run");
  EXPECT_EQ(trees(), 2u);
  press("One step");  // The tree under the playhead is finished: another one.
  EXPECT_EQ(trees(), 3u);
  stage.ui.playhead.step = 0;
  press("To the playhead");
  EXPECT_EQ(trees(), 4u);
  for (BranchId id = 0; id < 3; ++id) EXPECT_TRUE(is_there(stage.view, stage.ui, id)) << id;
  stage.key('Z', true);
  EXPECT_EQ(trees(), 3u);
}

TEST_F(Mouse, APressMeantForStopStartsNothing) {
  begin_job(700, stage.view);
  Branch& branch = stage.view.branches[0];
  branch.job = 700;
  const int end = std::exchange(branch.newest, branch.newest - 1);
  wait(0.6);
  const ImVec2 stop = find("Stop", "right");
  ASSERT_GT(stop.y, 0);
  branch.newest = end;
  apply({700, Finished{}}, stage.view);
  stage.asked.clear();
  stage.gui.click(stop, stage.draw());
  EXPECT_TRUE(stage.asked.empty());
  wait(0.6);
  stage.gui.click(stop, stage.draw());  // It is finished: there is nothing to go on with.
  EXPECT_TRUE(stage.asked.empty());
  EXPECT_EQ(stage.view.branches.size(), 1u);
}

TEST_F(Mouse, WhatWasStoppedContinuesWithOnePress) {
  SampleSettings settings = stage.ui.sample;
  stage.ask(Sample{stage.ui.model, settings, dealt({}, 10, 3), 4});
  wait(0.6);
  ASSERT_EQ(stage.view.branches.back().newest, 4);
  press("Continue");
  EXPECT_EQ(stage.count_asked<Sample>(), 0);
  EXPECT_TRUE(stage.view.branches.back().done());
  stage.frame();
  EXPECT_EQ(at().step, 8);
  EXPECT_EQ(trees(), 2u);
}

TEST_F(Mouse, TheFirstStrokeIsStillSeenInTheFinishedPicture) {
  stage.ui.brush = {1, 7, 0};
  const int step = at().step;
  EXPECT_LE(stage.view.branches[0].start.sigmas[std::size_t(step)], 1);
  stage.stroke(3.5f, 3.5f, 9.5f, 3.5f);  // Where there is no shape.
  ASSERT_TRUE(painting_here(stage.view, stage.ui));
  stage.frame();
  ASSERT_TRUE(stage.view.preview);
  const Picture before = lookup(stage.view, 0, step, 0).guess;
  EXPECT_NE(image_of(stage.view.preview->guess), image_of(before));
  press("Resample from here", "left");
  EXPECT_EQ(stage.count_asked<Resample>(), 1);
}

TEST_F(Mouse, TheChipBesideThePictureSaysWhichModelAnswersAndChangesIt) {
  const ModelId first = stage.ui.model;
  stage.ask(OpenModel{"another"});
  const ModelId second = stage.view.models.back().id;
  ASSERT_EQ(stage.ui.model, first);  // Opened beside it: the brush keeps its own.
  press("closed form##model", "left");
  press_in_menu(text_of("closed form##", second).c_str());
  EXPECT_EQ(stage.ui.model, second);
}

TEST_F(Mouse, ARunThatBeginsLeavesTheModelUnderTheBrush) {
  const ModelId before = stage.ui.model;
  stage.key(Key::function(2));
  stage.ui.train.data.place = "/nowhere";  // What follows is told by hand.
  press("Start training");
  ASSERT_EQ(stage.count_asked<Train>(), 1);
  fill_with_news();
  ModelOpened live = stage.view.models.front();
  live.id = 900;
  live.live = true;
  apply({900, live}, stage.view);
  stage.key(Key::function(1));
  stage.frame();
  EXPECT_EQ(stage.ui.model, before);
  EXPECT_GT(find("closed form##model", "left").y, 0);
}

// A lab with pictures of its own.
class MouseInLab : public Mouse {
 protected:
  MouseInLab() {
    write_bars(folder_ / "bars", kClosedFormSide);
    stage.ask(OpenData{{(folder_ / "bars").string()}});
    stage.key(Key::function(3));
    for (int i = 0; i < 4; ++i) stage.frame();  // The picture, the question, its answer.
  }
  // Presses one of the two sources of the lab's pictures.
  void press_source(const char* label) { click(find(label, "right", "from")); }

  TemporaryFolder folder_;
};

TEST_F(MouseInLab, ToldNoClassTheModelAndTheIdealDenoiserKnowNone) {
  click(find("##Told class", "right"));
  stage.gui.press("Any (no class told)", stage.draw(), "Combo");
  for (int i = 0; i < 3; ++i) stage.frame();
  ASSERT_TRUE(stage.ui.lab.condition);
  ASSERT_TRUE(stage.view.inspected);
  EXPECT_EQ(stage.ui.lab.question.condition, Condition{});
  EXPECT_EQ(stage.view.inspected->answer.known, Condition{});
}

TEST_F(MouseInLab, OfAnUnfinishedSampleNothingOfThePictureBeforeIsShown) {
  ASSERT_TRUE(stage.view.inspected);
  const Picture before = stage.view.inspected->guess;
  const auto shown = [&] {
    return std::ranges::any_of(stage.gui.pictures.calls,
                               [&](const auto& call) { return call.shown.plus == before; });
  };
  stage.frame();
  EXPECT_TRUE(shown());
  stage.ask(Sample{stage.ui.model, stage.ui.sample, dealt({}, 10, 3), 2});
  stage.frame();
  press_source("sample");
  stage.frame();
  EXPECT_FALSE(stage.ui.lab.from_test_set);
  EXPECT_FALSE(shown());
}

TEST_F(Mouse, TheFinishedPictureIsTheLastOfAStripOfManySteps) {
  SampleSettings settings = stage.ui.sample;
  settings.steps = 120;
  stage.ask(Sample{stage.ui.model, settings, dealt({}, 10, 3)});
  for (int i = 0; i < 3; ++i) stage.frame();  // Until the step has come in full.
  const BranchId shown = stage.view.branches.back().start.id;
  ASSERT_EQ(at().branch, shown);
  RecordingRenderer::Call last{};
  for (const auto& call : stage.gui.pictures.calls)
    if (call.min.y > 648 && call.min.x > last.min.x) last = call;
  EXPECT_EQ(last.shown.plus, lookup(stage.view, shown, 120, at().picture).guess);
  stage.key(ImGuiKey_Home);
  stage.gui.click({last.max.x - 2, (last.min.y + last.max.y) / 2}, stage.draw());
  EXPECT_EQ(at().step, 120);
}

TEST_F(Mouse, TheWheelOverACurveScrollsAndThePlotIsNotZoomed) {
  ImGui::GetIO().DisplaySize = kSmallWindows[1];
  fill_with_news();
  TrainingProgress progress;
  for (int i = 1; i <= 20; ++i) progress.points.push_back({i, 0.1 * i, 1.f / float(i), 1, 0.01f});
  apply({900, progress}, stage.view);
  stage.ui.workspace = "train";
  for (int i = 0; i < 3; ++i) stage.frame();
  const ImVec2 curve = find("area", "centre", "loss");
  ASSERT_GT(curve.y, 0);
  const float before = centre()->Scroll.y;
  ImGui::GetIO().MouseWheel = -1;
  stage.frame();
  stage.frame();
  EXPECT_GT(centre()->Scroll.y, before);
  EXPECT_FALSE(stage.ui.train.loss_plot.x || stage.ui.train.loss_plot.y);
}

TEST_F(Mouse, EscWithAMenuOpenClosesTheMenuAndKeepsThePainting) {
  stage.stroke(5.5f, 6.5f, 12.5f, 6.5f);
  press("closed form##model", "left");
  const auto menus = [] { return ImGui::GetCurrentContext()->OpenPopupStack.Size; };
  ASSERT_EQ(menus(), 1);
  stage.key(ImGuiKey_Escape);
  stage.frame();
  EXPECT_EQ(menus(), 0);
  EXPECT_TRUE(painting_here(stage.view, stage.ui));
  stage.key(ImGuiKey_Escape);
  EXPECT_FALSE(painting_here(stage.view, stage.ui));
}

TEST_F(Mouse, StrokesAtSeveralStepsAndOnBothPicturesWaitSideBySide) {
  stage.stroke(5.5f, 6.5f, 12.5f, 6.5f);
  stage.key('1');
  stage.stroke(5.5f, 16.5f, 12.5f, 16.5f);
  const int step = at().step;
  ASSERT_TRUE(painting_here(stage.view, stage.ui));
  EXPECT_TRUE(paints_on(painting_here(stage.view, stage.ui)->layers, Surface::kGuess));
  EXPECT_TRUE(paints_on(painting_here(stage.view, stage.ui)->layers, Surface::kNoisy));
  stage.key('2');
  stage.key(ImGuiKey_RightArrow);
  stage.stroke(5.5f, 6.5f, 12.5f, 6.5f);
  EXPECT_EQ(stage.ui.history.now().paintings.size(), 2u);
  stage.key(ImGuiKey_LeftArrow);
  EXPECT_EQ(at().step, step);
  EXPECT_TRUE(painting_here(stage.view, stage.ui));
}

// Workspace of training.
class MouseInTrain : public Mouse {
 protected:
  MouseInTrain() {
    fill_with_news();
    stage.ui.workspace = "train";
    stage.frame();
  }
};

TEST_F(MouseInTrain, APlotIsEnlargedByAPressAndEscBringsAllBackAtAnySize) {
  for (const ImVec2 size : {ImVec2{1280, 800}, kSmallWindows[0], kSmallWindows[1]}) {
    ImGui::GetIO().DisplaySize = size;
    for (int i = 0; i < 3; ++i) stage.frame();
    click(find("title", "centre", "loss"));
    EXPECT_EQ(stage.ui.train.enlarged, Enlarged::kLoss) << size.x;
    for (int i = 0; i < 3; ++i) stage.frame();
    EXPECT_LE(centre()->ScrollMax.y, 1) << size.x;  // All of it is in sight.
    EXPECT_GT(find("title", "centre", "sigma").y, 0) << size.x;
    stage.key(ImGuiKey_Escape);
    EXPECT_EQ(stage.ui.train.enlarged, Enlarged::kNothing) << size.x;
  }
}

TEST_F(MouseInTrain, EscClosesTheHelpBeforeALargePlot) {
  stage.ui.train.enlarged = Enlarged::kNorm;
  stage.ui.help = true;
  stage.key(ImGuiKey_Escape);
  EXPECT_EQ(stage.ui.train.enlarged, Enlarged::kNorm);
  stage.key(ImGuiKey_Escape);
  EXPECT_EQ(stage.ui.train.enlarged, Enlarged::kNothing);
}

// How much is drawn in that color, whatever it is.
int corners_in(ImU32 color) {
  int count = 0;
  const ImDrawData& frame = *ImGui::GetDrawData();
  for (int i = 0; i < frame.CmdListsCount; ++i)
    for (const ImDrawVert& corner : frame.CmdLists[i]->VtxBuffer) count += corner.col == color;
  return count;
}

TEST_F(Mouse, ColorsThatAreNoValuesOfThePictureHaveALegend) {
  for (const auto& [layer, has_legend] :
       {std::pair{Quantity::kGuess, false}, std::pair{Quantity::kNoise, true},
        std::pair{Quantity::kChange, true}, std::pair{Quantity::kNoisy, true}}) {
    stage.ui.quantity = layer;
    for (int i = 0; i < 4; ++i) stage.frame();  // Until the step has come in full.
    const RecordingRenderer::Call canvas = stage.canvas();
    ImDrawList list(ImGui::GetDrawListSharedData());
    list._ResetForNewFrame();
    list.PushClipRectFullScreen();
    list.PushTextureID(ImGui::GetIO().Fonts->TexID);
    draw_scale(list, canvas.shown, {canvas.min, canvas.max});
    EXPECT_EQ(list.VtxBuffer.Size > 0, has_legend) << int(layer);
  }
  // And what the layers of a difference have in it is in the window.
  stage.ui.quantity = Quantity::kChange;
  for (int i = 0; i < 4; ++i) stage.frame();
  EXPECT_GT(corners_in(kBelow), 0);
  EXPECT_GT(corners_in(kAbove), 0);
  stage.ui.quantity = Quantity::kGuess;
  for (int i = 0; i < 4; ++i) stage.frame();
  EXPECT_EQ(corners_in(kBelow), 0);
}

TEST_F(Mouse, FreshNoiseIsToldOfBesideThePicture) {
  const auto told = [&] {
    stage.frame();
    return stage.ui.canvas_words.hint.find("Fresh noise") != std::string::npos;
  };
  EXPECT_FALSE(told());
  stage.ui.noise = NoiseSource::kFresh;  // As it was left at the last launch.
  EXPECT_TRUE(told());
}

}  // namespace
}  // namespace stepwise::app
