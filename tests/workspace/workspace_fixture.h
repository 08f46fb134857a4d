// A stage with a tree of three pictures on it, for tests of the whole window.
#pragma once

#include <gtest/gtest.h>

#include <array>

#include "sizes.h"
#include "stage.h"

namespace stepwise::app {

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
    begin_training(stage.view);
    RunSummary run;
    run.folder = "runs/fashion-mnist-quick-of-a-long-name-12";
    run.recipe.name = "quick";
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

inline float side_of(const RecordingRenderer::Call& call) { return call.max.x - call.min.x; }

// Sides of windows, in points, in which everything has its place: the second is what 1280 x 800
// pixels are at twice the size.
inline const std::array kSmallWindows = {ImVec2{900, 600}, ImVec2{640, 400}};

}  // namespace stepwise::app
