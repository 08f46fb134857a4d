#include "panels/by_hand.h"

#include <algorithm>
#include <string>
#include <vector>

#include "settings/grid.h"
#include "settings/guidance.h"
#include "widgets/controls.h"
#include "widgets/hand_plot.h"

namespace stepwise::app {
namespace {

constexpr std::size_t kPoints = 16;       // Of a line.
constexpr Axis kGuided{0.01, 100, true};  // Noise levels over which guidance is drawn.
constexpr float kPlotHeight = 132;        // In points.
constexpr double kLeast = 0.002;          // Between two points of levels, of the whole way.
constexpr std::size_t kMostMarked = 100;  // More levels than that are not told apart.

double level_at(std::size_t i) { return kGuided.value(double(i) / double(kPoints - 1)); }

// As guidance acts now, at the points of the drawing.
std::vector<LevelShare> shape_of_guidance(const SampleSettings& s) {
  Guidance guidance = guidance_of(s);
  guidance.w = 2;  // So that the share is w - 1.
  std::vector<LevelShare> shape;
  for (std::size_t i = 0; i < kPoints; ++i)
    shape.push_back({level_at(i), guidance.at(level_at(i)) - 1});
  return shape;
}

// Where a point is drawn the others make way: levels fall at each step. The ends stay.
void draw_point(std::vector<double>& shares, std::size_t i, double share) {
  const std::size_t last = shares.size() - 1;
  if (i == 0 || i == last) return;
  share = std::clamp(share, kLeast * double(i), 1 - kLeast * double(last - i));
  shares[i] = share;
  for (std::size_t k = 1; k < i; ++k)
    shares[k] = std::min(shares[k], share - kLeast * double(i - k));
  for (std::size_t k = i + 1; k < last; ++k)
    shares[k] = std::max(shares[k], share + kLeast * double(k - i));
}

}  // namespace

std::vector<double> shape_of_levels(const SampleSettings& settings) {
  std::vector<double> sigmas = sigma_grid(settings);
  sigmas.pop_back();
  const double first = sigmas.front(), last = sigmas.back();
  if (sigmas.size() < 2) return {0, 1};
  for (double& sigma : sigmas) sigma = share_between(first, last, sigma);
  std::vector<double> shape;
  const std::size_t count = std::min(sigmas.size(), kPoints);
  for (std::size_t i = 0; i < count; ++i)
    shape.push_back(along(sigmas, double(i) / double(count - 1)));
  shape.front() = 0, shape.back() = 1;
  return shape;
}

void guidance_by_hand(SampleSettings& s) {
  bool drawn = !s.guidance_shape.empty();
  if (check_row("By hand", drawn,
                "How much of the guidance acts at each noise level, drawn with the mouse."))
    s.guidance_shape = drawn ? shape_of_guidance(s) : std::vector<LevelShare>{};
  if (!drawn) return;
  std::vector<LevelShare> shape = shape_of_guidance(s);
  std::vector<double> shares;
  for (const LevelShare& point : shape) shares.push_back(point.share);
  const HandPlot plot{.title = "Share of the strength",
                      .x_name = "\xcf\x83",
                      .x = kGuided,
                      .y = {0, 1},
                      .values = shares};
  if (!draw_by_hand("guidance shape", {0, px(kPlotHeight)}, plot,
                    "Draw with the mouse: at the top w is the strength, at the bottom 1, where the "
                    "model is left alone."))
    return;
  for (std::size_t i = 0; i < kPoints; ++i) shape[i].share = shares[i];
  s.guidance_shape = shape;
}

void levels_by_hand(SampleSettings& s) {
  if (s.grid_shape.size() < kPoints && int(s.grid_shape.size()) < s.steps)
    s.grid_shape = shape_of_levels(s);  // A point for each step, also for those that came since.
  std::vector<double> levels;
  for (const double share : s.grid_shape)
    levels.push_back(between(s.sigma_max, s.sigma_min, share));
  const std::vector<double> before = levels;
  std::vector<double> marked = sigma_grid(s);
  marked.pop_back();
  if (marked.size() > kMostMarked) marked.clear();
  const HandPlot plot{.title = "Noise levels \xcf\x83",
                      .x_name = "step",
                      .x = {0, double(std::max(1, s.steps - 1))},
                      .y = {s.sigma_min, s.sigma_max, true},
                      .values = levels,
                      .marked = marked};
  if (!draw_by_hand("levels", {0, px(kPlotHeight)}, plot,
                    "Draw with the mouse: where the line is flat, steps are short. Each dot is a "
                    "step; levels always fall."))
    return;
  for (std::size_t i = 0; i < levels.size(); ++i)
    if (levels[i] != before[i])
      draw_point(s.grid_shape, i, share_between(s.sigma_max, s.sigma_min, levels[i]));
}

}  // namespace stepwise::app
