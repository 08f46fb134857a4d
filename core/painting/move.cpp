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

// Pixels of a picture of that size.
struct Part {
  int left, top, right, low;

  // Those in the bounds, and a margin of one on each side for what falls between pixels.
  Part(const Bounds& bounds, const Image& of)
      : left(within(bounds.min.x - 1, 0, of.width - 1)),
        top(within(bounds.min.y - 1, 0, of.height - 1)),
        right(within(bounds.max.x + 2, left + 1, of.width)),
        low(within(bounds.max.y + 2, top + 1, of.height)) {}

  static int within(float at, int first, int last) {
    return int(std::floor(std::clamp(at, float(first), float(last))));
  }
  Point middle() const { return {float(left + right) / 2, float(top + low) / 2}; }
  Image of(const Image& picture) const {
    Image part(low - top, right - left, picture.channels);
    for (int y = 0; y < part.height; ++y)
      for (int x = 0; x < part.width; ++x)
        for (int c = 0; c < part.channels; ++c) part.at(y, x, c) = picture.at(top + y, left + x, c);
    return part;
  }
};

// What the picture shows under the outline, at its place.
Layer patch(const Image& picture, const Polygon& outline) {
  const Part part(around(outline.corners, 0), picture);
  return {outline, Stamp{part.of(picture), {part.middle()}}};
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

Stamp cropped(const Stamp& stamp, const Bounds& bounds) {
  const Image& picture = stamp.picture;
  const Point half{float(picture.width) / 2, float(picture.height) / 2};
  std::vector<Point> corners{
      bounds.min, {bounds.max.x, bounds.min.y}, bounds.max, {bounds.min.x, bounds.max.y}};
  for (Point& corner : corners) {
    const Point offset = stamp.at.offset(corner);
    corner = {offset.x + half.x, offset.y + half.y};
  }
  const Part part(around(corners, 0), picture);
  Stamp less{part.of(picture), stamp.at};
  less.at.middle = stamp.at.of({part.middle().x - half.x, part.middle().y - half.y});
  return less;
}

Layer lifted(const Image& picture, const Polygon& outline) { return patch(picture, outline); }

Layer filled_behind(const Image& picture, const Polygon& outline) {
  return patch(filled_in(picture, coverage_of(outline, picture.height, picture.width)), outline);
}

}  // namespace stepwise
