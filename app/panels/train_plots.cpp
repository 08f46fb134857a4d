#include <algorithm>
#include <cmath>

#include "panels/train_parts.h"
#include "widgets/controls.h"
#include "widgets/plot.h"

namespace stepwise::app {
namespace {

ImU32 of_batches() { return hue(0); }
ImU32 of_held_out() { return hue(1); }
constexpr float kEmptyHeight = 440;     // Points that all of them take before there is anything.
constexpr float kLeastPlotWidth = 220;  // Points; narrower ones stand below each other.

std::vector<PlotMark> marks_of(const Training& training) {
  std::vector<PlotMark> marks;
  for (const MultiplierMark& mark : training.marks)
    marks.push_back({double(mark.step), "rate × " + format_number(mark.multiplier, 2)});
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
  draw_plot("loss", size, plot, ui.loss_plot);
  ui.log_steps = ui.loss_plot.log_x;
  ui.log_loss = ui.loss_plot.log_y;
}

void sigma_plot(const Training& training, ImVec2 size) {
  BarPlot plot;
  plot.title = "Held-out loss by noise level";
  plot.x_name = "σ";
  plot.color = of_held_out();
  plot.empty = "Which noise levels are still hard shows here after the first measurement.";
  if (training.started && !training.held_out.empty()) {
    const HeldOutPoint& now = training.held_out.back();
    plot.edges = training.started->bin_edges;
    plot.values = now.bins;
    plot.now = "step " + format_count(now.step);
    if (const HeldOutPoint* before = compared_with(training.held_out)) {
      plot.previous = before->bins;
      plot.before = "step " + format_count(before->step);
    }
  }
  draw_bars("sigma", size, plot);
}

void rate_plot(const Training& training, TrainUi& ui, ImVec2 size) {
  Plot plot = plot_over_steps(training, "Learning rate");
  plot.empty = "Rises, then falls to zero by the end of the budget.";
  plot.y_from_zero = true;
  plot.lines = {{"learning rate", ui.curves.steps, ui.curves.rate, of_batches(), 1.5f, false}};
  draw_plot("rate", size, plot, ui.rate_plot);
}

void norm_plot(const Training& training, TrainUi& ui, ImVec2 size) {
  Plot plot = plot_over_steps(training, "Gradient norm, before clipping");
  plot.empty = "Sudden peaks here say that the learning rate is too high.";
  plot.lines = {{"gradient norm", ui.curves.steps, ui.curves.norm, of_batches(), 1, false}};
  draw_plot("norm", size, plot, ui.norm_plot);
}

}  // namespace

const HeldOutPoint* compared_with(const std::vector<HeldOutPoint>& held_out) {
  if (held_out.size() < 2) return nullptr;
  for (auto point = held_out.rbegin() + 1; point != held_out.rend(); ++point)
    if (2 * point->step <= held_out.back().step) return &*point;
  return &held_out.front();
}

void training_plots(const Training& training, TrainUi& ui, float height) {
  append(ui.curves, training.curve.points, training.held_out, ui.smoothing);
  const float gap = px(16), width = ImGui::GetContentRegionAvail().x;
  const bool beside = width >= px(2 * kLeastPlotWidth);
  const float each = beside ? std::floor((width - gap) / 2) : width;
  if (!training.started) height = std::min(height, px(kEmptyHeight));
  const float upper = std::round(std::max(px(150), (height - gap) * 0.6f));
  const float lower = std::round(std::max(px(110), height - upper - gap));
  const auto next = [&] {
    if (beside) ImGui::SameLine(0, gap);
  };
  loss_plot(training, ui, {each, upper});
  next();
  sigma_plot(training, {each, upper});
  rate_plot(training, ui, {each, lower});
  next();
  norm_plot(training, ui, {each, lower});
}

}  // namespace stepwise::app
