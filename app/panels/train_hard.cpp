// What the held-out loss is made of: a press on the map of losses brings the pictures of its bin.
#include <algorithm>
#include <cmath>
#include <string>

#include "panels/train_parts.h"
#include "view/quantities.h"
#include "widgets/controls.h"
#include "widgets/ticks.h"

namespace stepwise::app {
namespace {

constexpr float kNames = 52;               // Points of the column that says what the rows are.
constexpr Range<float> kHardTile{28, 72};  // Points; more pictures go before larger ones.

struct Row {
  const char *name, *help;
  Shown (*picture)(const LevelsShown&, int);
};

const Row kRows[] = {
    {"Clean", "The test picture as it is: y.",
     [](const LevelsShown& shown, int i) {
       return Shown{.plus = {shown.clean, i}};
     }},
    {"Input", "What the network gets to see, the same at every measurement.",
     [](const LevelsShown& shown, int i) {
       return Shown{.plus = {shown.noisy, i}};
     }},
    {"Guess", "What it makes of that, told the class.",
     [](const LevelsShown& shown, int i) {
       return Shown{.plus = {shown.guess, i}};
     }},
    {"Error", "Guess less clean. Red: too bright, blue: too dark.",
     [](const LevelsShown& shown, int i) {
       return Shown{.plus = {shown.guess, i}, .minus = {shown.clean, i}, .diverging = true};
     }},
};

bool of_severities(const Training& training) {
  return training.started && has_severity(training.started->recipe.degradation);
}

std::string title_of(const Training& training, const LevelsLookedAt& seen) {
  const std::vector<double>& edges = training.started->bin_edges;
  const std::size_t bin = std::size_t(seen.bin);
  std::string between;
  if (bin + 1 < edges.size())
    between = text_of(of_severities(training) ? "Severity " : "σ ", format_number(edges[bin], 2),
                      " to ", format_number(edges[bin + 1], 2), ", ");
  return text_of(between, "held-out pictures by the weights of step ", format_count(seen.step),
                 ", the hardest first");
}

void buttons(TrainUi& ui, const LevelsShown& shown) {
  const float padding = 2 * ImGui::GetStyle().FramePadding.x, gap = ImGui::GetStyle().ItemSpacing.x;
  const float again = ImGui::CalcTextSize("Again").x + padding,
              close = ImGui::CalcTextSize("Close").x + padding;
  ImGui::SameLine(ImGui::GetCursorPosX() + ImGui::GetContentRegionAvail().x - again - close - gap);
  if (plain_button("Again", again)) ui.bin_wanted = shown.answer.bin;
  tooltip("The same pictures and noise, by the weights as they are now.");
  ImGui::SameLine(0, gap);
  if (plain_button("Close", close)) ui.levels_closed = shown.job;
  tooltip("Back to the pictures that the model draws.");
}

// Which picture it is, how noisy, and its loss.
std::string words_of(const View& view, const LevelsLookedAt& seen, int i) {
  const std::size_t k = std::size_t(i);
  return text_of(class_name(view, view.training.job, {seen.labels[k]}), ", test picture ",
                 format_count(seen.pictures[k]),
                 of_severities(view.training) ? "\nseverity " : "\nσ ",
                 format_number(seen.levels[k], 2), ", loss ", format_number(seen.losses[k]));
}

void names_of_rows(ImVec2 at, float tile, float pitch) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float middle = (tile - ImGui::GetTextLineHeight()) / 2;
  for (const Row& row : kRows) {
    draw_text(list, {at.x, at.y + middle}, Font::kCaption, colors.dim, row.name);
    tooltip_over(at, {at.x + px(kNames), at.y + tile}, row.help, nullptr);
    at.y += pitch;
  }
  draw_text(list, at, Font::kCaption, colors.dim, "Loss");
}

void column(const View& view, const LevelsShown& shown, int i, ImVec2 at, float tile, float pitch,
            PictureRenderer& pictures) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const LevelsLookedAt& seen = shown.answer;
  const double level = seen.levels[std::size_t(i)];
  for (const Row& row : kRows) {
    Shown picture = row.picture(shown, i);
    if (&row == &kRows[1] && !of_severities(view.training)) picture.range = noisy_range(level);
    pictures.draw(list, picture, at, {at.x + tile, at.y + tile});
    tooltip_over(at, {at.x + tile, at.y + tile}, words_of(view, seen, i).c_str(), nullptr);
    at.y += pitch;
  }
  draw_text(list, at, Font::kCaption, colors.dim,
            format_number(seen.losses[std::size_t(i)], 2).c_str());
}

}  // namespace

bool shows_levels(const View& view, const TrainUi& ui) {
  return view.levels.clean && view.training.started && view.levels.job != ui.levels_closed;
}

void ask_for_levels(const Training& training, TrainUi& ui, Commands& out) {
  if (ui.bin_wanted >= 0) out.push_back(LookAtLevels{training.job, ui.bin_wanted});
  ui.bin_wanted = -1;
}

void looked_at_levels(const View& view, TrainUi& ui, PictureRenderer& pictures, float height) {
  const LevelsShown& shown = view.levels;
  const float bottom = ImGui::GetCursorPosY() + height - ImGui::GetStyle().ItemSpacing.y;
  ImGui::AlignTextToFramePadding();
  const float room = ImGui::GetContentRegionAvail().x - px(130);
  text(shortened(title_of(view.training, shown.answer), room));
  buttons(ui, shown);
  const ImVec2 from = ImGui::GetCursorScreenPos();
  const float words = ImGui::GetTextLineHeight(), gap = px(3);
  const float width = ImGui::GetContentRegionAvail().x - px(kNames);
  const int all = int(shown.answer.pictures.size());
  // Where not all have room, the easiest are left out.
  const float down = (bottom - ImGui::GetCursorPosY() - words) / float(std::size(kRows)) - gap;
  const float least = std::clamp(std::floor(down), px(kHardTile.min), px(kHardTile.max));
  const int count = std::clamp(int((width + gap) / (least + gap)), 1, std::max(1, all));
  const float across = (width + gap) / float(count) - gap;
  const float tile = std::floor(std::max(px(kHardTile.min), std::min(across, down)));
  const float pitch = tile + gap;
  names_of_rows(from, tile, pitch);
  for (int i = 0; i < std::min(count, all); ++i)
    column(view, shown, i, {from.x + px(kNames) + float(i) * (across + gap), from.y}, tile, pitch,
           pictures);
  ImGui::Dummy(
      {0, std::max(float(std::size(kRows)) * pitch + words, bottom - ImGui::GetCursorPosY())});
}

}  // namespace stepwise::app
