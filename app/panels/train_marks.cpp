// The marks of the run, and the ways back to them.
#include <algorithm>
#include <ranges>

#include "panels/train_parts.h"
#include "widgets/controls.h"
#include "widgets/ticks.h"

namespace stepwise::app {
namespace {

constexpr Range<double> kAverages{0.005, 0.3};

// Of a mark, as much of it as has room.
void mark_words(const TrainingMark& mark, float room) {
  const std::string before = mark.change.empty() ? "" : ", before " + mark.change;
  const std::string all = "Step " + format_count(mark.step) + before;
  ImGui::PushFont(font(Font::kCaption));
  const std::string shown = shortened(all, room);
  ImGui::PopFont();
  ImGui::AlignTextToFramePadding();
  text(shown, colors.dim, Font::kCaption);
  tooltip(text_of(all, ", after ", format_duration(mark.seconds), ".").c_str());
}

// One run trains at a time: so the worker is told to end it first.
void go_back(const TrainingMark& mark, const Training& training, TrainUi& ui, Commands& out) {
  if (training.running) out.push_back(Cancel{training.job});
  Train train;
  train.data.place.clear();  // Where the run found them.
  train.resume = training.started->folder;
  train.at = mark.step;
  out.push_back(std::move(train));
  ui.asked = out.back().id;
}

void mark_row(const TrainingMark& mark, const Training& training, bool can, TrainUi& ui,
              Commands& out) {
  const ImGuiStyle& style = ImGui::GetStyle();
  const float width = ImGui::CalcTextSize("Back to here").x + 2 * style.FramePadding.x;
  const float room = ImGui::GetContentRegionAvail().x - width - style.ItemSpacing.x;
  mark_words(mark, room);
  ImGui::SameLine(ImGui::GetCursorPosX() + room + style.ItemSpacing.x);
  const std::string label = text_of("Back to here##", mark.step);
  if (plain_button(label.c_str(), width, can)) go_back(mark, training, ui, out);
  tooltip("Saves this run as it is now, and begins a new one as it was at this mark.");
}

bool is_discarded(const View& view, const std::filesystem::path& folder) {
  return std::ranges::find(view.in_trash, folder, &RunDiscarded::folder) != view.in_trash.end();
}

}  // namespace

void training_marks(const View& view, TrainUi& ui, Commands& out) {
  const Training& training = view.training;
  const auto kept = [](const TrainingMark& mark) { return !mark.file.empty(); };
  if (!training.started || std::ranges::none_of(training.marks, kept)) return;
  if (is_discarded(view, training.started->folder)) return;
  heading("Marks");
  const bool on_its_way = view.jobs.contains(ui.asked) && ui.asked != training.job;
  for (const TrainingMark& mark : training.marks | std::views::reverse)
    if (kept(mark)) mark_row(mark, training, !on_its_way, ui, out);
}

void training_average(const View& view, TrainUi& ui, Commands& out) {
  const Training& training = view.training;
  if (!training.started || is_discarded(view, training.started->folder)) return;
  heading("Averaged weights");
  slider_row("Half-life", ui.half_life, kAverages, "%.3f",
             "Of an average of the weights, as a share of the steps so far. That of the run is its "
             "recipe's; others are made of two that it keeps, and of those at its marks (Karras et "
             "al. 2024).",
             true);
  if (plain_button("Open with this average", -1))
    out.push_back(AverageRun{training.started->folder, ui.half_life});
  tooltip("Makes a model of it, of the run as it was saved last, and opens it.",
          "stepwise average");
}

}  // namespace stepwise::app
