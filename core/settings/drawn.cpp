#include "settings/drawn.h"

#include <algorithm>
#include <cmath>

#include "settings/sample_settings.h"

namespace stepwise {

double share_at(const std::vector<LevelShare>& line, double sigma) {
  const auto above = std::ranges::upper_bound(line, sigma, {}, &LevelShare::sigma);
  if (above == line.begin()) return line.front().share;
  if (above == line.end()) return line.back().share;
  const LevelShare &lo = above[-1], &hi = *above;
  return std::lerp(lo.share, hi.share, std::log(sigma / lo.sigma) / std::log(hi.sigma / lo.sigma));
}

double along(const std::vector<double>& line, double position) {
  const double last = double(line.size() - 1);
  const double at = std::clamp(position, 0., 1.) * last;
  const auto before = std::size_t(std::min(at, last - 1));
  return std::lerp(line[before], line[before + 1], at - double(before));
}

void check_guidance_shape(const std::vector<LevelShare>& shape) {
  for (std::size_t i = 0; i < shape.size(); ++i) {
    kAnySigma.check("A noise level of the guidance's shape", shape[i].sigma);
    kLevelShare.check("A share of the guidance", shape[i].share);
    require(i == 0 || shape[i].sigma > shape[i - 1].sigma, "The noise level ", shape[i].sigma,
            " stands after ", shape[i - 1].sigma,
            " in the guidance's shape. List them rising, each once.");
  }
}

void check_grid_shape(const std::vector<double>& shape) {
  if (shape.empty()) return;
  require(shape.size() >= 2 && shape.front() == 0 && shape.back() == 1,
          "The shape of the noise levels must lead from 0, the first level, to 1, the last.");
  for (std::size_t i = 1; i < shape.size(); ++i)
    require(shape[i] > shape[i - 1], "The shape of the noise levels goes from ", shape[i - 1],
            " to ", shape[i], ", but must rise: there is less noise at each step.");
}

}  // namespace stepwise
