#include "view/moving.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "view/edit_parts.h"
#include "view/edits.h"
#include "view/layers.h"
#include "view/strokes.h"

namespace stepwise::app {
namespace {

constexpr float kLeastSide = 1;      // Pixels that a selection has.
constexpr float kLeastReach = 0.5f;  // From the middle, for a scale to be told.

Point middle_of(const Bounds& bounds) {
  return {(bounds.min.x + bounds.max.x) / 2, (bounds.min.y + bounds.max.y) / 2};
}

float angle(Point about, Point p) { return std::atan2(p.y - about.y, p.x - about.x); }

// What the mouse, gone from one point to another, does to a layer that it has by that grip.
Move move_of(Grip grip, Point middle, Point from, Point to) {
  Move move;
  move.about = middle;
  if (grip == Grip::kInside) move.by = {to.x - from.x, to.y - from.y};
  if (grip == Grip::kCorner && distance(middle, from) > kLeastReach)
    move.scale =
        std::clamp(distance(middle, to) / distance(middle, from), kStampScale.min, kStampScale.max);
  if (grip == Grip::kTurn) move.turn = angle(middle, to) - angle(middle, from);
  return move;
}

// The selection that is drawn becomes a layer, in hand.
void lift(const View& view, Desk& desk, const Polygon& outline, bool copies, Commands& out) {
  const auto bounds = bounds_of(outline);
  if (!bounds || bounds->max.x - bounds->min.x < kLeastSide ||
      bounds->max.y - bounds->min.y < kLeastSide)
    return;
  const Place place = desk.moving->place;
  const Image seen = under_hand(view, desk, place, Surface::kGuess);
  Change& change = begin_change(view, desk, place, copies ? "copying" : "lifting");
  Layers& layers = painting_at(view, place, change.after).layers;
  if (!copies) layers.push_back(filled_behind(seen, outline));
  layers.push_back(lifted(seen, outline));
  desk.layer = int(layers.size()) - 1;
  show_painting(view, desk, out);
}

}  // namespace

const Layer* layer_in_hand(const View& view, const Desk& desk) {
  const Painting* painting = painting_here(view, desk);
  if (!painting || desk.layer < 0 || desk.layer >= int(painting->layers.size())) return nullptr;
  const Layer& layer = painting->layers[std::size_t(desk.layer)];
  return can_move(layer) ? &layer : nullptr;
}

Bounds bounds_in_hand(const Layer& layer) {
  if (const auto bounds = bounds_of(layer.shape)) return *bounds;
  const Stamp& stamp = std::get<Stamp>(layer.what);
  const float x = float(stamp.picture.width) / 2, y = float(stamp.picture.height) / 2;
  return *bounds_of(Polygon{
      {stamp.at.of({-x, -y}), stamp.at.of({x, -y}), stamp.at.of({x, y}), stamp.at.of({-x, y})}});
}

Point turning_handle(const Bounds& bounds, float reach) {
  return {middle_of(bounds).x, bounds.min.y - 3 * reach};
}

Grip grip_at(const Layer& layer, Point at, float reach) {
  const Bounds b = bounds_in_hand(layer);
  if (distance(at, turning_handle(b, reach)) <= reach) return Grip::kTurn;
  for (const Point corner : {b.min, Point{b.max.x, b.min.y}, b.max, Point{b.min.x, b.max.y}})
    if (distance(at, corner) <= reach) return Grip::kCorner;
  const bool inside = at.x >= b.min.x && at.x < b.max.x && at.y >= b.min.y && at.y < b.max.y;
  return inside ? Grip::kInside : Grip::kNone;
}

void begin_moving(const View& view, Desk& desk, const Place& place, Point at, float reach) {
  desk.playhead.playing = false;
  desk.follow.moving = false;
  desk.moving = Moving{place, at};
  if (const Layer* layer = layer_in_hand(view, desk)) {
    desk.moving->grip = grip_at(*layer, at, reach);
    desk.moving->as_it_was = *layer;
  }
  if (desk.moving->grip != Grip::kNone) return;
  desk.layer = -1;
  desk.moving->selection = begun_shape(desk, at, {});
}

void keep_moving(const View& view, Desk& desk, Point to, Commands& out) {
  if (!desk.moving) return;
  Moving& moving = *desk.moving;
  if (moving.grip == Grip::kNone)
    return drag_shape(desk.shape, moving.selection, to, desk.straight);
  if (!layer_in_hand(view, desk)) return;
  const Point middle = middle_of(bounds_in_hand(moving.as_it_was));
  const Move move = move_of(moving.grip, middle, moving.from, to);
  const bool goes_on = std::exchange(moving.begun, true) && !desk.history.redoable();
  Change& change =
      goes_on ? desk.history.amend() : begin_change(view, desk, moving.place, "moving of a layer");
  painting_at(view, moving.place, change.after).layers[std::size_t(desk.layer)] =
      moved(moving.as_it_was, move);
  show_painting(view, desk, out);
}

void end_moving(const View& view, Desk& desk, bool copies, Commands& out) {
  if (!desk.moving) return;
  if (desk.moving->grip == Grip::kNone)
    if (const auto* outline = std::get_if<Polygon>(&desk.moving->selection))
      lift(view, desk, *outline, copies, out);
  desk.moving.reset();
}

void move_in_hand(const View& view, Desk& desk, Move move, const char* what, Commands& out) {
  const Layer* layer = layer_in_hand(view, desk);
  if (!layer) return;
  move.about = middle_of(bounds_in_hand(*layer));
  Layers layers = painting_here(view, desk)->layers;
  layers[std::size_t(desk.layer)] = moved(*layer, move);
  change_layers(view, desk, std::move(layers), what, out);
}

void delete_in_hand(const View& view, Desk& desk, Commands& out) {
  if (!layer_in_hand(view, desk)) return;
  const int layer = std::exchange(desk.layer, -1);
  change_layers(view, desk, without(painting_here(view, desk)->layers, layer),
                "deletion of a layer", out);
}

}  // namespace stepwise::app
