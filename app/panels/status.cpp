#include <fmt/core.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <string>

#include "panels/panels.h"
#include "view/live.h"
#include "view/returning.h"
#include "view/sweep.h"
#include "widgets/controls.h"
#include "widgets/pushed.h"

namespace stepwise::app {
namespace {

std::string minutes_and_seconds(double seconds) {
  const long whole = std::lround(std::fmax(0, std::fmin(seconds, 1e9)));
  return fmt::format("{}:{:02}", whole / 60, whole % 60);
}

struct Activity {
  std::string words;
  ImU32 dot = colors.fill;  // Before the words.
  JobId job = kNoJob;       // What can be stopped.
};

std::string words_for(const Progress& progress, bool measures) {
  std::string words = progress.words;
  if (measures)
    words = "Measuring the model: " + words;
  else
    words[0] = char(std::toupper(static_cast<unsigned char>(words[0])));
  return text_of(words, ", ", std::lround(100 * progress.fraction), " %");
}

// What the worker does, most urgent first.
Activity activity(const View& view, const Ui& ui) {
  if (const Branch* branch = running_in_sight(view, ui))
    return {"Sampling: " + how_far(view, ui, *branch).words};
  for (const auto& [job, progress] : view.jobs)
    if (!progress.words.empty())
      return {words_for(progress, job == ui.runs.evaluation), colors.fill, job};
  const TrainingProgress& p = view.training.progress;
  if (view.training.running && p.paused)
    return {text_of("Training paused at step ", p.step), colors.warning};
  if (view.training.running)
    return {text_of("Training: step ", p.step, ", ", minutes_and_seconds(p.seconds_left), " left"),
            colors.good};
  if (view.models.empty())
    return view.jobs.contains(ui.runs.opening) ? Activity{"Opening the model"}
                                               : Activity{"No model is open", colors.bad};
  if (!view.branches.empty() && ui.returning.fingerprints.contains(view.branches.back().start.id))
    if (const std::string words = words_for_fidelity(view, ui); !words.empty())
      return {"Ready. " + words, fidelity(view, ui).different > 0 ? colors.warning : colors.good};
  for (auto branch = view.branches.rbegin(); branch != view.branches.rend(); ++branch)
    if (branch->done())
      return {fmt::format("Ready. The last sampling took {:.2f} s", branch->seconds), colors.good};
  return {"Ready", colors.good};
}

void stop_button(JobId job, Commands& out) {
  ImGui::SameLine(0, px(10));
  const Pushed pushed{{ImGuiCol_Button, 0}, {ImGuiCol_Text, colors.accent}};
  ImGui::PushFont(font(Font::kCaption));
  if (ImGui::SmallButton("Stop")) out.push_back(Cancel{job});
  ImGui::PopFont();
}

constexpr float kReadout = 180;      // Points that are left for it.
constexpr float kLeastMessage = 40;  // Points; in less a message says nothing.

// Words at the right edge, or after what stands before them; how much room there is.
float go_right(float width) {
  const float before = ImGui::GetItemRectMax().x - ImGui::GetWindowPos().x + px(16);
  const float edge = ImGui::GetWindowWidth() - ImGui::GetStyle().WindowPadding.x;
  const float at = std::max(before, edge - width);
  ImGui::SameLine(at);
  return std::max(1.f, edge - at);
}

// What can be done on the canvas, in what room there is; all of it while the mouse is over it.
void hint_words(const std::string& hint) {
  if (hint.empty()) return;
  ImGui::SameLine(0, px(24));
  ImGui::PushFont(font(Font::kCaption));
  const float room = ImGui::GetWindowWidth() - px(kReadout) - ImGui::GetCursorPosX();
  const std::string shown = shortened(hint, std::max(px(60), room));
  ImGui::PopFont();
  text(shown, colors.text, Font::kCaption);
  if (shown != hint) tooltip(hint.c_str());
}

void readout(const std::string& words) {
  go_right(width_of(words.c_str(), Font::kCaption));
  text(words, colors.text, Font::kCaption);
}

// The newest line of the log that tells of trouble, merged repeats counted; what just happened
// stands in the log alone. A press opens it.
void newest_trouble(const View& view, Ui& ui) {
  const auto is_trouble = [](const LogLine& line) { return line.level != LogLevel::kNote; };
  const auto line = std::find_if(view.log.rbegin(), view.log.rend(), is_trouble);
  if (line == view.log.rend()) return;
  std::string words =
      line->count > 1 ? text_of(line->text, "  (", line->count, " times)") : line->text;
  for (char& c : words)
    if (c == '\n') c = ' ';
  const float width = go_right(width_of(words.c_str(), Font::kCaption));
  if (width < px(kLeastMessage)) return;
  ImGui::PushFont(font(Font::kCaption));
  words = shortened(words, width + px(1));  // One is for rounding.
  ImGui::PopFont();
  text(words, color_of(line->level), Font::kCaption);
  if (ImGui::IsItemClicked()) ui.log.open = true;
  tooltip(line->text.c_str(), "Press to open the log (L)");
}

// What was saved or opened last, and where it lies. A press opens the log, which keeps it.
void what_was_said(Ui& ui) {
  const std::string& words = ui.files.said;
  const float width = go_right(width_of(words.c_str(), Font::kCaption));
  ImGui::PushFont(font(Font::kCaption));
  const std::string shown = shortened(words, width + px(1), true);  // The end tells files apart.
  ImGui::PopFont();
  text(shown, colors.good, Font::kCaption);
  if (ImGui::IsItemClicked()) ui.log.open = true;
  tooltip(words.c_str());
}

}  // namespace

void status_panel(const View& view, Ui& ui, Commands& out) {
  const auto [words, dot, job] = activity(view, ui);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float half = font(Font::kCaption)->FontSize / 2;
  ImGui::GetWindowDrawList()->AddCircleFilled({at.x + px(4), at.y + half}, px(3), dot, 12);
  ImGui::SetCursorPosX(ImGui::GetCursorPosX() + px(14));
  text(words, colors.dim, Font::kCaption);
  if (job != kNoJob) stop_button(job, out);
  hint_words(ui.canvas_words.hint);
  if (!ui.canvas_words.readout.empty())
    readout(ui.canvas_words.readout);
  else if (!ui.files.said.empty() && ImGui::GetTime() < ui.files.said_since + kSaidFor)
    what_was_said(ui);
  else
    newest_trouble(view, ui);
}

}  // namespace stepwise::app
