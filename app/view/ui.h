// What the user has chosen: where the playhead stands, the brush, the settings of each panel.
// Panels edit it; most of it is remembered between launches (view/ui_file.h). Window thread only.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "engine/commands.h"
#include "fields.h"
#include "range.h"
#include "settings/recipe.h"
#include "settings/sample_settings.h"
#include "settings/source.h"
#include "view/curves.h"
#include "view/painting.h"
#include "widgets/canvas.h"
#include "widgets/plot_view.h"

namespace stepwise::app {

// The four images of a frame: x, D, (x - D) / sigma, and what the last step changed in D. kAll
// shows them side by side.
enum class Quantity { kNoisy, kGuess, kNoise, kChange, kAll };

inline constexpr Range<float> kBrushValue{-1, 1};
inline constexpr Range<float> kBrushSize{1, 32};     // Diameter in pixels of the picture.
inline constexpr Range<float> kBrushSoftness{0, 1};  // Share of the radius over which it fades.
struct Brush {
  float value = 1;
  float size = 3;
  float softness = 0.35f;
  bool operator==(const Brush&) const = default;
};

// Each tool but the hand makes strokes into layers.
enum class Tool { kBrush, kLock, kEraser, kHand };
struct ToolInfo {
  Tool tool;
  const char* label;
  char key;
  const char* help;
  decltype(Layer::what) (*layer)(const Brush& brush, Surface surface);
};
// In the order of the enumeration.
inline constexpr std::array kTools = {
    ToolInfo{Tool::kBrush, "Brush", 'B', "Paints.",
             [](const Brush& brush, Surface surface) -> decltype(Layer::what) {
               return Paint{surface, brush.value};
             }},
    ToolInfo{Tool::kLock, "Lock", 'K', "Keeps what it covers: the model changes only the rest.",
             [](const Brush&, Surface) -> decltype(Layer::what) { return Lock{}; }},
    ToolInfo{Tool::kEraser, "Eraser", 'E',
             "Brings the picture back to what it was, and unlocks it.",
             [](const Brush&, Surface) -> decltype(Layer::what) { return Erase{}; }},
    ToolInfo{Tool::kHand, "Hand", 'H', "Moves the picture.", nullptr},
};
constexpr auto names_of(Tool) {
  std::array<Named<Tool>, kTools.size()> names;
  for (std::size_t i = 0; i < names.size(); ++i) names[i] = {kTools[i].tool, kTools[i].label};
  return names;
}

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

struct TrainUi {
  DataSource data;
  Recipe recipe = recipe_of("quick");
  double multiplier = 1;        // Of the learning rate, as on screen
  double multiplier_asked = 1;  //   and as the worker was told.
  bool log_loss = true;         // Axes of the loss plot.
  bool log_steps = false;
  float smoothing = 0.97f;  // Of the loss curve: share of the past in the moving mean.
  int gallery = -1;         // Which gallery is shown; -1: the newest.

  // Not remembered between launches.
  Curves curves;
  PlotView loss_plot, rate_plot, norm_plot{.log_y = true};
};

// What the noise lab asks of the worker: another question needs another answer.
struct LabQuestion {
  Picture picture;
  Condition condition;
  double sigma = 1;
  std::uint64_t seed = 1;
  ModelId model = kNoModel;
  std::int64_t model_step = 0;  // Of a model in training, as it was with its newest gallery.
  bool operator==(const LabQuestion&) const = default;
};

// Errors met at the levels that were visited, sigma rising.
struct ErrorCurve {
  LabQuestion of;  // Its sigma does not matter.
  std::vector<double> sigma;
  std::vector<float> guess, ideal;
};

struct LabUi {
  bool from_test_set = true;  // Else the picture under the playhead.
  int index = 0;              // In the test set.
  double sigma = 1;
  std::uint64_t seed = 1;
  std::optional<Condition> condition;  // None: the picture's own class.
  JobId asked = kNoJob;                // The last Inspect.

  // Not remembered between launches.
  LabQuestion question;     // Of the last Inspect.
  JobId fetching = kNoJob;  // The last FetchPicture.
  Picture test;             // The test picture of `test_index`,
  int test_index = -1;      //   and its class.
  Condition test_condition;
  Picture nearest;  // The training picture of `nearest_index`.
  int nearest_index = -1;
  ErrorCurve curve;
  PlotView plot{.log_x = true};
};

inline constexpr Range<int> kMeasured{100, 10000};
struct RunsUi {
  std::filesystem::path chosen;
  std::string folder;         // As typed.
  int measured = 2000;        // Pictures an evaluation draws.
  JobId evaluation = kNoJob;  // The last one.
};

// How the model in use is combined with another. Not remembered between launches.
struct CombineUi {
  enum class Way { kAutoguide, kExperts };

  bool open = false;  // The form is on screen.
  Way way = Way::kAutoguide;
  ModelId other = kNoModel;
  double weight = 2;    // Of autoguidance.
  double boundary = 1;  // Between experts, sigma.
};

struct LogUi {
  bool open = false;
  bool errors_only = false;
  int news_seen = 0;  // Of View::news.
};

struct Ui {
  ModelId model = kNoModel;  // What pictures are drawn with next.
  Playhead playhead;
  Follow follow;
  Quantity quantity = Quantity::kGuess;
  Camera camera;

  bool panned = false;  // While the space bar is held: it moved the picture, so it does not play.

  Tool tool = Tool::kBrush;
  Brush brush;
  NoiseSource noise = NoiseSource::kImplied;
  std::uint64_t noise_seed = 1;
  PaintHistory history;
  PaintedPictures painted;             // By the newest state of the history.
  std::optional<Surface> stroke;       // The brush is down, on this.
  JobId preview_asked = kNoJob;        // The last Preview,
  ModelId previewed_model = kNoModel;  //   with this model,
  SampleSettings previewed;            //   and these settings.
  int forks = 0;  // Asked for so far; the hint for newcomers goes after the first.

  std::string tab;  // The id of one of kTabs (panels/panels.h); any other text: the first.
  SampleSettings sample;
  std::optional<Condition> condition;  // Of the pictures; none: all classes in turn.
  std::string sampled_model;           // The folder of the model that they are for.
  TrainUi train;
  LabUi lab;
  RunsUi runs;
  CombineUi combine;
  LogUi log;
  bool help = false;
  bool quit = false;

  double scale = 0;  // Of the whole window; 0: the screen's own.
  int window_width = 1280, window_height = 800;
};

}  // namespace stepwise::app
