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

struct Choice {
  const char* label;
  const char* help;
};
// In the order of RunAxis.
constexpr std::array kAxisChoices = {
    Choice{"Steps", "Of the optimiser."},
    Choice{"Time", "Of training on the machine that it was done on, pauses left out."},
    Choice{"Pictures", "That were trained on: steps times the batch."},
    Choice{"FLOPs",
           "Floating-point operations: pictures times what the network takes for one, forward "
           "and back. It compares networks of different sizes on any machine."},
};
// In the order of RunCurve.
constexpr std::array kCurveChoices = {
    Choice{"Loss", "The held-out loss: of pictures that are not trained on."},
    Choice{"FD",
           "The Fréchet distance of drawn pictures to real ones, where a run's recipe says how "
           "many it is measured by."},
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

// Whether another of them is chosen now: an enum whose values are in their order.
template <class Enum>
bool choose_of(const char* id, Enum& chosen, std::span<const Choice> choices, float width) {
  std::vector<const char*> labels;
  std::vector<std::string> help;
  for (const Choice& choice : choices) {
    labels.push_back(choice.label);
    help.push_back(choice.help);
  }
  int which = int(chosen);
  const bool changed = segments(id, which, labels, width, help);
  chosen = Enum(which);
  return changed;
}

// What the curves stand over, and beside it, or below where that has no room, which they are.
void curve_choices(RunsUi& ui) {
  constexpr float kAxes = 320, kCurves = 120, kGap = 12;  // Points.
  const float room = ImGui::GetContentRegionAvail().x;
  if (choose_of("axis", ui.axis, kAxisChoices, std::min(px(kAxes), room))) ui.plot.x.reset();
  if (room >= px(kAxes + kGap + kCurves)) ImGui::SameLine(0, px(kGap));
  if (choose_of("curve", ui.curve, kCurveChoices, std::min(px(kCurves), room))) {
    ui.plot.x.reset();
    ui.plot.y.reset();
  }
}

// Of other numbers of pictures another distance is to be expected.
std::string words_for_counts(const RunList& runs) {
  std::vector<std::int64_t> counts;
  for (const RunShown* run : runs)
    if (!run->measured.empty()) counts.push_back(run->measured.back().count);
  if (counts.empty() || std::ranges::count(counts, counts.front()) == std::ssize(counts)) return "";
  return text_of(" They were measured by different numbers of pictures (",
                 joined(counts, [](std::int64_t n) { return format_count(n); }),
                 "): their distances do not compare.");
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
                          "): their curves do not compare.");
  return words_for(differences_of(recipes)) + data;
}

std::span<const float> values_of(const RunShown& run, RunCurve curve) {
  return curve == RunCurve::kLoss ? run.losses : run.distances;
}

void draw_curves(const RunList& runs, RunsUi& ui, float height) {
  std::vector<std::vector<double>> places;
  double most = 0;
  for (const RunShown* run : runs) {
    places.push_back(places_of(*run, ui.curve, ui.axis));
    if (!places.back().empty()) most = std::max(most, places.back().back());
  }
  const AxisUnit unit = unit_of(ui.axis, most);
  Plot plot;
  plot.title = ui.curve == RunCurve::kLoss ? "Held-out loss" : "Fréchet distance";
  plot.x_name = unit.name;
  plot.empty = ui.curve == RunCurve::kLoss
                   ? "None of these runs has been measured yet."
                   : "Drawn where a run's recipe says how many pictures it is measured by.";
  plot.format_x = [](double x) {
    return x < 1e5 && x == std::floor(x) ? format_count(std::llround(x)) : format_number(x);
  };
  for (std::size_t i = 0; i < runs.size(); ++i) {
    for (double& place : places[i]) place /= unit.size;
    plot.lines.push_back(
        {.label = name_of_folder(runs[i]->folder),
         .x = places[i],
         .y = places[i].empty() ? std::span<const float>{} : values_of(*runs[i], ui.curve),
         .color = hue(int(i)),
         .width = 2,
         .dots = places[i].size() == 1});
  }
  draw_plot("comparison", {0, height}, plot, ui.plot);
}

}  // namespace

std::vector<double> places_of(const RunShown& run, RunCurve curve, RunAxis axis) {
  std::vector<double> steps = run.steps, times = run.held_out_at;
  if (curve == RunCurve::kDistance) {
    steps.clear();
    times.clear();
    for (const MeasuredPoint& point : run.measured) {
      steps.push_back(double(point.step));
      times.push_back(point.seconds);
    }
  }
  if (axis == RunAxis::kTime) return times;
  const double pictures = double(run.recipe.batch);
  const double each = axis == RunAxis::kSteps      ? 1
                      : axis == RunAxis::kPictures ? pictures
                                                   : pictures * run.flops;
  std::vector<double> places;
  if (each > 0)
    for (const double step : steps) places.push_back(step * each);
  return places;
}

void run_curves(const RunList& runs, RunsUi& ui, float height) {
  curve_choices(ui);
  caption(difference_words(runs) + (ui.curve == RunCurve::kDistance ? words_for_counts(runs) : ""));
  draw_curves(runs, ui, height);
}

}  // namespace stepwise::app
