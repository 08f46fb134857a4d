#include <algorithm>
#include <cstdio>
#include <string>

#include "panels/panels.h"
#include "widgets/controls.h"

namespace stepwise {
namespace {

// A dim name and a value after it, in the middle of the bar.
void fact(const char* name, const std::string& value) {
  ImGui::SameLine(0, px(24));
  text(name, colour::kDim, Font::kBody);
  ImGui::SameLine(0, px(6));
  text(value);
}

std::string parameters_in_words(std::int64_t n) {
  char words[32];
  if (n >= 1000000) {
    std::snprintf(words, sizeof words, "%.1f M", double(n) / 1e6);
  } else {
    std::snprintf(words, sizeof words, "%.0f k", double(n) / 1e3);
  }
  return words;
}

// What the training run does, at the right. A press shows its tab.
void training_fact(const View& view, Ui& ui, float right) {
  const Training& training = view.training;
  if (!training.running || !training.started) return;
  const TrainingProgress& p = training.progress;
  char loss[32] = "";  // Before the first step there is none.
  if (!training.points.empty())
    std::snprintf(loss, sizeof loss, "   loss %.3f", training.points.back().loss);
  char words[128];
  std::snprintf(words, sizeof words, "%s  %.0f%%   %.0f img/s%s", p.paused ? "paused" : "training",
                100 * p.fraction, p.pictures_per_second, loss);
  const float width = ImGui::CalcTextSize(words).x + px(14);
  ImGui::SameLine(right - width);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float y = at.y + ImGui::GetFrameHeight() / 2;
  ImGui::GetWindowDrawList()->AddCircleFilled({at.x + px(4), y}, px(4),
                                              p.paused ? colour::kWarning : colour::kGood, 16);
  ImGui::SetCursorScreenPos({at.x + px(14), at.y});
  ImGui::AlignTextToFramePadding();
  text(words);
  tooltip("The training run. Press to see its curves.");
  if (ImGui::IsItemClicked()) ui.tab = Tab::kTrain;
}

// How many warnings there are; the newest on hovering, all of them after a press.
void warnings_fact(const View& view, Ui& ui) {
  const auto is_warning = [](const LogLine& l) { return l.level == LogLevel::kWarning; };
  const auto count = std::ranges::count_if(view.log, is_warning);
  if (count == 0) return;
  ImGui::SameLine(0, px(24));
  text(text_of(count, count == 1 ? " warning" : " warnings"), colour::kWarning);
  const auto newest = std::find_if(view.log.rbegin(), view.log.rend(), is_warning);
  tooltip(newest->text.c_str(), "Press to open the log (L)");
  if (ImGui::IsItemClicked()) ui.log.open = true;
}

}  // namespace

void top_bar_panel(const View& view, Ui& ui, Commands&) {
  ImGui::AlignTextToFramePadding();
  text("Stepwise", colour::kText, Font::kTitle);
  ImGui::AlignTextToFramePadding();
  if (view.model) {
    fact("model", view.model->name);
    tooltip(text_of(view.model->folder.string(), "\n", parameters_in_words(view.model->parameters),
                    " parameters, ", view.model->height, " x ", view.model->width, " pixels")
                .c_str());
    if (view.source == ModelSource::kTraining) {
      ImGui::SameLine(0, px(8));
      text("newest of the training run", colour::kGood);
    }
  }
  if (view.data) {
    fact("data", view.data->name);
    tooltip(text_of(view.data->train, " training and ", view.data->test, " test pictures").c_str());
  }
  if (view.worker) {
    const Ready& worker = *view.worker;
    fact("on", text_of(worker.device, " x", worker.threads));
    tooltip(text_of("Everything is computed on ", worker.threads, " threads of the processor",
                    worker.device == "cpu" ? "." : " and on the graphics card.")
                .c_str());
  }

  warnings_fact(view, ui);

  const float button = ImGui::GetFrameHeight();
  const float right = ImGui::GetWindowContentRegionMax().x - button;
  training_fact(view, ui, right - px(16));
  ImGui::SameLine(right);
  if (plain_button("?##help", button)) ui.help = !ui.help;
  tooltip("All keys, and what is what.", "F1");
}

}  // namespace stepwise
