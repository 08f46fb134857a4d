#include "painting/smudge.h"

#include <algorithm>
#include <cmath>

#include "error.h"

namespace stepwise {
namespace {

// A range of pixels, gone through against the move: what is read is then not written yet.
struct Sweep {
  int begin, end, step;

  Sweep(float middle, float reach, int size, float move)
      : begin(std::clamp(int(std::floor(middle - reach)), 0, size)),
        end(std::clamp(int(std::ceil(middle + reach)), 0, size)),
        step(move > 0 ? -1 : 1) {
    if (step > 0) return;
    const int last = begin - 1;
    begin = end - 1;
    end = last;
  }
  bool more(int i) const { return step > 0 ? i < end : i > end; }
};

// One move of at most a pixel along each axis, that ends at `to`.
void push(Image& picture, Point move, Point to, const Stroke& stroke, float strength) {
  const float reach = stroke.size / 2 + 1;
  const Sweep rows(to.y, reach, picture.height, move.y);
  const Sweep columns(to.x, reach, picture.width, move.x);
  const float u = std::abs(move.x), v = std::abs(move.y);
  for (int y = rows.begin; rows.more(y); y += rows.step)
    for (int x = columns.begin; columns.more(x); x += columns.step) {
      const float d = std::hypot(float(x) + 0.5f - to.x, float(y) + 0.5f - to.y);
      const float share = strength * brush_coverage(d, stroke.size, stroke.softness);
      if (share == 0) continue;
      const int behind_x = std::clamp(x + columns.step, 0, picture.width - 1);
      const int behind_y = std::clamp(y + rows.step, 0, picture.height - 1);
      for (int c = 0; c < picture.channels; ++c) {
        const float here = std::lerp(picture.at(y, x, c), picture.at(y, behind_x, c), u);
        const float next =
            std::lerp(picture.at(behind_y, x, c), picture.at(behind_y, behind_x, c), u);
        float& pixel = picture.at(y, x, c);
        pixel = std::lerp(pixel, std::lerp(here, next, v), share);
      }
    }
}

}  // namespace

Image smudged(Image picture, const Stroke& stroke, float strength) {
  for (std::size_t i = 1; i < stroke.path.size(); ++i) {
    const Point from = stroke.path[i - 1], to = stroke.path[i];
    const int moves = int(std::ceil(std::hypot(to.x - from.x, to.y - from.y)));
    const Point move{(to.x - from.x) / float(moves), (to.y - from.y) / float(moves)};
    for (int k = 1; k <= moves; ++k)
      push(picture, move, {from.x + float(k) * move.x, from.y + float(k) * move.y}, stroke,
           strength);
  }
  return picture;
}

void check_smudge(const Stroke& stroke) {
  double length = 0;
  for (std::size_t i = 1; i < stroke.path.size(); ++i)
    length += std::hypot(double(stroke.path[i].x) - stroke.path[i - 1].x,
                         double(stroke.path[i].y) - stroke.path[i - 1].y);
  require(length <= kSmudgeLength, "A smudge goes ", length, " pixels. Draw it with at most ",
          kSmudgeLength, ".");
}

}  // namespace stepwise
