// The curves of compared runs, over what a person chooses, and why they may differ.
#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <string>
#include <vector>

#include "first_of.h"
#include "panels/models.h"
#include "panels/runs_parts.h"
#include "view/recipe_differences.h"
#include "widgets/controls.h"
#include "widgets/plot.h"

namespace stepwise::app {
namespace {

struct AxisChoice {
  const char* label;
  const char* help;
};
// In the order of RunAxis.
constexpr std::array kAxisChoices = {
    AxisChoice{"Steps", "Of the optimiser."},
    AxisChoice{"Time", "Of training on the machine that it was done on, pauses left out."},
    AxisChoice{"Pictures", "That were trained on: steps times the batch."},
    AxisChoice{"FLOPs",
               "Floating-point operations: pictures times what the network takes for one, forward "
               "and back. It compares networks of different sizes on any machine."},
};

// A unit that numbers along the axis are small in.
struct AxisUnit {
  double size;
  const char* name;
};

AxisUnit unit_of(RunAxis axis, double most) {
  constexpr std::array kTimes = {AxisUnit{1, "seconds"}, AxisUnit{60, "minutes"},
                                 AxisUnit{3600, "hours"}};
  constexpr std::array kFlops = {AxisUnit{1e9, "GFLOPs"}, AxisUnit{1e12, "TFLOPs"},
                                 AxisUnit{1e15, "PFLOPs"}, AxisUnit{1e18, "EFLOPs"}};
  const auto fitting = [&](std::span<const AxisUnit> units, double from) {
    std::size_t i = 0;
    while (i + 1 < units.size() && most >= from * units[i + 1].size) ++i;
    return units[i];
  };
  switch (axis) {
    case RunAxis::kTime:
      return fitting(kTimes, 2);
    case RunAxis::kFlops:
      return fitting(kFlops, 1);
    case RunAxis::kPictures:
      return {1, "pictures"};
    case RunAxis::kSteps:
      break;
  }
  return {1, "step"};
}

void axis_choice(RunsUi& ui) {
  constexpr float kWidth = 320;  // Points.
  std::vector<const char*> labels;
  std::vector<std::string> help;
  for (const AxisChoice& choice : kAxisChoices) {
    labels.push_back(choice.label);
    help.push_back(choice.help);
  }
  int chosen = int(ui.axis);
  const float width = std::min(px(kWidth), ImGui::GetContentRegionAvail().x);
  if (!segments("axis", chosen, labels, width, help)) return;
  ui.axis = RunAxis(chosen);
  ui.plot.x.reset();
}

// In what they differ that may be why one has learned more.
std::string difference_words(const RunList& runs) {
  std::vector<const Recipe*> recipes;
  for (const RunShown* run : runs) recipes.push_back(&run->recipe);
  const bool same_data = std::ranges::all_of(
      runs, [&](const RunShown* run) { return run->data == runs.front()->data; });
  const std::string data =
      same_data ? ""
                : text_of(" They were trained on different pictures (",
                          joined(runs, [](const RunShown* run) { return run->data; }),
                          "): their losses do not compare.");
  return words_for(differences_of(recipes)) + data;
}

void draw_curves(const RunList& runs, RunsUi& ui, float height) {
  std::vector<std::vector<double>> places;
  double most = 0;
  for (const RunShown* run : runs) {
    places.push_back(places_of(*run, ui.axis));
    if (!places.back().empty()) most = std::max(most, places.back().back());
  }
  const AxisUnit unit = unit_of(ui.axis, most);
  Plot plot;
  plot.title = "Held-out loss";
  plot.x_name = unit.name;
  plot.empty = "None of these runs has been measured yet.";
  plot.format_x = [](double x) {
    return x < 1e5 && x == std::floor(x) ? format_count(std::llround(x)) : format_number(x);
  };
  for (std::size_t i = 0; i < runs.size(); ++i) {
    for (double& place : places[i]) place /= unit.size;
    plot.lines.push_back({.label = name_of_folder(runs[i]->folder),
                          .x = places[i],
                          .y = places[i].empty() ? std::span<const float>{} : runs[i]->losses,
                          .color = hue(int(i)),
                          .width = 2,
                          .dots = places[i].size() == 1});
  }
  draw_plot("comparison", {0, height}, plot, ui.plot);
}

}  // namespace

std::vector<double> places_of(const RunShown& run, RunAxis axis) {
  if (axis == RunAxis::kTime) return run.held_out_at;
  const double pictures = double(run.recipe.batch);
  const double each = axis == RunAxis::kSteps      ? 1
                      : axis == RunAxis::kPictures ? pictures
                                                   : pictures * run.flops;
  std::vector<double> places;
  if (each > 0)
    for (const double step : run.steps) places.push_back(step * each);
  return places;
}

void run_curves(const RunList& runs, RunsUi& ui, float height) {
  axis_choice(ui);
  caption(difference_words(runs));
  draw_curves(runs, ui, height);
}

}  // namespace stepwise::app
