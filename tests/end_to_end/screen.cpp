#include "end_to_end/screen.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace stepwise {
namespace {

constexpr int kLaneHeight = 44;
constexpr int kLeastFrame = 30;    // Width in the timeline.
constexpr int kLeastPicture = 90;  // Width anywhere else.
constexpr int kNear = 40;          // Of colours, in each part.
constexpr int kBright = 190;       // Of text that is neither a caption nor a hint.

bool grey(const ByteImage& screen, int x, int y) {
  return screen.at(y, x, 0) == screen.at(y, x, 1) && screen.at(y, x, 1) == screen.at(y, x, 2);
}

int difference(const ByteImage& screen, int x, int y, Colour c) {
  return std::max({std::abs(screen.at(y, x, 0) - c.red), std::abs(screen.at(y, x, 1) - c.green),
                   std::abs(screen.at(y, x, 2) - c.blue)});
}

// The box around all pixels of the part that `wanted` picks.
template <class Wanted>
std::optional<Area> box(const Area& part, Wanted wanted) {
  Area found{part.right, part.bottom, part.left, part.top};
  for (int y = part.top; y < part.bottom; ++y)
    for (int x = part.left; x < part.right; ++x) {
      if (!wanted(x, y)) continue;
      found = {std::min(found.left, x), std::min(found.top, y), std::max(found.right, x + 1),
               std::max(found.bottom, y + 1)};
    }
  return found.width() > 0 ? std::optional(found) : std::nullopt;
}

}  // namespace

Point Seen::middle_of(int x, int y) const {
  return {area.left + int((x + 0.5) * area.width() / kSide),
          area.top + int((y + 0.5) * area.height() / kSide)};
}

std::optional<Seen> picture_in(const ByteImage& screen, const Area& part) {
  const auto found = box(part, [&](int x, int y) { return grey(screen, x, y); });
  if (!found || found->width() != found->height() || found->width() < kLeastPicture)
    return std::nullopt;
  Seen seen{*found, ByteImage(kSide, kSide, 1)};
  for (int y = 0; y < kSide; ++y)
    for (int x = 0; x < kSide; ++x) {
      const Point at = seen.middle_of(x, y);
      seen.pixels.at(y, x) = screen.at(at.y, at.x);
    }
  return seen;
}

std::vector<Area> frames_in_lane(const ByteImage& screen, int lane) {
  const int top = place::kLanes.top + lane * kLaneHeight, middle = top + kLaneHeight / 2;
  std::vector<Area> frames;
  int from = -1;  // Where the run of grey begins that goes on.
  for (int x = place::kLanes.left; x <= place::kLanes.right; ++x) {
    const bool in = x < place::kLanes.right && grey(screen, x, middle);
    if (in && from < 0) from = x;
    if (in || from < 0) continue;
    if (x - from >= kLeastFrame) frames.push_back({from, top, x, top + kLaneHeight});
    from = -1;
  }
  return frames;
}

std::optional<int> playhead_in(const ByteImage& screen, const std::vector<Area>& frames) {
  const Area row{place::kLanes.left, place::kHandleRow, place::kLanes.right, place::kHandleRow + 1};
  const auto handle = box_of(screen, row, {255, 255, 255});
  if (!handle) return std::nullopt;
  for (std::size_t i = 0; i < frames.size(); ++i)
    if (std::abs(frames[i].middle().x - handle->middle().x) <= 3) return int(i);
  return std::nullopt;
}

std::optional<Area> box_of(const ByteImage& screen, const Area& part, Colour colour) {
  return box(part, [&](int x, int y) { return difference(screen, x, y, colour) == 0; });
}

std::vector<double> curve_in(const ByteImage& screen, const Area& part, Colour colour) {
  std::vector<double> curve;
  for (int x = part.left; x < part.right; ++x) {
    double sum = 0;
    int count = 0;
    for (int y = part.top; y < part.bottom; ++y) {
      if (difference(screen, x, y, colour) > kNear) continue;
      sum += y - part.top;
      ++count;
    }
    curve.push_back(count > 0 ? sum / count : -1);
  }
  return curve;
}

bool writing_in(const ByteImage& screen, const Area& part) {
  return box(part, [&](int x, int y) { return screen.at(y, x) > kBright; }).has_value();
}

bool mouse_on_canvas(const ByteImage& screen) { return writing_in(screen, place::kReadout); }

bool shows(const ByteImage& screen, Point at, Colour colour) {
  return difference(screen, at.x, at.y, colour) == 0;
}

ByteImage cut(const ByteImage& screen, const Area& part) {
  ByteImage piece(part.height(), part.width(), 3);
  for (int y = 0; y < piece.height; ++y)
    for (int x = 0; x < piece.width; ++x)
      for (int c = 0; c < 3; ++c) piece.at(y, x, c) = screen.at(part.top + y, part.left + x, c);
  return piece;
}

double smoothness(const ByteImage& picture) {
  double n = 0, sum = 0, squares = 0, products = 0;
  const auto pair = [&](double a, double b) {
    n += 1;
    sum += (a + b) / 2;
    squares += (a * a + b * b) / 2;
    products += a * b;
  };
  for (int y = 0; y < kSide; ++y)
    for (int x = 0; x < kSide; ++x) {
      if (x > 0) pair(picture.at(y, x - 1), picture.at(y, x));
      if (y > 0) pair(picture.at(y - 1, x), picture.at(y, x));
    }
  const double mean = sum / n, variance = squares / n - mean * mean;
  return variance > 0 ? (products / n - mean * mean) / variance : 0;
}

int different_greys(const ByteImage& picture) {
  return int(std::set(picture.pixels.begin(), picture.pixels.end()).size());
}

}  // namespace stepwise
