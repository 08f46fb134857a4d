// The scenes of the tour, each done with mouse and keys.
#include "panels/tour.h"

#include <gtest/gtest.h>

#include <cstdlib>

#include "data/idx_files.h"
#include "sizes.h"
#include "stage.h"
#include "temporary_folder.h"

namespace stepwise::app {
namespace {

class Touring : public testing::Test {
 protected:
  Touring() {
    load_sizes();
    stage.sample();
    stage.frame();
  }

  void enter(const char* id) {
    for (int i = 0; i < kSceneCount; ++i)
      if (std::string(kScenes[std::size_t(i)].id) == id) show_scene(stage.ui, i);
    for (int i = 0; i < 3; ++i) stage.frame();  // Until the card has its size.
  }
  bool done() {
    stage.frame();
    return stage.ui.tour.done;
  }

  // The middle of the frame of the timeline that is furthest to one side.
  ImVec2 end_of_strip(bool right) {
    ImVec2 end{right ? 0.f : 1e9f, 0};
    for (const auto& call : stage.gui.pictures.calls) {
      const ImVec2 middle{(call.min.x + call.max.x) / 2, (call.min.y + call.max.y) / 2};
      if (call.min.y > 650 && (right ? middle.x > end.x : middle.x < end.x)) end = middle;
    }
    return end;
  }

  // Twelve pictures of 4 x 4 pixels to train on.
  void write_pictures() {
    for (const std::string part : {"train", "t10k"}) {
      put(data / (part + "-images-idx3-ubyte"),
          idx_header(0x803, {12, 4, 4}) + std::string(12 * 16, '\x60'));
      put(data / (part + "-labels-idx1-ubyte"), idx_labels({0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1}));
    }
  }

  static ImRect rect_of(const std::string& name) {
    for (const ImGuiWindow* window : ImGui::GetCurrentContext()->Windows)
      if (window->WasActive && std::string(window->Name).find(name) != std::string::npos)
        return window->Rect();
    ADD_FAILURE() << "There is no window " << name;
    return {};
  }

  Stage stage;
  TemporaryFolder data, runs;
};

TEST_F(Touring, OfNoiseIsDoneOnceThePlayheadWasDraggedToTheLeftEnd) {
  enter("noise");
  EXPECT_EQ(stage.ui.playhead.step, 8);
  EXPECT_EQ(stage.canvas().shown.plus, lookup(stage.view, 0, 8, 0).noisy);
  EXPECT_FALSE(done());
  const ImVec2 from = end_of_strip(true), to = end_of_strip(false);
  stage.gui.move(from, stage.draw());
  stage.gui.button(0, true, stage.draw());
  stage.gui.move({(from.x + to.x) / 2, from.y}, stage.draw());
  EXPECT_FALSE(done());
  stage.gui.move(to, stage.draw());
  EXPECT_TRUE(done());
  stage.gui.move(from, stage.draw());
  stage.gui.button(0, false, stage.draw());
  EXPECT_TRUE(done());  // It was.
}

TEST_F(Touring, OfTheGuessIsDoneOnceTheLayerIsChanged) {
  enter("guess");
  EXPECT_EQ(stage.ui.quantity, Quantity::kNoisy);
  EXPECT_FALSE(done());
  stage.key('3');
  EXPECT_FALSE(done());
  stage.key('2');
  EXPECT_TRUE(done());
}

TEST_F(Touring, OfStepsIsDoneOnceTheyWerePlayedToTheEnd) {
  enter("steps");
  EXPECT_EQ(stage.ui.playhead.step, 0);
  EXPECT_FALSE(done());
  stage.key(ImGuiKey_Space);
  EXPECT_FALSE(done());
  for (int i = 0; i < 120 && stage.ui.playhead.playing; ++i) stage.frame();
  EXPECT_TRUE(done());
}

TEST_F(Touring, OfTheEditIsDoneOnceSomethingWasPaintedAndResampled) {
  enter("edit");
  EXPECT_LE(lookup(stage.view, 0, stage.ui.playhead.step, 0).sigma, 1);
  EXPECT_FALSE(done());
  stage.stroke(5.5f, 6.5f, 12.5f, 6.5f);
  EXPECT_FALSE(done());
  stage.key('R');
  EXPECT_TRUE(done());
  EXPECT_EQ(stage.view.branches.size(), 2u);
}

TEST_F(Touring, OfTrainingBeginsNoneAndIsDoneOnceTheButtonWasPressed) {
  write_pictures();
  setenv("XDG_DATA_HOME", runs.path().c_str(), 1);
  enter("training");
  EXPECT_EQ(stage.ui.workspace, "train");
  EXPECT_EQ(stage.ui.train.recipe.name, "quick");
  stage.ui.train.data.place = data.path().string();
  stage.ui.train.recipe.channels = {8, 16};
  stage.ui.train.recipe.batch = 4;
  stage.ui.train.recipe.budget = {0, 2};
  EXPECT_FALSE(done());
  EXPECT_EQ(stage.count_asked<Train>(), 0);
  stage.gui.click({1280 - 160, 40 + 8 + 12}, stage.draw());
  ASSERT_EQ(stage.count_asked<Train>(), 1);
  EXPECT_TRUE(stage.view.training.started);
  EXPECT_TRUE(done());
  EXPECT_FALSE(stage.ui.tour.already);
}

TEST_F(Touring, ARunThatGoesOnAlreadyIsSaid) {
  TrainingStarted started;
  apply({900, started}, stage.view);
  enter("training");
  EXPECT_TRUE(stage.ui.tour.done);
  EXPECT_TRUE(stage.ui.tour.already);
  EXPECT_EQ(stage.count_asked<Train>(), 0);
}

TEST_F(Touring, TheCardCoversNothingOfWhatItSpeaksOf) {
  for (const ImVec2 size : {ImVec2{1280, 800}, ImVec2{1920, 1080}, ImVec2{900, 600},
                            ImVec2{kLeastWidth, kLeastHeight}}) {
    ImGui::GetIO().DisplaySize = size;
    for (const Scene& scene : kScenes) {
      enter(scene.id);
      const ImRect card = rect_of("Tour");
      EXPECT_GE(card.Min.y, 0) << scene.id << size.x;
      EXPECT_LE(card.Max.y, size.y) << scene.id << size.x;
      EXPECT_FALSE(card.Overlaps(rect_of("/centre_"))) << scene.id << size.x;
      if (stage.ui.workspace == "paint") {
        EXPECT_FALSE(card.Overlaps(rect_of("/timeline_"))) << scene.id << size.x;
        EXPECT_FALSE(card.Overlaps(rect_of("/left_"))) << scene.id << size.x;
      } else {
        EXPECT_GT(card.Min.y, 40 + 8 + 25) << size.x;  // Start training is above it.
      }
    }
  }
}

TEST_F(Touring, TheCardIsOfOneHeightSoThatNextStaysUnderTheMouse) {
  enter("noise");
  const ImRect first = rect_of("Tour");
  for (const char* id : {"guess", "steps", "edit"}) {
    enter(id);
    EXPECT_EQ(rect_of("Tour").Max.y, first.Max.y) << id;
    EXPECT_EQ(rect_of("Tour").Max.x, first.Max.x) << id;
  }
}

TEST_F(Touring, NextAndBackGoFromSceneToSceneAndTheLastOneEndsIt) {
  stage.gui.press("Take the tour", stage.draw(), "top bar");
  EXPECT_EQ(stage.ui.tour.scene, 0);
  for (int i = 1; i < kSceneCount; ++i) {
    stage.gui.press("Next", stage.draw(), "Tour");
    EXPECT_EQ(stage.ui.tour.scene, i);
  }
  stage.gui.press("Back", stage.draw(), "Tour");
  EXPECT_EQ(stage.ui.tour.scene, 3);
  stage.gui.press("Next", stage.draw(), "Tour");
  stage.gui.press("Finish", stage.draw(), "Tour");
  EXPECT_EQ(stage.ui.tour.scene, -1);
  EXPECT_TRUE(stage.asked.empty());  // Going through it does nothing by itself.
}

TEST_F(Touring, LeavingPutsNothingBackThatWasDone) {
  enter("edit");
  const int step = stage.ui.playhead.step;
  stage.stroke(5.5f, 6.5f, 12.5f, 6.5f);
  stage.gui.press("Leave", stage.draw(), "Tour");
  EXPECT_EQ(stage.ui.tour.scene, -1);
  EXPECT_EQ(stage.ui.playhead.step, step);
  EXPECT_TRUE(painting_here(stage.view, stage.ui));
}

}  // namespace
}  // namespace stepwise::app
