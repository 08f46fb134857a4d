#include <algorithm>
#include <cmath>

#include "panels/rate_search.h"
#include "panels/train_parts.h"
#include "view/planned_rates.h"
#include "widgets/controls.h"
#include "widgets/plot.h"

namespace stepwise::app {
namespace {

ImU32 of_batches() { return hue(0); }
ImU32 of_held_out() { return hue(1); }
constexpr float kLeastPlotWidth = 220;      // Points; narrower ones stand below each other.
constexpr float kUpper = 120, kLower = 90;  // Points of height at the least.
constexpr float kLargeShare = 0.6f;         // Of an enlarged plot that has another one beside it.

// Draws with whether that one is enlarged, which a press changes.
template <class Draw>
void enlargeable(Enlarged which, TrainUi& ui, Draw draw) {
  const bool before = ui.enlarged == which;
  bool large = before;
  draw(&large);
  if (large != before) ui.enlarged = large ? which : Enlarged::kNothing;
}

std::vector<PlotMark> marks_of(const Training& training) {
  std::vector<PlotMark> marks;
  for (const TrainingMark& mark : training.marks)
    marks.push_back({double(mark.step), mark.change.empty() ? "mark" : mark.change});
  return marks;
}

std::string count_words(double value) { return format_count(std::llround(value)); }

Plot plot_over_steps(const Training& training, const char* title) {
  Plot plot;
  plot.title = title;
  plot.x_name = "step";
  plot.marks = marks_of(training);
  plot.format_x = [](double value) {
    return value < 1e5 ? count_words(value) : format_number(value);
  };
  return plot;
}

void loss_plot(const Training& training, TrainUi& ui, ImVec2 size) {
  const Curves& c = ui.curves;
  Plot plot = plot_over_steps(training, "Loss");
  plot.empty = "The loss appears here, step by step, once training starts.";
  plot.lines = {
      {"each batch", c.steps, c.loss, mixed(of_batches(), colors.panel, 0.4f), 1, false},
      {"smoothed", c.steps, c.smoothed, of_batches(), 2, false},
      {"train", c.held_out_steps, c.train, hue(2), 1, true},
      {"held out", c.held_out_steps, c.held_out, of_held_out(), 1.5f, true},
  };
  ui.loss_plot.log_x = ui.log_steps;
  ui.loss_plot.log_y = ui.log_loss;
  enlargeable(Enlarged::kLoss, ui, [&](bool* large) {
    plot.large = large;
    draw_plot("loss", size, plot, ui.loss_plot);
  });
  ui.log_steps = ui.loss_plot.log_x;
  ui.log_loss = ui.loss_plot.log_y;
}

void sigma_plot(const Training& training, TrainUi& ui, ImVec2 size, PictureRenderer& pictures) {
  enlargeable(Enlarged::kLevels, ui,
              [&](bool* large) { levels_plot(training, ui, size, large, pictures); });
}

// What the recipe asks for, until there is a run to tell what it did; or what the newest search
// found.
void rate_plot(const View& view, TrainUi& ui, ImVec2 size) {
  if (shows_rate_search(view))
    return enlargeable(Enlarged::kRate, ui,
                       [&](bool* large) { rate_search_plot(view.rate, ui, size, large); });
  const Training& training = view.training;
  Plot plot = plot_over_steps(training, "Learning rate");
  plot.empty = "Rises, then falls to zero by the end of the budget.";
  plot.y_from_zero = true;
  const bool planned = !training.started;
  const PlannedRates plan = planned ? planned_rates(ui.recipe) : PlannedRates{};
  if (planned) {
    plot.x_name = plan.x_name;
    plot.format_x = format_number;
    plot.lines = {{"as planned", plan.x, plan.rates, mixed(of_batches(), colors.panel, 0.5f)}};
  } else {
    plot.lines = {{"learning rate", ui.curves.steps, ui.curves.rate, of_batches(), 1.5f, false}};
  }
  enlargeable(Enlarged::kRate, ui, [&](bool* large) {
    plot.large = large;
    draw_plot("rate", size, plot, planned ? ui.planned_plot : ui.rate_plot);
  });
}

void norm_plot(const Training& training, TrainUi& ui, ImVec2 size) {
  Plot plot = plot_over_steps(training, "Gradient norm, before clipping");
  plot.empty = "Sudden peaks here say that the learning rate is too high.";
  plot.lines = {{"gradient norm", ui.curves.steps, ui.curves.norm, of_batches(), 1, false}};
  enlargeable(Enlarged::kNorm, ui, [&](bool* large) {
    plot.large = large;
    draw_plot("norm", size, plot, ui.norm_plot);
  });
}

// Only of a run that is measured.
void distance_plot(const Training& training, TrainUi& ui, ImVec2 size) {
  const Curves& c = ui.curves;
  Plot plot = plot_over_steps(training, "Fréchet distance");
  plot.empty = "Drawn where a run's recipe says how many pictures it is measured by.";
  plot.lines = {
      {"as many real pictures", c.measured_steps, c.floor, hue(2), 1, false},
      {"drawn pictures", c.measured_steps, c.distance, of_held_out(), 1.5f, true, c.low, c.high},
  };
  enlargeable(Enlarged::kDistance, ui, [&](bool* large) {
    plot.large = large;
    draw_plot("distance", size, plot, ui.distance_plot);
  });
}

// Loss and loss per noise level, the one that was asked for larger.
void both_losses(const Training& training, TrainUi& ui, ImVec2 room, float gap,
                 PictureRenderer& pictures) {
  const bool loss_first = ui.enlarged == Enlarged::kLoss;
  const bool beside = room.x >= px(2 * kLeastPlotWidth);
  ImVec2 large = room, small = room;
  float& larger = beside ? large.x : large.y;
  float& smaller = beside ? small.x : small.y;
  larger = std::floor((larger - gap) * kLargeShare);
  smaller -= larger + gap;
  loss_plot(training, ui, loss_first ? large : small);
  if (beside) ImGui::SameLine(0, gap);
  sigma_plot(training, ui, loss_first ? small : large, pictures);
}

// The losses, and below them the others: those that find no room beside each other below each
// other.
void all_plots(const View& view, TrainUi& ui, ImVec2 room, float gap, PictureRenderer& pictures) {
  const Training& training = view.training;
  const bool beside = room.x >= px(2 * kLeastPlotWidth);
  const bool measured = !training.measured.empty();
  const bool three = measured && room.x >= px(3 * kLeastPlotWidth);
  const float half = beside ? std::floor((room.x - gap) / 2) : room.x;
  const float each = three ? std::floor((room.x - 2 * gap) / 3) : half;
  const float upper = std::round(std::max(px(kUpper), (room.y - gap) * 0.6f));
  const float lower = std::round(std::max(px(kLower), room.y - upper - gap));
  loss_plot(training, ui, {half, upper});
  if (beside) ImGui::SameLine(0, gap);
  sigma_plot(training, ui, {half, upper}, pictures);
  rate_plot(view, ui, {each, lower});
  if (beside) ImGui::SameLine(0, gap);
  norm_plot(training, ui, {each, lower});
  if (!measured) return;
  if (three) ImGui::SameLine(0, gap);
  distance_plot(training, ui, {three ? each : room.x, lower});
}

}  // namespace

void training_plots(const View& view, TrainUi& ui, PictureRenderer& pictures, float height) {
  const Training& training = view.training;
  append(ui.curves, training.curve.points, training.held_out, ui.smoothing);
  append(ui.curves, training.measured);
  const float gap = px(16);
  const ImVec2 room{ImGui::GetContentRegionAvail().x, height};
  switch (ui.enlarged) {
    case Enlarged::kLoss:
    case Enlarged::kLevels:
      return both_losses(training, ui, room, gap, pictures);
    case Enlarged::kRate:
      return rate_plot(view, ui, room);
    case Enlarged::kNorm:
      return norm_plot(training, ui, room);
    case Enlarged::kDistance:
      return distance_plot(training, ui, room);
    default:
      break;
  }
  all_plots(view, ui, room, gap, pictures);
}

}  // namespace stepwise::app
