// What the held-out loss is made of: a press on the map of losses brings the pictures of its bin.
#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "panels/train_parts.h"
#include "view/level_map.h"
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

// There is still a mark with the weights of then.
bool can_look_back(const Training& training, const TrainUi& ui) {
  return ui.levels_then && mark_up_to(training.marks, *ui.levels_then) == ui.levels_then;
}

// `ordered`: as they stood before, for other weights.
std::string title_of(const Training& training, const LevelsLookedAt& seen, bool ordered) {
  const std::vector<double>& edges = training.started->bin_edges;
  const std::size_t bin = std::size_t(seen.bin);
  std::string between;
  if (bin + 1 < edges.size())
    between = text_of(of_severities(training) ? "Severity " : "σ ", format_number(edges[bin], 2),
                      " to ", format_number(edges[bin + 1], 2), ", ");
  const std::string weights = seen.at_mark
                                  ? "the weights of step " + format_count(seen.step)
                                  : "the newest weights, of step " + format_count(seen.step);
  return text_of(between, "held-out pictures by ", weights,
                 ordered ? ", in the same order" : ", the hardest first");
}

using PictureAtLevel = std::pair<int, double>;

std::vector<PictureAtLevel> at_levels(const LevelsLookedAt& seen) {
  std::vector<PictureAtLevel> pictures;
  for (std::size_t i = 0; i < seen.pictures.size(); ++i)
    pictures.emplace_back(seen.pictures[i], seen.levels[i]);
  return pictures;
}

// The same pictures by other weights, in the order that they are shown in now, to be compared.
void change_weights(TrainUi& ui, const LevelsLookedAt& seen, std::optional<std::int64_t> at) {
  if (ui.levels_order.empty()) ui.levels_order = at_levels(seen);
  ui.levels_wanted = {seen.bin, at};
}

float width_of_button(const char* label) {
  return ImGui::CalcTextSize(label).x + 2 * ImGui::GetStyle().FramePadding.x;
}

// By the weights of now, or back to those of the mark.
void weights_buttons(const Training& training, TrainUi& ui, const LevelsLookedAt& seen) {
  if (seen.at_mark) {
    if (plain_button("Now", width_of_button("Now"))) change_weights(ui, seen, {});
    return tooltip("The same pictures and noise, by the weights as they are now.");
  }
  if (can_look_back(training, ui)) {
    if (plain_button("Then", width_of_button("Then"))) change_weights(ui, seen, ui.levels_then);
    tooltip(text_of("The same pictures and noise, by the weights at the mark of step ",
                    format_count(*ui.levels_then), ".")
                .c_str());
    ImGui::SameLine();
  }
  if (plain_button("Again", width_of_button("Again"))) {
    ui.levels_wanted = {seen.bin, {}};
    ui.levels_order.clear();
  }
  tooltip("The same pictures and noise, by the weights as they are now.");
}

float width_of_buttons(const Training& training, const TrainUi& ui, const LevelsLookedAt& seen) {
  const float gap = ImGui::GetStyle().ItemSpacing.x;
  float width = width_of_button(seen.at_mark ? "Now" : "Again") + gap + width_of_button("Close");
  if (!seen.at_mark && can_look_back(training, ui)) width += width_of_button("Then") + gap;
  return width;
}

void buttons(const Training& training, TrainUi& ui, const LevelsShown& shown, float width) {
  ImGui::SameLine(ImGui::GetCursorPosX() + ImGui::GetContentRegionAvail().x - width);
  weights_buttons(training, ui, shown.answer);
  ImGui::SameLine();
  if (plain_button("Close", width_of_button("Close"))) ui.levels_closed = shown.job;
  tooltip("Back to the pictures that the model draws.");
}

// Which picture stands at each place. As they come where these are others.
std::vector<int> standing_order(std::vector<PictureAtLevel> seen,
                                const std::vector<PictureAtLevel>& wanted) {
  constexpr PictureAtLevel kTaken{-1, 0};
  std::vector<int> order(seen.size());
  std::iota(order.begin(), order.end(), 0);
  if (!std::ranges::is_permutation(seen, wanted)) return order;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const auto found = std::ranges::find(seen, wanted[i]);
    order[i] = int(found - seen.begin());
    *found = kTaken;
  }
  return order;
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
  const auto [bin, at] = std::exchange(ui.levels_wanted, {});
  if (bin >= 0) out.push_back(LookAtLevels{training.job, bin, at});
}

void looked_at_levels(const View& view, TrainUi& ui, PictureRenderer& pictures, float height) {
  const LevelsShown& shown = view.levels;
  const float bottom = ImGui::GetCursorPosY() + height - ImGui::GetStyle().ItemSpacing.y;
  ImGui::AlignTextToFramePadding();
  const float taken = width_of_buttons(view.training, ui, shown.answer);
  const float room = ImGui::GetContentRegionAvail().x - taken - ImGui::GetStyle().ItemSpacing.x;
  text(shortened(title_of(view.training, shown.answer, !ui.levels_order.empty()), room));
  buttons(view.training, ui, shown, taken);
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
  const std::vector<int> order = standing_order(at_levels(shown.answer), ui.levels_order);
  for (int i = 0; i < std::min(count, all); ++i)
    column(view, shown, order[std::size_t(i)],
           {from.x + px(kNames) + float(i) * (across + gap), from.y}, tile, pitch, pictures);
  ImGui::Dummy(
      {0, std::max(float(std::size(kRows)) * pitch + words, bottom - ImGui::GetCursorPosY())});
}

}  // namespace stepwise::app
