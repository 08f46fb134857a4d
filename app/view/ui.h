// What the user has chosen: where the playhead stands, the brush, the settings of each panel.
// Panels edit it; most of it is remembered between launches (view/ui_file.h). Window thread only.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

#include "diffusion/settings.h"
#include "range.h"
#include "training/recipe.h"
#include "view/painting.h"

namespace stepwise {

// The four images of a frame. kAll shows them side by side.
enum class Layer { kNoisy, kGuess, kNoise, kChange, kAll };

enum class Tool { kBrush, kEraser, kHand };

inline constexpr Range<float> kBrushValue{-1, 1};
inline constexpr Range<float> kBrushSize{1, 32};     // Diameter in pixels of the picture.
inline constexpr Range<float> kBrushSoftness{0, 1};  // Share of the radius over which it fades.
struct Brush {
  float value = 1;
  float size = 3;
  float softness = 0.35f;
  bool operator==(const Brush&) const = default;
};

struct Playhead {
  BranchId branch = 0;
  int step = 0;
  int picture = 0;
  bool playing = false;
  double since = 0;  // When the playhead last moved by itself, in seconds of ImGui::GetTime().
};

// Where the playhead goes as frames come in.
struct Follow {
  int trees_seen = 0;    // A new tree takes the playhead to its middle,
  BranchId newest = -1;  //   a new branch of ours to its end.
  bool moving = false;   // The playhead goes along with the frames of its branch,
  int until = -1;        //   up to this step; -1: to the end.
};

struct Camera {
  float zoom = 1;      // 1: the whole picture fits.
  float x = 0, y = 0;  // What is at the centre, in shares of the picture's size from its middle.
};

enum class Tab { kSample, kTrain, kNoiseLab, kRuns };
inline constexpr std::array kTabs = {
    std::pair<Tab, std::string_view>{Tab::kSample, "sample"},
    std::pair<Tab, std::string_view>{Tab::kTrain, "train"},
    std::pair<Tab, std::string_view>{Tab::kNoiseLab, "noise-lab"},
    std::pair<Tab, std::string_view>{Tab::kRuns, "runs"},
};

struct TrainUi {
  std::string data = "fashion-mnist";
  Recipe recipe;
  double multiplier = 1;  // Of the learning rate.
  bool log_loss = true;   // Axes of the loss plot.
  bool log_steps = false;
  float smoothing = 0.9f;  // Of the loss curve: share of the past in the moving mean.
  int gallery = -1;        // Which gallery is shown; -1: the newest.
};

struct LabUi {
  bool from_test_set = true;  // Else the picture under the playhead.
  int index = 0;              // In the test set.
  double sigma = 1;
  std::uint64_t seed = 1;
  int label = kNoClass;
  std::uint64_t asked = 0;  // The id of the last Inspect.
};

struct RunsUi {
  std::filesystem::path chosen;
};

struct LogUi {
  bool open = false;
  bool errors_only = false;
  int news_seen = 0;  // Of View::news.
};

struct Ui {
  Playhead playhead;
  Follow follow;
  Layer layer = Layer::kGuess;
  Camera camera;

  Tool tool = Tool::kBrush;
  Brush brush;
  Surface surface = Surface::kGuess;
  NoiseSource noise = NoiseSource::kImplied;
  std::uint64_t noise_seed = 1;
  PaintHistory history;
  bool stroke = false;              // The brush is down,
  float brush_x = 0, brush_y = 0;   //   and was last here, in pixels of the picture.
  std::uint64_t preview_asked = 0;  // The id of the last Preview, 0: none.

  Tab tab = Tab::kSample;
  SampleSettings sample;
  TrainUi train;
  LabUi lab;
  RunsUi runs;
  LogUi log;
  bool help = false;
  bool quit = false;

  double scale = 0;  // Of the whole window; 0: the screen's own.
  int window_width = 1280, window_height = 800;
};

}  // namespace stepwise
