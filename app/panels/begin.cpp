#include "panels/begin.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "panels/terms.h"
#include "panels/ui.h"
#include "view/begin.h"
#include "widgets/form.h"
#include "widgets/plot.h"

namespace stepwise::app {
namespace {

constexpr std::array kStartKinds = {StartKind::kSdedit, StartKind::kEditFriendly, StartKind::kDdim,
                                    StartKind::kFlow};

void kind_segments(Ui& ui) {
  std::array<const char*, kStartKinds.size()> labels;
  std::vector<std::string> help;
  int chosen = 0;
  for (std::size_t i = 0; i < kStartKinds.size(); ++i) {
    const StartName& name = name_of(kStartKinds[i]);
    labels[i] = name.label.data();
    help.push_back(text_of(name.help, " ", name.paper, "."));
    if (kStartKinds[i] == ui.start) chosen = int(i);
  }
  if (segments("start", chosen, labels, -1, help)) ui.start = kStartKinds[std::size_t(chosen)];
  caption(name_of(ui.start).help);
}

// The classes of the model by name, "Any" first where the model knows it.
void class_row(const View& view, const ModelOpened& model, const char* label, Condition& condition,
               const char* help) {
  if (model.class_names.empty()) return;
  std::vector<std::string> names;
  if (model.has_null_class) names.push_back("Any (no class told)");
  const int first = int(names.size());
  for (int i = 0; i < int(model.class_names.size()); ++i)
    names.push_back(class_name(view, model.id, {i}));
  int chosen = condition.label ? *condition.label + first : 0;
  if (choice_row(label, chosen, names, help))
    condition = chosen < first ? Condition{} : Condition{chosen - first};
}

struct MethodLine {
  ChangeMethod method;
  const char* label;
};
constexpr std::array kLines = {
    MethodLine{ChangeMethod::kSdedit, "noised"},
    MethodLine{ChangeMethod::kEditFriendly, "opened"},
    MethodLine{ChangeMethod::kFlow, "changed"},
    MethodLine{ChangeMethod::kDiffEdit, "masked, noised"},
    MethodLine{ChangeMethod::kMaskedFlow, "masked, changed"},
};

// How often a change succeeds over how much it changes, a curve for each method as the level rises,
// and where the level chosen lies.
void trade_off_plot(const ModelOpened& model, ChangeMethod method, double sigma) {
  struct Line {
    std::vector<double> change;
    std::vector<float> changed;
  };
  std::array<Line, kLines.size()> lines;
  Plot plot;
  plot.title = "Takes the other class, %";
  plot.x_name = "mean change of a pixel, of 255";
  plot.y_from_zero = true;
  for (std::size_t i = 0; i < kLines.size(); ++i) {
    std::vector<TradeOff> rows;
    for (const TradeOff& row : model.trade_off)
      if (row.method == kLines[i].method) rows.push_back(row);
    std::ranges::sort(rows, {}, &TradeOff::change);
    for (const TradeOff& row : rows)
      lines[i].change.push_back(row.change), lines[i].changed.push_back(float(100 * row.changed));
    PlotLine& line = plot.lines.emplace_back();
    line.label = kLines[i].label;
    line.x = lines[i].change;
    line.y = lines[i].changed;
    line.color = hue(int(i));
    line.dots = true;
  }
  if (const auto here = trade_off_at(model.trade_off, method, sigma))
    plot.dots.push_back({here->change, float(100 * here->changed), colors.text});
  PlotView all;
  draw_plot("trade-off", {0, px(150)}, plot, all);
  if (const auto here = trade_off_at(model.trade_off, method, sigma))
    caption(fmt::format("From σ {:.3g}: {:.0f} % took the other class, a pixel changed by {:.1f}.",
                        sigma, 100 * here->changed, here->change));
}

void level_row(const ModelOpened& model, Ui& ui) {
  if (has_severity(model.degradation))
    return void(slider_row("From", ui.start_sigma, {0.05, 1}, "severity %.2f",
                           "The worse the picture, the more of it is made anew."));
  slider_row("From", ui.start_sigma, {0.05, 80}, "σ %.3g",
             help_of("σ", "The more noise, the more of the picture is made anew.").c_str(), true,
             kUnitWidth);
  if (!model.trade_off.empty()) trade_off_plot(model, method_of(ui.start), ui.start_sigma);
}

}  // namespace

void begin_panel(const View& view, Ui& ui, PictureRenderer& pictures, Commands& out) {
  if (!ui.beginning.picture) return;
  heading("Begin with a picture");
  picture_tile(pictures, Shown{ui.beginning.picture}, px(72), "", "");
  ImGui::SameLine();
  ImGui::BeginGroup();
  text(shortened(ui.beginning.name, ImGui::GetContentRegionAvail().x));
  if (plain_button("Put it away")) ui.beginning = {};
  tooltip("The picture stays where it came from; trees that began with it stay too.");
  ImGui::EndGroup();
  if (!ui.beginning.picture) return;
  const ModelOpened* asked = find_model(view, ui.model);
  if (asked && has_severity(asked->degradation)) {
    ui.start = StartKind::kSdedit;
    caption("Makes it worse; the model makes a picture of its own of what is left.");
  } else {
    kind_segments(ui);
  }
  if (const ModelOpened* model = find_model(view, ui.model)) {
    class_row(view, *model, "It shows", ui.beginning.shows, "What the model is told that it is.");
    if (changes_picture(ui.start)) {
      class_row(view, *model, "Becomes", ui.beginning.becomes, "What the model is to make of it.");
      level_row(*model, ui);
    }
  }
  const std::string why_not = why_not_begin(view, ui);
  if (!why_not.empty()) caption(why_not, colors.warning);
  if (primary_button("Begin", -1, why_not.empty())) out.push_back(begun_with_picture(view, ui));
  tooltip("A new tree, which begins with this picture. Those before stay in the history.");
}

void change_panel(const View& view, Ui& ui, PictureRenderer&, Commands& out) {
  const Start* start = start_of(view, ui.playhead.branch);
  const ModelOpened* model = find_model(view, ui.model);
  if (!start || !model) return;
  heading("This picture");
  if (const auto found = reconstruction(view, ui))
    value_row("Ends as it was",
              std::isinf(*found) ? "to the last bit" : fmt::format("{:.1f} dB", *found),
              "How near the finished picture is to the one that the tree began with: the ratio of "
              "the largest square to the mean square of what differs (PSNR).");
  if (model->class_names.empty()) return;
  Condition becomes = ui.condition.value_or(ui.beginning.becomes);
  class_row(view, *model, "Becomes", becomes,
            "What the model makes of it from here on: choose, then Resample.");
  if (becomes != ui.condition.value_or(ui.beginning.becomes)) ui.condition = becomes;
  slider_row("Mask from", ui.mask.threshold, kMaskThreshold, "%.2f",
             "Share of the largest difference between the two classes from which on a pixel may "
             "change. Smaller: more of the picture.");
  if (plain_button("Lock what need not change", -1, can_find_mask(view, ui)))
    find_mask(view, ui, out);
  tooltip(
      "Finds where the two classes differ (DiffEdit, Couairon et al. 2023) and locks the rest: a "
      "layer, to be corrected with Lock (K) and Eraser (E).");
}

}  // namespace stepwise::app
