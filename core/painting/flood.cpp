#include "painting/flood.h"

#include <array>
#include <cassert>
#include <cmath>
#include <utility>
#include <vector>

namespace stepwise {
namespace {

constexpr std::array kSides = {std::pair{0, 1}, std::pair{0, -1}, std::pair{1, 0},
                               std::pair{-1, 0}};
constexpr double kStill = 1e-5;  // A relaxation that moves less than this has come to rest.
constexpr int kMostSweeps = 4000;

bool inside(const Image& picture, int y, int x) {
  return y >= 0 && x >= 0 && y < picture.height && x < picture.width;
}

// The mean of the neighbours that there are, in one channel.
float mean_around(const Image& picture, int y, int x, int c) {
  float sum = 0;
  int count = 0;
  for (const auto& [dy, dx] : kSides)
    if (inside(picture, y + dy, x + dx)) sum += picture.at(y + dy, x + dx, c), ++count;
  return count > 0 ? sum / float(count) : picture.at(y, x, c);
}

// A first filling: rings of pixels from the rim inwards, each the mean of those before it.
void grow_inwards(Image& picture, std::vector<std::pair<int, int>> open, Image known) {
  while (!open.empty()) {
    std::vector<std::pair<int, int>> ring, rest;
    for (const auto& [y, x] : open) {
      bool touches = false;
      for (const auto& [dy, dx] : kSides)
        touches |= inside(picture, y + dy, x + dx) && known.at(y + dy, x + dx) > 0;
      (touches ? ring : rest).emplace_back(y, x);
    }
    if (ring.empty()) return;
    for (const auto& [y, x] : ring)
      for (int c = 0; c < picture.channels; ++c) {
        float sum = 0, count = 0;
        for (const auto& [dy, dx] : kSides)
          if (inside(picture, y + dy, x + dx) && known.at(y + dy, x + dx) > 0)
            sum += picture.at(y + dy, x + dx, c), ++count;
        picture.at(y, x, c) = sum / count;
      }
    for (const auto& [y, x] : ring) known.at(y, x) = 1;
    open = std::move(rest);
  }
}

}  // namespace

Image flooded(const Image& picture, int y, int x, float tolerance) {
  Image mask(picture.height, picture.width, 1);
  if (!inside(picture, y, x)) return mask;
  const auto alike = [&](int row, int column) {
    for (int c = 0; c < picture.channels; ++c)
      if (!(std::abs(picture.at(row, column, c) - picture.at(y, x, c)) <= tolerance)) return false;
    return true;
  };
  std::vector<std::pair<int, int>> open{{y, x}};
  mask.at(y, x) = 1;
  while (!open.empty()) {
    const auto [row, column] = open.back();
    open.pop_back();
    for (const auto& [dy, dx] : kSides) {
      const int r = row + dy, k = column + dx;
      if (!inside(picture, r, k) || mask.at(r, k) > 0 || !alike(r, k)) continue;
      mask.at(r, k) = 1;
      open.emplace_back(r, k);
    }
  }
  return mask;
}

Image filled_in(const Image& picture, const Image& mask) {
  assert(mask.height == picture.height && mask.width == picture.width);
  std::vector<std::pair<int, int>> open;
  Image known(mask.height, mask.width, 1);
  for (int y = 0; y < mask.height; ++y)
    for (int x = 0; x < mask.width; ++x) {
      if (mask.at(y, x) > 0) open.emplace_back(y, x);
      known.at(y, x) = mask.at(y, x) > 0 ? 0.f : 1.f;
    }
  Image filled = picture;
  if (open.size() == std::size_t(mask.height) * std::size_t(mask.width)) return filled;
  grow_inwards(filled, open, std::move(known));
  for (int sweep = 0; sweep < kMostSweeps; ++sweep) {  // Gauss-Seidel.
    double moved = 0;
    for (const auto& [y, x] : open)
      for (int c = 0; c < filled.channels; ++c) {
        float& pixel = filled.at(y, x, c);
        const float mean = mean_around(filled, y, x, c);
        moved = std::fmax(moved, std::abs(double(mean) - pixel));
        pixel = mean;
      }
    if (moved < kStill) break;
  }
  return filled;
}

}  // namespace stepwise
