// What the user has chosen and finds again at the next launch. Window thread only.
#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string>
#include <tuple>
#include <type_traits>

#include "fields.h"
#include "painting/edit.h"
#include "painting/mask_search.h"
#include "painting/start.h"
#include "range.h"
#include "settings/memory.h"
#include "settings/sample_settings.h"
#include "widgets/icons.h"

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
                 "What this step changed in the guess. Red: brighter, blue: darker; in pictures of "
                 "color each of their colors by itself, and grey where nothing changed."},
};
constexpr auto names_of(Quantity) {
  std::array<Named<Quantity>, kQuantities.size() + 1> names{{{Quantity::kAll, "All"}}};
  for (std::size_t i = 0; i < kQuantities.size(); ++i)
    names[i + 1] = {kQuantities[i].quantity, kQuantities[i].label};
  return names;
}

inline constexpr Range<float> kBrushValue{-1, 1};
inline constexpr Range<float> kBrushSize{1, 32};     // Diameter in pixels of the picture.
inline constexpr Range<float> kBrushShare{0, 1};     // Of softness and strength.
inline constexpr Range<float> kFillTolerance{0, 2};  // In data units.
inline constexpr Range<double> kRewindLevel{0.02, 80};
inline constexpr Range<double> kRewindSeverity{0.02, 1};  // Of models that do not undo noise.
struct Brush {
  Color color = 1;
  float size = 3;
  float softness = 0.35f;  // Share of the radius over which it fades.
  float strength = 1;      // Of the layers that it makes.
  bool operator==(const Brush&) const = default;
};

// What a hand does, and where: any of these in any of those shapes.
enum class Tool { kPaint, kStamp, kSmudge, kLock, kRewind, kRegion, kWish, kEraser, kMove, kHand };
enum class ShapeTool { kBrush, kLine, kRectangle, kLasso, kFill, kGradient, kEverywhere };

// All that a layer is made with.
struct Hand {
  Tool tool = Tool::kPaint;
  ShapeTool shape = ShapeTool::kBrush;
  Brush brush;
  Brush mask_brush{1, 6, 0};  // Of tools that mark a place rather than paint it.
  float tolerance = 0.25f;    // Of a fill: how much may differ from where it begins.
  double rewind = 2;          // Noise level, or severity, to go back to.
  int region = 0;             // A class of the model.
  WishKind wish = WishKind::kColor;
  int coarse = 4;  // Of a sketch: the side of its squares.
};

struct ShapeToolInfo {
  ShapeTool shape;
  Icon icon;
  const char* label;
  char key;
  const char* help;
  bool dragged = false;  // A press alone is none yet.
};
// In the order of the enumeration.
inline constexpr std::array kShapeTools = {
    ShapeToolInfo{ShapeTool::kBrush, Icon::kBrush, "Brush", 'B',
                  "Where the mouse goes. With Shift: straight from where the last stroke ended."},
    ShapeToolInfo{ShapeTool::kLine, Icon::kLine, "Line", 'U',
                  "Straight from press to release. With Shift: level, upright or diagonal."},
    ShapeToolInfo{ShapeTool::kRectangle, Icon::kRectangle, "Rectangle", 'M',
                  "From corner to corner. With Shift: a square.", true},
    ShapeToolInfo{ShapeTool::kLasso, Icon::kLasso, "Lasso", 'O', "The inside of a line.", true},
    ShapeToolInfo{ShapeTool::kFill, Icon::kFill, "Fill", 'I',
                  "All around the point that is like it, as far as the tolerance goes."},
    ShapeToolInfo{ShapeTool::kGradient, Icon::kGradient, "Gradient", 'D',
                  "Fully where you press, fading to nothing where you let go.", true},
    ShapeToolInfo{ShapeTool::kEverywhere, Icon::kEverywhere, "All", 'A',
                  "All of the picture, with one press."},
};

inline constexpr std::array kStrokes = {ShapeTool::kBrush, ShapeTool::kLine};
constexpr bool is_stroke(ShapeTool shape) {
  return std::ranges::find(kStrokes, shape) != kStrokes.end();
}
inline constexpr std::array kOutlines = {ShapeTool::kRectangle, ShapeTool::kLasso};

struct ToolInfo {
  Tool tool;
  Icon icon;
  const char* label;
  char key;
  const char* help;
  // Of the layers that it makes; nullptr: it makes none itself.
  LayerKind (*layer)(const Hand& hand, Surface surface) = nullptr;
  bool masks = false;                      // It has the brush for masks.
  std::span<const ShapeTool> shapes = {};  // That it can have; empty: all, if it makes layers.
};
// In the order of the enumeration.
inline constexpr std::array kTools = {
    ToolInfo{Tool::kPaint, Icon::kPaint, "Paint", 'P', "Puts a color there.",
             [](const Hand& hand, Surface surface) -> LayerKind {
               return Paint{surface, hand.brush.color};
             }},
    ToolInfo{Tool::kStamp, Icon::kStamp, "Stamp", 'S',
             "Puts another picture there: Alt+click in any picture, at any step, says from where.",
             [](const Hand&, Surface) -> LayerKind { return Stamp{}; }},
    ToolInfo{Tool::kSmudge, Icon::kSmudge, "Smudge", 'W', "Drags along what the guess shows.",
             [](const Hand&, Surface) -> LayerKind { return Smudge{}; }, false, kStrokes},
    ToolInfo{Tool::kLock, Icon::kLock, "Lock", 'K',
             "Keeps what it covers: the model changes only the rest.",
             [](const Hand&, Surface) -> LayerKind { return Lock{}; }, true},
    ToolInfo{Tool::kRewind, Icon::kRewind, "Rewind", 'T',
             "Takes what it covers back to an earlier level, also in a finished picture; the rest "
             "stays.",
             [](const Hand& hand, Surface) -> LayerKind { return Rewind{hand.rewind}; }, true},
    ToolInfo{Tool::kRegion, Icon::kRegion, "Class", 'N', "Makes it show another class there.",
             [](const Hand& hand, Surface) -> LayerKind { return Region{{hand.region}}; }, true},
    ToolInfo{Tool::kWish, Icon::kWish, "Wish", 'Y',
             "Asks the model for something there, and leaves to it how to get it.",
             [](const Hand& hand, Surface) -> LayerKind {
               return Wish{.kind = hand.wish, .color = hand.brush.color, .coarse = hand.coarse};
             },
             true},
    ToolInfo{Tool::kEraser, Icon::kEraser, "Eraser", 'E',
             "Brings the picture back to what it was, and unlocks it.",
             [](const Hand&, Surface) -> LayerKind { return Erase{}; }},
    ToolInfo{
        Tool::kMove, Icon::kMove, "Move", 'V',
        "Moves, turns and scales the layer in hand, or what you select and lift off the guess.",
        nullptr, false, kOutlines},
    ToolInfo{Tool::kHand, Icon::kHand, "Hand", 'H', "Moves the picture in the window."},
};

template <class Table>
constexpr auto names_in(const Table& table, auto member) {
  std::array<Named<std::decay_t<decltype(table[0].*member)>>, std::tuple_size_v<Table>> names;
  for (std::size_t i = 0; i < names.size(); ++i) names[i] = {table[i].*member, table[i].label};
  return names;
}
constexpr auto names_of(Tool) { return names_in(kTools, &ToolInfo::tool); }
constexpr auto names_of(ShapeTool) { return names_in(kShapeTools, &ShapeToolInfo::shape); }

constexpr const ToolInfo& info_of(Tool tool) { return kTools[std::size_t(tool)]; }
constexpr const ShapeToolInfo& info_of(ShapeTool shape) { return kShapeTools[std::size_t(shape)]; }

// Whether the tool can have that shape.
constexpr bool can_have(const ToolInfo& tool, ShapeTool shape) {
  if (tool.shapes.empty()) return tool.layer != nullptr;
  return std::ranges::find(tool.shapes, shape) != tool.shapes.end();
}

// The brush of the tool in hand.
constexpr Brush& brush_of(Hand& hand) {
  return info_of(hand.tool).masks ? hand.mask_brush : hand.brush;
}
constexpr const Brush& brush_of(const Hand& hand) { return brush_of(const_cast<Hand&>(hand)); }

// Takes a tool in hand, with the first shape that it can have where it cannot keep the last one.
constexpr void take(Hand& hand, Tool tool) {
  hand.tool = tool;
  const std::span<const ShapeTool> shapes = info_of(tool).shapes;
  if (!shapes.empty() && !can_have(info_of(tool), hand.shape)) hand.shape = shapes.front();
}
// Takes a shape for the tool in hand; one that cannot have it is put away for paint.
constexpr void take(Hand& hand, ShapeTool shape) {
  hand.shape = shape;
  if (!can_have(info_of(hand.tool), shape)) hand.tool = Tool::kPaint;
}

inline constexpr Range<int> kFrameMebibytes{int(kFrameBudget.min / kMebibyte),
                                            int(kFrameBudget.max / kMebibyte)};

inline constexpr Range<double> kPlaySpeed{0.25, 8};

struct Settings : Hand {
  Quantity quantity = Quantity::kGuess;
  NoiseSource noise = NoiseSource::kImplied;
  FillIn fill;    // Of what is not locked.
  int forks = 0;  // Asked for so far; the hint for newcomers goes after the first.
  SampleSettings sample;
  std::optional<Condition> condition;  // Of the pictures; none: all classes in turn.
  std::string sampled_model;           // The folder of the model that they are for.
  int frame_mebibytes = int(kUsualFrameBudget / kMebibyte);  // That the steps may take.
  bool processor_only = false;  // From the next launch on no graphics card computes.
  double play_speed = 1;        // Of playing through the steps.
  bool loop = false;            // It begins anew after the end.
  bool draws_live = false;      // Each change of what pictures are drawn with draws them again.
  bool forward = false;         // A lane of the forward process stands above the others.
  StartKind start = StartKind::kEditFriendly;  // How a tree begins with a picture,
  double start_sigma = 5;                      //   and at which level, where it may be chosen.
  MaskSearch mask;                             // How what would change of it is found.
};
void visit_fields(FieldsOf<Settings> auto& s, auto visit) {
  visit("layer", s.quantity);
  visit("tool", s.tool);
  visit("shape", s.shape);
  visit("brush_red", s.brush.color.red, kBrushValue);
  visit("brush_green", s.brush.color.green, kBrushValue);
  visit("brush_blue", s.brush.color.blue, kBrushValue);
  visit("brush_size", s.brush.size, kBrushSize);
  visit("brush_softness", s.brush.softness, kBrushShare);
  visit("brush_strength", s.brush.strength, kBrushShare);
  visit("mask_size", s.mask_brush.size, kBrushSize);
  visit("mask_softness", s.mask_brush.softness, kBrushShare);
  visit("mask_strength", s.mask_brush.strength, kBrushShare);
  visit("tolerance", s.tolerance, kFillTolerance);
  visit("rewind", s.rewind, kRewindLevel);
  visit("region", s.region, Range<int>{0, 1 << 20});
  visit("wish", s.wish);
  visit("coarse", s.coarse, kCoarse);
  visit("noise", s.noise);
  visit("fill", s.fill);
  visit("forks", s.forks, Range<int>{0, 1 << 30});
  visit("sample", s.sample);
  visit("condition", s.condition);
  visit("sampled_model", s.sampled_model);
  visit("frame_mebibytes", s.frame_mebibytes, kFrameMebibytes);
  visit("processor_only", s.processor_only);
  visit("play_speed", s.play_speed, kPlaySpeed);
  visit("loop", s.loop);
  visit("draws_live", s.draws_live);
  visit("forward", s.forward);
  visit("start", s.start);
  visit("start_sigma", s.start_sigma, kSigma);
  visit("mask", s.mask);
}

}  // namespace stepwise::app
