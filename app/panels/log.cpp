#include <algorithm>

#include "panels/panels.h"
#include "widgets/controls.h"

namespace stepwise::app {

ImU32 color_of(LogLevel level) {
  if (level == LogLevel::kError) return colors.bad;
  return level == LogLevel::kWarning ? colors.warning : colors.faint;
}

namespace {

void line(const LogLine& entry) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float middle = at.y + ImGui::GetTextLineHeight() / 2;
  ImGui::GetWindowDrawList()->AddCircleFilled({at.x + px(4), middle}, px(3), color_of(entry.level));
  ImGui::SetCursorPosX(ImGui::GetCursorPosX() + px(16));
  const std::string words =
      entry.count > 1 ? text_of(entry.text, "  (", entry.count, " times)") : entry.text;
  text(words, entry.level != LogLevel::kNote ? colors.text : colors.dim, Font::kBody, true);
}

bool is_listed(const LogLine& entry, const LogUi& ui) {
  return !ui.errors_only || entry.level == LogLevel::kError;
}

std::string all_of(const View& view, const LogUi& ui) {
  std::string words;
  for (const LogLine& entry : view.log)
    if (is_listed(entry, ui)) words += entry.text + "\n";
  return words;
}

void head(const View& view, LogUi& ui) {
  ImGui::Checkbox("Errors only", &ui.errors_only);
  ImGui::SameLine();
  if (plain_button("Copy all", 0, !view.log.empty()))
    ImGui::SetClipboardText(all_of(view, ui).c_str());
  ImGui::Separator();
}

}  // namespace

void failure_caption(const View& view, JobId job) {
  if (const Failure* failure = failure_of(view, job)) caption(failure->message, colors.bad);
}

void log_panel(const View& view, LogUi& ui) {
  if (!ui.open) return;
  const bool news = ui.news_seen != view.news;
  ui.news_seen = view.news;
  const ImVec2 screen = ImGui::GetMainViewport()->WorkSize;
  ImGui::SetNextWindowSize({std::min(px(640), screen.x - px(32)), px(280)}, ImGuiCond_Appearing);
  ImGui::SetNextWindowPos({screen.x / 2, screen.y - px(44)}, ImGuiCond_Appearing, {0.5f, 1});
  if (ImGui::Begin("Log", &ui.open,
                   ImGuiWindowFlags_NoCollapse | ImGuiWindowFlags_NoSavedSettings)) {
    head(view, ui);
    ImGui::BeginChild("lines");
    for (const LogLine& entry : view.log)
      if (is_listed(entry, ui)) line(entry);
    if (view.log.empty())
      caption("What is opened, trained and measured is told here, and what went wrong.");
    if (news) ImGui::SetScrollHereY(1);
    ImGui::EndChild();
  }
  ImGui::End();
}

}  // namespace stepwise::app
