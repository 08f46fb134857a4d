// The training pictures, page by page: one that is wrong is set right, or left out, by one key.
#include <algorithm>
#include <cmath>
#include <utility>

#include "error.h"
#include "panels/corrected.h"
#include "panels/lab_parts.h"
#include "widgets/form.h"
#include "widgets/image_grid.h"
#include "widgets/keys.h"
#include "widgets/ticks.h"

namespace stepwise::app {
namespace {

// What is here is of another data set.
void forget(const View& view, BrowseUi& ui) {
  const bool open = ui.open;
  ui = {};
  ui.open = open;
  ui.data = view.data_from;
}

// All, one class, those that were corrected; those nearest to one while they are on screen.
void kind_row(const View& view, BrowseUi& ui) {
  const int classes = int(view.data->class_names.size());
  std::vector<std::string> names{"All"};
  for (int i = 0; i < classes; ++i) names.push_back(data_class(view, i));
  names.push_back("Corrected ones");
  const BrowseData& wish = ui.wish;
  int chosen = wish.corrected ? classes + 1 : wish.label ? 1 + *wish.label : 0;
  if (wish.nearest_to) {
    chosen = int(names.size());
    names.push_back(text_of("Nearest to picture ", *wish.nearest_to));
  }
  if (!choice_row("Show", chosen, names,
                  "Which training pictures are shown: of all or of one class, as the files say, or "
                  "those that were corrected."))
    return;
  ui.wish = {};
  ui.wish.corrected = chosen == classes + 1;
  if (chosen > 0 && chosen <= classes) ui.wish.label = chosen - 1;
}

// One question at a time: a new one where something else is wished for.
void ask(const View& view, BrowseUi& ui, Commands& out) {
  if (view.jobs.contains(ui.job)) return;
  const bool same =
      ui.wish == ui.asked && (!ui.wish.corrected || ui.seen == view.data->corrections);
  if (same && ui.job != kNoJob) return;
  ui.asked = ui.wish;
  ui.seen = view.data->corrections;
  ui.job = out.emplace_back(ui.wish).id;
}

std::string words_of(const View& view, const DataBrowsed& page, std::size_t k) {
  const std::string far =
      page.distances.empty()
          ? ""
          : text_of("\nDistance ", format_number(page.distances[k], 2), " (root mean square)");
  return text_of("Training picture ", page.indices[k],
                 "\nIts files say: ", data_class(view, page.labels[k]), far,
                 corrected_words(view, corrected(view, page.indices[k])));
}

void page_grid(const View& view, const BrowsedShown& shown, BrowseUi& ui,
               PictureRenderer& pictures) {
  const DataBrowsed& page = shown.answer;
  ImageGrid grid;
  grid.count = shown.pictures ? shown.pictures->count() : 0;
  if (grid.count == 0) return caption("There are none.");
  grid.gap = px(3);
  spread_grid(grid, 5);
  const auto chosen = std::ranges::find(page.indices, ui.chosen);
  grid.chosen = chosen == page.indices.end() ? -1 : int(chosen - page.indices.begin());
  grid.picture = [&](int k) { return Shown{.plus = picture_at(shown.pictures, k)}; };
  grid.help = [&](int k) { return words_of(view, page, std::size_t(k)); };
  grid.more = [&](int k, ImVec2 corner) {
    corrected_mark(corrected(view, page.indices[std::size_t(k)]), corner, grid.tile);
  };
  const int pressed = image_grid("training pictures", grid, pictures);
  if (pressed < 0) return;
  const int index = page.indices[std::size_t(pressed)];
  ui.chosen = index == ui.chosen ? -1 : index;
  ui.chosen_label = page.labels[std::size_t(pressed)];
}

void page_row(const DataBrowsed& page, BrowseUi& ui) {
  const int last = page.asked.first + int(page.indices.size());
  caption(text_of(format_count(std::min(page.asked.first + 1, last)), " to ", format_count(last),
                  " of ", format_count(page.total)));
  const float gap = ImGui::GetStyle().ItemInnerSpacing.x;
  const float each = std::floor((ImGui::GetContentRegionAvail().x - gap) / 2);
  if (plain_button("Page before", each, page.asked.first > 0))
    ui.wish.first = std::max(0, ui.wish.first - ui.wish.count);
  ImGui::SameLine(0, gap);
  if (plain_button("Next page", -1, last < page.total)) ui.wish.first += ui.wish.count;
}

void set_class(const View& view, const BrowseUi& ui, int label, Commands& out) {
  Correction next = corrected(view, ui.chosen);
  next.label = label;  // That of the files is no correction.
  post_correction(view, next, out);
}

void leave_out(const View& view, const BrowseUi& ui, Commands& out) {
  Correction next = corrected(view, ui.chosen);
  next.left_out = !next.left_out;
  post_correction(view, next, out);
}

// What can be done with the picture in hand.
void chosen_rows(const View& view, BrowseUi& ui, Commands& out) {
  const Correction now = corrected(view, ui.chosen);
  std::vector<std::string> names;
  for (std::size_t i = 0; i < view.data->class_names.size(); ++i)
    names.push_back(text_of(i, "  ", view.data->class_names[i]));
  int label = now.label.value_or(ui.chosen_label);
  if (choice_row("Its class", label, names,
                 "What the next run is told that the picture in hand shows. The digits 0 to 9 "
                 "choose the first ten."))
    set_class(view, ui, label, out);
  const float gap = ImGui::GetStyle().ItemInnerSpacing.x;
  const float each = std::floor((ImGui::GetContentRegionAvail().x - gap) / 2);
  if (plain_button(now.left_out ? "Take it back" : "Leave out", each)) leave_out(view, ui, out);
  tooltip("Whether the next run learns from the picture in hand.", "X or Delete");
  ImGui::SameLine(0, gap);
  if (plain_button("Nearest", -1)) ui.wish = {.nearest_to = ui.chosen};
  tooltip("All training pictures, those that differ least from the picture in hand first.");
}

void chosen_keys(const View& view, const BrowseUi& ui, Commands& out) {
  const bool busy = ImGui::IsPopupOpen("", ImGuiPopupFlags_AnyPopup);
  if (keys_walk() || ImGui::GetIO().KeyCtrl || busy) return;
  const int classes = int(std::min<std::size_t>(10, view.data->class_names.size()));
  for (int i = 0; i < classes; ++i)
    if (key_pressed(Key(char('0' + i))) || key_pressed(Key::pad(char('0' + i))))
      set_class(view, ui, i, out);
  if (key_pressed(Key('X')) || key_pressed(Key(ImGuiKey_Delete))) leave_out(view, ui, out);
}

// All of it, and the way back.
void summary(const View& view, Commands& out) {
  const Corrections& all = view.data->corrections;
  if (all.pictures.empty())
    return caption(
        "Choose one that is wrong to set it right: 0 to 9 give it another class, X leaves "
        "it out.");
  caption(words_for(all) + ". The next run learns from this.", colors.text);
  if (!plain_button("Take all back", -1)) return;
  Correct none{view.data_from, {}};
  for (const Correction& c : all.pictures) none.changes.push_back({c.index});
  out.push_back(none);
}

}  // namespace

void lab_training(const View& view, BrowseUi& ui, PictureRenderer& pictures, Commands& out) {
  if (!view.data) return;
  if (ui.data != view.data_from) forget(view, ui);
  const std::size_t corrected = view.data->corrections.pictures.size();
  if (!fold_row("Pictures to learn from", ui.open,
                corrected > 0 ? format_count(std::int64_t(corrected)) + " corrected" : ""))
    return;
  kind_row(view, ui);
  if (view.browsed) {
    page_grid(view, *view.browsed, ui, pictures);
    page_row(view.browsed->answer, ui);
  }
  failure_caption(view, ui.job);
  if (ui.chosen >= 0) {
    chosen_rows(view, ui, out);
    chosen_keys(view, ui, out);
  }
  summary(view, out);
  ask(view, ui, out);
}

}  // namespace stepwise::app
