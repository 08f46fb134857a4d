// What the user has chosen and finds again at the next launch. Window thread only.
#pragma once

#include <array>
#include <optional>
#include <string>

#include "fields.h"
#include "painting/edit.h"
#include "painting/mask_search.h"
#include "painting/start.h"
#include "range.h"
#include "settings/memory.h"
#include "settings/sample_settings.h"

namespace stepwise::app {

// The four images of a frame: x, D, (x - D) / sigma, and what the last step changed in D. kAll
// shows them side by side.
enum class Quantity { kNoisy, kGuess, kNoise, kChange, kAll };

struct QuantityName {
  Quantity quantity;
  const char* label;
  const char* symbol;
  const char* help;
};
inline constexpr std::array kQuantities = {
    QuantityName{Quantity::kNoisy, "Noisy", "x", "The picture as it is at this noise level: x."},
    QuantityName{Quantity::kGuess, "Guess", "D(x)",
                 "The model's best guess of the clean picture: D(x, sigma)."},
    QuantityName{Quantity::kNoise, "Noise", "(x \xe2\x88\x92 D) / \xcf\x83",
                 "The noise the model believes is in it: (x - D) / sigma."},
    QuantityName{Quantity::kChange, "Change", "D \xe2\x88\x92 previous D",
                 "What this step changed in the guess. Red: brighter, blue: darker."},
};
constexpr auto names_of(Quantity) {
  std::array<Named<Quantity>, kQuantities.size() + 1> names{{{Quantity::kAll, "All"}}};
  for (std::size_t i = 0; i < kQuantities.size(); ++i)
    names[i + 1] = {kQuantities[i].quantity, kQuantities[i].label};
  return names;
}

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
  LayerKind (*layer)(const Brush& brush, Surface surface);
};
// In the order of the enumeration.
inline constexpr std::array kTools = {
    ToolInfo{Tool::kBrush, "Brush", 'B', "Paints.",
             [](const Brush& brush, Surface surface) -> LayerKind {
               return Paint{surface, brush.value};
             }},
    ToolInfo{Tool::kLock, "Lock", 'K', "Keeps what it covers: the model changes only the rest.",
             [](const Brush&, Surface) -> LayerKind { return Lock{}; }},
    ToolInfo{Tool::kEraser, "Eraser", 'E',
             "Brings the picture back to what it was, and unlocks it.",
             [](const Brush&, Surface) -> LayerKind { return Erase{}; }},
    ToolInfo{Tool::kHand, "Hand", 'H', "Moves the picture.", nullptr},
};
constexpr auto names_of(Tool) {
  std::array<Named<Tool>, kTools.size()> names;
  for (std::size_t i = 0; i < names.size(); ++i) names[i] = {kTools[i].tool, kTools[i].label};
  return names;
}

inline constexpr Range<int> kFrameMebibytes{int(kFrameBudget.min / kMebibyte),
                                            int(kFrameBudget.max / kMebibyte)};

inline constexpr Range<double> kPlaySpeed{0.25, 8};

struct Settings {
  Quantity quantity = Quantity::kGuess;
  Tool tool = Tool::kBrush;
  Brush brush;
  NoiseSource noise = NoiseSource::kImplied;
  FillIn fill;    // Of what is not locked.
  int forks = 0;  // Asked for so far; the hint for newcomers goes after the first.
  SampleSettings sample;
  std::optional<Condition> condition;  // Of the pictures; none: all classes in turn.
  std::string sampled_model;           // The folder of the model that they are for.
  int frame_mebibytes = int(kUsualFrameBudget / kMebibyte);  // That the steps may take.
  double play_speed = 1;                                     // Of playing through the steps.
  bool loop = false;                                         // It begins anew after the end.
  bool draws_live = false;  // Each change of what pictures are drawn with draws them again.
  bool forward = false;     // A lane of the forward process stands above the others.
  StartKind start = StartKind::kEditFriendly;  // How a tree begins with a picture,
  double start_sigma = 5;                      //   and at which level, where it may be chosen.
  MaskSearch mask;                             // How what would change of it is found.
};
void visit_fields(FieldsOf<Settings> auto& s, auto visit) {
  visit("layer", s.quantity);
  visit("tool", s.tool);
  visit("brush_value", s.brush.value, kBrushValue);
  visit("brush_size", s.brush.size, kBrushSize);
  visit("brush_softness", s.brush.softness, kBrushSoftness);
  visit("noise", s.noise);
  visit("fill", s.fill);
  visit("forks", s.forks, Range<int>{0, 1 << 30});
  visit("sample", s.sample);
  visit("condition", s.condition);
  visit("sampled_model", s.sampled_model);
  visit("frame_mebibytes", s.frame_mebibytes, kFrameMebibytes);
  visit("play_speed", s.play_speed, kPlaySpeed);
  visit("loop", s.loop);
  visit("draws_live", s.draws_live);
  visit("forward", s.forward);
  visit("start", s.start);
  visit("start_sigma", s.start_sigma, kSigma);
  visit("mask", s.mask);
}

}  // namespace stepwise::app
