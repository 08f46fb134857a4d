#include "painting/move.h"

#include <algorithm>
#include <cmath>

#include "painting/flood.h"

namespace stepwise {
namespace {

void move_all(std::vector<Point>& points, const Move& move) {
  for (Point& point : points) point = moved(point, move);
}

struct MoveShape {
  const Move& move;

  void operator()(Stroke& stroke) const {
    move_all(stroke.path, move);
    stroke.size = std::clamp(stroke.size * move.scale, kStrokeSize.min, kStrokeSize.max);
  }
  void operator()(Polygon& polygon) const { move_all(polygon.corners, move); }
  void operator()(Gradient& gradient) const {
    gradient.from = moved(gradient.from, move);
    gradient.to = moved(gradient.to, move);
  }
  void operator()(Everywhere&) const {}
  void operator()(Mask&) const {}
};

// F R(a) = R(-a) F: what is mirrored turns the other way.
void move_stamp(Placement& at, const Move& move) {
  at.middle = moved(at.middle, move);
  at.scale = std::clamp(at.scale * move.scale, kStampScale.min, kStampScale.max);
  at.turn = move.turn + (move.flipped ? -at.turn : at.turn);
  at.flipped = at.flipped != move.flipped;
}

Bounds around(const std::vector<Point>& points, float reach) {
  Bounds all{points.front(), points.front()};
  for (const Point& p : points) {
    all.min = {std::min(all.min.x, p.x), std::min(all.min.y, p.y)};
    all.max = {std::max(all.max.x, p.x), std::max(all.max.y, p.y)};
  }
  return {{all.min.x - reach, all.min.y - reach}, {all.max.x + reach, all.max.y + reach}};
}

// A stamp of the pixels under the outline and those right beside them, at their place.
Layer patch(const Image& picture, const Polygon& outline) {
  const auto pixel = [](float at, int step, int size) {
    return std::clamp(int(std::floor(at)) + step, 0, size);
  };
  const Bounds all = around(outline.corners, 0);
  const int left = pixel(all.min.x, -1, picture.width - 1);
  const int top = pixel(all.min.y, -1, picture.height - 1);
  const int right = std::max(left + 1, pixel(all.max.x, 2, picture.width));
  const int low = std::max(top + 1, pixel(all.max.y, 2, picture.height));
  Image part(low - top, right - left, picture.channels);
  for (int y = 0; y < part.height; ++y)
    for (int x = 0; x < part.width; ++x)
      for (int c = 0; c < part.channels; ++c) part.at(y, x, c) = picture.at(top + y, left + x, c);
  const Point middle{float(left) + float(part.width) / 2, float(top) + float(part.height) / 2};
  return {outline, Stamp{std::move(part), {middle}}};
}

}  // namespace

Point moved(Point point, const Move& move) {
  const Placement turns{
      {move.about.x + move.by.x, move.about.y + move.by.y}, move.scale, move.turn, move.flipped};
  return turns.of({point.x - move.about.x, point.y - move.about.y});
}

bool can_move(const Layer& layer) {
  return !std::holds_alternative<Mask>(layer.shape) &&
         !std::holds_alternative<Smudge>(layer.what) &&
         (bounds_of(layer.shape) || std::holds_alternative<Stamp>(layer.what));
}

Layer moved(Layer layer, const Move& move) {
  std::visit(MoveShape{move}, layer.shape);
  if (auto* stamp = std::get_if<Stamp>(&layer.what)) move_stamp(stamp->at, move);
  return layer;
}

std::optional<Bounds> bounds_of(const Shape& shape) {
  if (const auto* stroke = std::get_if<Stroke>(&shape); stroke && !stroke->path.empty())
    return around(stroke->path, stroke->size / 2);
  if (const auto* polygon = std::get_if<Polygon>(&shape); polygon && !polygon->corners.empty())
    return around(polygon->corners, 0);
  if (const auto* gradient = std::get_if<Gradient>(&shape))
    return around({gradient->from, gradient->to}, 0);
  return std::nullopt;
}

Layer lifted(const Image& picture, const Polygon& outline) { return patch(picture, outline); }

Layer filled_behind(const Image& picture, const Polygon& outline) {
  return patch(filled_in(picture, coverage_of(outline, picture.height, picture.width)), outline);
}

}  // namespace stepwise
