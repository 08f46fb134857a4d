#include "view/strokes.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <numbers>
#include <utility>

#include "painting/flood.h"
#include "painting/move.h"
#include "view/edit_parts.h"
#include "view/edits.h"

namespace stepwise::app {
namespace {

constexpr float kNear = 0.2f;           // Pixels that a new corner of an outline is away,
constexpr float kApart = 0.05f;         //   and a new point of a stroke.
constexpr std::size_t kCorners = 4000;  // As many as a lasso has.
constexpr float kEighth = std::numbers::pi_v<float> / 4;  // Of a turn.

// The point on the nearest level, upright or diagonal line through `from`.
Point snapped(Point from, Point to) {
  const float angle = std::round(std::atan2(to.y - from.y, to.x - from.x) / kEighth) * kEighth;
  const float c = std::cos(angle), s = std::sin(angle);
  const float along = (to.x - from.x) * c + (to.y - from.y) * s;
  return {from.x + along * c, from.y + along * s};
}

// The corner of the square that is nearest to that of the rectangle.
Point squared(Point from, Point to) {
  const float side = std::max(std::abs(to.x - from.x), std::abs(to.y - from.y));
  return {from.x + std::copysign(side, to.x - from.x), from.y + std::copysign(side, to.y - from.y)};
}

struct Drag {
  ShapeTool tool;
  Point to;
  bool straight;

  void operator()(Stroke& stroke) const {
    if (tool == ShapeTool::kLine)
      stroke.path.back() = straight ? snapped(stroke.path.front(), to) : to;
    else if (distance(stroke.path.back(), to) >= kApart)
      stroke.path.push_back(to);
  }
  void operator()(Polygon& polygon) const {
    auto& corners = polygon.corners;
    if (tool == ShapeTool::kRectangle) {
      const Point from = corners.front(), end = straight ? squared(from, to) : to;
      corners = {from, {end.x, from.y}, end, {from.x, end.y}};
    } else if (corners.size() < kCorners && distance(corners.back(), to) >= kNear) {
      corners.push_back(to);
    }
  }
  void operator()(Gradient& gradient) const {
    gradient.to = straight ? snapped(gradient.from, to) : to;
  }
  void operator()(auto&) const {}
};

std::string words_of(const Hand& hand) {
  std::string words = text_of(info_of(hand.tool).label, ", ", info_of(hand.shape).label);
  if (hand.shape == ShapeTool::kBrush) words = text_of(info_of(hand.tool).label, " stroke");
  for (char& letter : words) letter = char(std::tolower(static_cast<unsigned char>(letter)));
  return words;
}

// Where the picture that is stamped lies; the first press after it was chosen says so.
Placement stamp_placement(StampSource& source, Point pressed) {
  if (source.point && !source.shift)
    source.shift = Point{pressed.x - source.point->x, pressed.y - source.point->y};
  const Point shift = source.shift.value_or(Point{});
  return {{shift.x + float(source.picture.width) / 2, shift.y + float(source.picture.height) / 2}};
}

Shape shape_of(const View& view, const Desk& desk) {
  const auto& [place, at, hand, made] = *desk.pressed;
  const bool fills = hand.shape == ShapeTool::kFill;
  Shape shape =
      begun_shape(hand, at, fills ? under_hand(view, desk, place, *desk.stroke) : Image());
  auto* stroke = std::get_if<Stroke>(&shape);
  if (stroke && hand.shape == ShapeTool::kBrush && desk.straight && desk.last_point)
    stroke->path.insert(stroke->path.begin(), *desk.last_point);
  return shape;
}

void add_layer(const View& view, Desk& desk, Commands& out) {
  auto& [place, at, hand, made] = *desk.pressed;
  Layer layer{shape_of(view, desk), info_of(hand.tool).layer(hand, *desk.stroke)};
  layer.strength = brush_of(hand).strength;
  if (auto* stamp = std::get_if<Stamp>(&layer.what))
    *stamp = {desk.source->picture, stamp_placement(*desk.source, at)};
  if (auto* wish = std::get_if<Wish>(&layer.what); wish && wish->kind == WishKind::kSketch)
    wish->sketch = under_hand(view, desk, place, Surface::kGuess);
  made = true;
  Change& change = begin_change(view, desk, place, words_of(hand));
  painting_at(view, place, change.after).layers.push_back(std::move(layer));
  show_painting(view, desk, out);
}

Layer* editable_layer(Desk& desk) {
  if (!layer_in_work(desk)) return nullptr;
  auto& paintings = desk.history.amend().after.paintings;
  return &std::ranges::find(paintings, desk.pressed->place, &Painting::place)->layers.back();
}

}  // namespace

float distance(Point a, Point b) { return std::hypot(b.x - a.x, b.y - a.y); }

Image under_hand(const View& view, const Desk& desk, const Place& place, Surface surface) {
  const Picture& painted = surface == Surface::kGuess ? desk.painted.guess : desk.painted.noisy;
  const PictureAtStep spot = lookup(view, place.branch, place.step, place.picture);
  const Picture& original = surface == Surface::kGuess ? spot.guess : spot.noisy;
  return image_of(painted && painting_here(view, desk) ? painted : original);
}

const Layer* layer_in_work(const Desk& desk) {
  // It may have been taken away meanwhile.
  if (!desk.stroke || !desk.pressed->made || desk.history.redoable()) return nullptr;
  const auto& paintings = desk.history.now().paintings;
  const auto found = std::ranges::find(paintings, desk.pressed->place, &Painting::place);
  return found == paintings.end() || found->layers.empty() ? nullptr : &found->layers.back();
}

Shape begun_shape(const Hand& hand, Point at, const Image& under) {
  const Brush& brush = brush_of(hand);
  switch (hand.shape) {
    case ShapeTool::kBrush:
      return Stroke{{at}, brush.size, brush.softness};
    case ShapeTool::kLine:
      return Stroke{{at, at}, brush.size, brush.softness};
    case ShapeTool::kRectangle:
    case ShapeTool::kLasso:
      return Polygon{{at}};
    case ShapeTool::kFill:
      return Mask{flooded(under, int(std::floor(at.y)), int(std::floor(at.x)), hand.tolerance)};
    case ShapeTool::kGradient:
      return Gradient{at, at};
    case ShapeTool::kEverywhere:
      break;
  }
  return Everywhere{};
}

void drag_shape(ShapeTool tool, Shape& shape, Point to, bool straight) {
  std::visit(Drag{tool, to, straight}, shape);
}

void begin_stroke(const View& view, Desk& desk, const Place& place, Surface surface, Point at,
                  Commands& out) {
  if (!info_of(desk.tool).layer || (desk.tool == Tool::kStamp && !desk.source)) return;
  desk.stroke = surface;
  desk.pressed = Pressed{place, at, desk};
  desk.below = {};
  desk.playhead.playing = false;
  desk.follow.moving = false;
  if (!info_of(desk.shape).dragged) add_layer(view, desk, out);
}

void continue_stroke(const View& view, Desk& desk, std::span<const Point> way, Commands& out) {
  if (!desk.stroke) return;
  if (!desk.pressed->made) add_layer(view, desk, out);
  Layer* layer = editable_layer(desk);
  if (!layer) return;
  for (const Point to : way) drag_shape(desk.pressed->hand.shape, layer->shape, to, desk.straight);
  show_painting(view, desk, out);
}

void end_stroke(Desk& desk) {
  if (Layer* layer = editable_layer(desk)) {
    if (const auto* stroke = std::get_if<Stroke>(&layer->shape))
      desk.last_point = stroke->path.back();
    if (auto* stamp = std::get_if<Stamp>(&layer->what))
      if (const auto bounds = bounds_of(layer->shape)) *stamp = cropped(*stamp, *bounds);
  }
  desk.stroke.reset();
  desk.moving.reset();
  desk.pressed.reset();
  desk.below = {};
}

void take_stamp(Desk& desk, Image picture, std::optional<Point> point, std::string words) {
  desk.source = StampSource{std::move(picture), point, {}, std::move(words)};
  take(desk, Tool::kStamp);
}

void pick_stamp(const View& view, Desk& desk, const Picture& shown, Point at) {
  const Branch* branch = find_branch(view, desk.playhead.branch);
  const std::string words =
      branch ? text_of("step ", desk.playhead.step, ", picture ", desk.playhead.picture + 1) : "";
  take_stamp(desk, image_of(shown), at, words);
}

}  // namespace stepwise::app
