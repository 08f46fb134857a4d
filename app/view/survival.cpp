#include "view/survival.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>

#include "view/edits.h"

namespace stepwise::app {
namespace {

constexpr double kHolds = 0.5;  // Share of a stroke.

using Knots = std::map<double, double>;

// Straight from knot to knot.
double between(const Knots& knots, double at) {
  const auto above = knots.lower_bound(at);
  if (above == knots.begin()) return above->second;
  const auto below = std::prev(above);
  if (above == knots.end()) return below->second;
  const double t = (at - below->first) / (above->first - below->first);
  return below->second + t * (above->second - below->second);
}

}  // namespace

std::optional<double> survival_at(std::span<const Survival> table, double sigma, double size) {
  if (table.empty()) return {};
  std::map<double, Knots> by_size;
  for (const Survival& row : table)
    by_size[std::log(double(row.size))][std::log(row.sigma)] = row.share;
  Knots at_sigma;
  for (const auto& [log_size, shares] : by_size)
    at_sigma[log_size] = between(shares, std::log(sigma));
  return between(at_sigma, std::log(size));
}

std::optional<double> survival_here(const View& view, const Desk& desk) {
  const ModelOpened* model = find_model(view, desk.model);
  const bool on_guess = desk.quantity == Quantity::kGuess || desk.quantity == Quantity::kAll;
  const bool paints_strokes = desk.tool == Tool::kPaint && is_stroke(desk.shape);
  if (!model || !on_guess || !paints_strokes || !paintable(view, desk)) return {};
  const Playhead& at = desk.playhead;
  const double sigma = lookup(view, at.branch, at.step, at.picture).sigma;
  return survival_at(model->survival, sigma, desk.brush.size);
}

std::string words_for_survival(double share, bool few) {
  if (share < kTrace)
    return few ? "Vanishes from here" : "A stroke of this size will vanish from here";
  return fmt::format("About {:.0f} % {}will be left", 100 * share,
                     few ? "" : "of a stroke this size ");
}

std::optional<int> first_step_that_holds(const View& view, const Branch& branch,
                                         const Brush& brush) {
  const ModelOpened* model = find_model(view, branch.start.model);
  if (!model || model->survival.empty()) return {};
  int best = 0;
  double most = 0;
  for (int step = 0; step < branch.steps(); ++step) {
    const double sigma = branch.start.sigmas[std::size_t(step)];
    const double share = *survival_at(model->survival, sigma, brush.size);
    if (share >= kHolds) return step;
    if (share > most) best = step;
    most = std::max(most, share);
  }
  return best;
}

}  // namespace stepwise::app
