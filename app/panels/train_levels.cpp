// Held-out losses by noise level: those measured last as bars, or all of them as colors.
#include <algorithm>
#include <cmath>

#include "error.h"
#include "panels/train_parts.h"
#include "view/level_map.h"
#include "widgets/heat_map.h"
#include "widgets/plot.h"
#include "widgets/theme.h"

namespace stepwise::app {
namespace {

const char* title_of(const Training& training) {
  return training.started && has_severity(training.started->recipe.degradation)
             ? "Held-out loss by severity"
             : "Held-out loss by noise level";
}

constexpr int kPlaces = 64;  // Of the curve of densities.

PlotSwitch face_switch(TrainUi& ui) {
  return {&ui.levels_over_time,
          "face",
          "now",
          "over time",
          "The losses measured last. Click for those of all steps, as colors.",
          "The losses of all steps as colors: the lighter, the larger. Click for the newest as "
          "bars."};
}

std::vector<float> density_of(const TrainingStarted& run) {
  if (has_severity(run.recipe.degradation)) return std::vector<float>(kPlaces, 1);
  return density_of_levels(run.recipe.sigma_mean, run.recipe.sigma_std, run.bin_edges.front(),
                           run.bin_edges.back(), kPlaces);
}

void draw_latest(const Training& training, TrainUi& ui, ImVec2 size, bool* large) {
  BarPlot plot;
  const bool severity = training.started && has_severity(training.started->recipe.degradation);
  plot.title = title_of(training);
  plot.x_name = severity ? "severity" : "σ";
  plot.logarithmic = !severity;
  plot.color = hue(1);
  plot.empty = "Which levels are still hard shows here after the first measurement.";
  plot.face = face_switch(ui);
  plot.large = large;
  std::vector<float> density;
  if (training.started && !training.held_out.empty()) {
    const HeldOutPoint& now = training.held_out.back();
    plot.edges = training.started->bin_edges;
    plot.values = now.bins;
    plot.now = "step " + format_count(now.step);
    if (const HeldOutPoint* before = compared_with(training.held_out)) {
      plot.previous = before->bins;
      plot.before = "step " + format_count(before->step);
    }
    density = density_of(*training.started);
    plot.shares = density;
    plot.shares_name = "trained on";
  }
  draw_bars("sigma", size, plot);
}

// The bin of a noise level, the loss there at the measurement nearest to a step, and how it was. A
// press asks for the pictures, by the weights of then where a mark has them.
void hover(const Training& training, TrainUi& ui, const HeatPlace& place) {
  const HeldOutPoint& point = *nearest_measurement(training.held_out, place.x);
  const std::vector<double>& edges = training.started->bin_edges;
  const auto above = std::ranges::upper_bound(edges, place.y);
  const std::size_t bin = std::size_t(std::max<std::ptrdiff_t>(1, above - edges.begin())) - 1;
  if (bin >= point.bins.size() || bin + 1 >= edges.size()) return;
  const char* level = level_word(training.started->recipe.degradation);
  draw_hover(text_of(level, " ", format_number(edges[bin], 2), " to ",
                     format_number(edges[bin + 1], 2), ", step ", format_count(point.step)),
             {{"held-out loss", hue(1), format_number(point.bins[bin])},
              {"press to see its pictures", colors.dim, ""}});
  ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  if (!ImGui::IsMouseClicked(ImGuiMouseButton_Left)) return;
  ui.levels_then = mark_up_to(training.marks, point.step);
  ui.levels_wanted = {int(bin), ui.levels_then};
  ui.levels_order.clear();
}

void draw_all(const Training& training, TrainUi& ui, ImVec2 size, bool* large,
              PictureRenderer& pictures) {
  const std::vector<double>& edges = training.started->bin_edges;
  const std::vector<float> density = density_of(*training.started);
  HeatMap map;
  map.title = title_of(training);
  map.x_name = "step";
  map.format_x = [](double step) { return format_count(std::llround(step)); };
  Extent steps;
  steps.add(double(training.held_out.front().step));
  steps.add(double(training.held_out.back().step));
  map.x = axis_around(steps, false, 0);
  map.y = {edges.front(), edges.back(), !has_severity(training.started->recipe.degradation)};
  map.shares = density;
  map.shares_name = "trained";
  map.shares_help = "How often training draws each level, as the recipe has it.";
  map.face = face_switch(ui);
  map.large = large;
  follow(ui.level_map, training.held_out, map.x, columns_of(size, map));
  map.picture = {.plus = ui.level_map.picture, .diverging = true};
  map.lowest = ui.level_map.lowest;
  map.highest = ui.level_map.highest;
  if (const auto place = draw_heat_map("levels", size, map, pictures)) hover(training, ui, *place);
}

}  // namespace

const HeldOutPoint* compared_with(const std::vector<HeldOutPoint>& held_out) {
  if (held_out.size() < 2) return nullptr;
  for (auto point = held_out.rbegin() + 1; point != held_out.rend(); ++point)
    if (2 * point->step <= held_out.back().step) return &*point;
  return &held_out.front();
}

void levels_plot(const Training& training, TrainUi& ui, ImVec2 size, bool* large,
                 PictureRenderer& pictures) {
  const bool measured = training.started && !training.held_out.empty() &&
                        !training.held_out.back().bins.empty() &&
                        training.started->bin_edges.size() >= 2;
  if (ui.levels_over_time && measured)
    draw_all(training, ui, size, large, pictures);
  else
    draw_latest(training, ui, size, large);
}

}  // namespace stepwise::app
