#include <fmt/chrono.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <ctime>
#include <optional>

#include "panels/evaluation_words.h"
#include "panels/models.h"
#include "panels/part.h"
#include "panels/runs_parts.h"
#include "widgets/controls.h"
#include "widgets/sparkline.h"
#include "widgets/ticks.h"

namespace stepwise::app {
namespace {

constexpr float kHead = 22, kRow = 44, kRunTile = 40, kTileGap = 2;  // Points.

// What is drawn of a run, and where.
struct Cell {
  const View& view;
  const RunShown& run;
  PictureRenderer& pictures;
  const Axis& losses;  // Of all runs.
  bool chosen;
  ImVec2 min, max;
};

// One line of words, as much of it as has room.
void put(const Cell& cell, float y, Font which, ImU32 ink, const std::string& words,
         bool keep_end = false) {
  ImGui::PushFont(font(which));
  const std::string shown = shortened(words, cell.max.x - cell.min.x, keep_end);
  ImGui::PopFont();
  draw_text(*ImGui::GetWindowDrawList(), {cell.min.x, std::round(y)}, which, ink, shown.c_str());
}

ImU32 ink_of(const Cell& cell) { return cell.chosen ? colors.text : colors.dim; }

void put_in_middle(const Cell& cell, const std::string& words) {
  const float y = (cell.min.y + cell.max.y - font(Font::kBody)->FontSize) / 2;
  put(cell, y, Font::kBody, ink_of(cell), words);
}

// Where a line stands that has a caption below it, and where that does.
struct TwoLines {
  float upper, lower;
};
TwoLines two_lines(const Cell& cell) {
  const float name = font(Font::kBody)->FontSize, words = font(Font::kCaption)->FontSize;
  const float top = (cell.min.y + cell.max.y - name - words - px(2)) / 2;
  return {top, top + name + px(2)};
}

void draw_pictures(const Cell& cell) {
  const float side = px(kRunTile), pitch = side + px(kTileGap);
  const float y = std::round((cell.min.y + cell.max.y - side) / 2);
  const auto count = int(std::lround((cell.max.x - cell.min.x + px(kTileGap)) / pitch));
  for (int i = 0; i < count; ++i) {
    const ImVec2 min{cell.min.x + float(i) * pitch, y};
    draw_or_blank(*ImGui::GetWindowDrawList(), cell.pictures,
                  {.plus = picture_at(cell.run.pictures, i)}, min, {min.x + side, min.y + side},
                  colors.panel);
  }
}

// "500 steps in 7 min" or "12 of 20 steps": how far it is of what it may take.
std::string steps_of(const RunSummary& run) {
  const Budget& budget = run.recipe.budget;
  return budget.minutes > 0 ? text_of(format_count(run.step), " steps in ", words_for(budget))
                            : text_of(format_count(run.step), " of ", words_for(budget));
}

// The name, and below it what became of the run.
void draw_name(const Cell& cell) {
  const RunShown& run = cell.run;
  const auto [top, below] = two_lines(cell);
  put(cell, top, Font::kBody, colors.text, name_of_folder(run.folder), true);
  if (is_in_training(cell.view, run))
    return put(cell, below, Font::kCaption, colors.good, "in training, " + steps_of(run));
  if (!run.damage.empty()) return put(cell, below, Font::kCaption, colors.warning, run.damage);
  put(cell, below, Font::kCaption, ink_of(cell),
      text_of(run.finished ? "finished, " : "can go on, ", run.recipe.name, ", ", steps_of(run)));
}

void draw_curve(const Cell& cell) {
  const float inset = px(7);
  sparkline(*ImGui::GetWindowDrawList(), {cell.min.x + px(2), cell.min.y + inset},
            {cell.max.x - px(6), cell.max.y - inset}, cell.run.steps, cell.run.losses, cell.losses,
            cell.chosen ? colors.text : colors.fill);
}

void draw_score(const Cell& cell) {
  if (std::isfinite(cell.run.score)) put_in_middle(cell, format_number(cell.run.score, 3));
}

// And of how many pictures, for others do not compare.
void draw_measure(const Cell& cell) {
  if (cell.run.measured.empty()) return;
  const MeasuredPoint& newest = cell.run.measured.back();
  const auto [top, below] = two_lines(cell);
  put(cell, top, Font::kBody, ink_of(cell), format_number(newest.distance, 3));
  put(cell, below, Font::kCaption, ink_of(cell), "of " + format_count(newest.count));
}

constexpr std::int64_t kLatest = 253402300799;  // The end of the year 9999.

// In the user's own time; the year where it is another than this one.
std::string date_of(std::int64_t seconds) {
  if (seconds <= 0) return "";
  const std::tm then = fmt::localtime(std::time_t(std::min(seconds, kLatest)));
  const std::tm now = fmt::localtime(std::time(nullptr));
  return then.tm_year == now.tm_year ? fmt::format("{:%d %b %H:%M}", then)
                                     : fmt::format("{:%d %b %Y}", then);
}

void draw_time(const Cell& cell) {
  if (cell.run.seconds > 0) put_in_middle(cell, format_duration(cell.run.seconds));
}

void draw_date(const Cell& cell) { put_in_middle(cell, date_of(cell.run.saved)); }

struct RunColumn {
  const char* label;
  const char* help;
  float width;        // Points; 0: what is left.
  Range<float> room;  // Points of the whole table, below the last, with which it is there.
  void (*draw)(const Cell& cell);
  std::optional<RunOrder> order = {};  // That a click on its label asks for.
};
constexpr float kAlways = 0, kWide = 620, kEver = 1e9f;
constexpr std::array kRunColumns = {
    RunColumn{"", "", kRunTile, {kAlways, kWide}, draw_pictures},
    RunColumn{"", "", 3 * kRunTile + 2 * kTileGap, {kWide, kEver}, draw_pictures},
    RunColumn{"Run", "All runs of all launches.", 0, {kAlways, kEver}, draw_name, RunOrder::kName},
    RunColumn{"Held-out loss",
              "Over the steps of the run. All rows have one scale: what ends lower is better.",
              104,
              {420, kEver},
              draw_curve,
              RunOrder::kScore},
    RunColumn{
        "Score",
        "The held-out loss as it was measured last: of the averaged weights, on pictures that "
        "are not trained on. Smaller is better; runs on other pictures do not compare.",
        56,
        {340, kEver},
        draw_score,
        RunOrder::kScore},
    RunColumn{"FD",
              "The Fréchet distance of pictures that its averaged weights draw to real ones, as it "
              "was measured last, and of how many pictures. Smaller is better, down to the floor "
              "that as many real ones have. Only of the same data and as many pictures it "
              "compares. Recipes have it measured by \"measure_count\".",
              56,
              {520, kEver},
              draw_measure,
              RunOrder::kDistance},
    RunColumn{"Trained",
              "For how long, pauses left out.",
              84,
              {720, kEver},
              draw_time,
              RunOrder::kTrained},
    RunColumn{"Saved", "When it was saved last.", 96, {280, kEver}, draw_date, RunOrder::kSaved},
};

void draw_arrow(ImDrawList& list, ImVec2 middle, bool down, ImU32 ink) {
  const float half = px(3), way = down ? half : -half;
  list.AddTriangleFilled({middle.x - half, middle.y - way / 2},
                         {middle.x + half, middle.y - way / 2}, {middle.x, middle.y + way}, ink);
}

struct ColumnPlace {
  const RunColumn* column;
  float left, right;  // Pixels from the left edge of the table.
};

// Columns that have room, side by side.
std::vector<ColumnPlace> places_for(float width) {
  const float gap = px(10), edge = px(2);
  float left_over = width - 2 * edge + gap;
  std::vector<ColumnPlace> places;
  for (const RunColumn& column : kRunColumns) {
    if (width < px(column.room.min) || width >= px(column.room.max)) continue;
    places.push_back({&column, 0, px(column.width)});
    left_over -= px(column.width) + gap;
  }
  float x = edge;
  for (ColumnPlace& place : places) {
    const float own = place.column->width > 0 ? place.right : std::max(px(40), left_over);
    place.left = x;
    place.right = x + own;
    x += own + gap;
  }
  return places;
}

// Down where the largest is at the top, of dates the latest and of names the last.
bool falls(const RunsSettings& by) {
  const bool largest_first = by.order == RunOrder::kSaved || by.order == RunOrder::kTrained;
  return largest_first != by.turned;
}

// A click sorts by the column, a second one the other way round.
void head_cell(const ColumnPlace& place, RunsUi& ui) {
  const RunColumn& column = *place.column;
  const bool sorts = column.order == ui.order;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float words = width_of(column.label, Font::kCaption), arrow = px(12), height = px(kHead);
  const bool pressed = ImGui::InvisibleButton(
      column.label, {std::min(words + arrow, place.right - place.left), height});
  const bool hovered = ImGui::IsItemHovered();
  if (hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  tooltip(
      text_of(column.help, sorts ? "\nPress to turn the order around." : "\nPress to sort by it.")
          .c_str());
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImU32 ink = hovered ? colors.accent : sorts ? colors.text : colors.dim;
  const float middle = at.y + height / 2;
  draw_text(list, {at.x, std::round(middle - font(Font::kCaption)->FontSize / 2)}, Font::kCaption,
            ink, column.label);
  if (sorts) draw_arrow(list, {at.x + words + arrow / 2, middle}, falls(ui), ink);
  if (!pressed) return;
  ui.turned = sorts && !ui.turned;
  ui.order = *column.order;
}

void head(const std::vector<ColumnPlace>& places, RunsUi& ui) {
  const ImVec2 from = ImGui::GetCursorScreenPos();
  for (const ColumnPlace& place : places) {
    if (!place.column->order) continue;
    ImGui::SetCursorScreenPos({from.x + place.left, from.y});
    head_cell(place, ui);
  }
}

void choose(const RunShown& run, RunsUi& ui) {
  if (!ImGui::GetIO().KeyCtrl)
    ui.chosen = {run.folder};
  else if (ui.chosen.erase(run.folder) == 0)
    ui.chosen.insert(run.folder);
}

std::string about(const RunShown& run) {
  const std::string trained =
      text_of("Trained on ", run.data, " for ", format_duration(run.seconds));
  const std::string from = run.from.empty() ? "" : text_of("\nBegan as ", run.from, " was.");
  const std::string measured = run.measured.empty()
                                   ? ""
                                   : text_of("\n", measured_words(run.measured.back()), ", of ",
                                             format_count(run.measured.back().count), " pictures");
  return text_of(run.folder.string(), "\n",
                 run.damage.empty() ? trained + measured + from : run.damage);
}

// The row itself, and what the mouse does to it.
void row_item(const View& view, const RunShown& run, bool chosen, RunsUi& ui, Commands& out) {
  if (ImGui::Selectable("##run", chosen, ImGuiSelectableFlags_AllowDoubleClick, {0, px(kRow)})) {
    if (ImGui::IsMouseDoubleClicked(0) && !ImGui::GetIO().KeyCtrl)
      out.push_back(OpenModel{run.folder});
    else
      choose(run, ui);
  }
  if (ImGui::IsItemClicked(1) && !chosen) ui.chosen = {run.folder};
  tooltip(about(run).c_str(), "Ctrl chooses several; a right click shows what can be done.");
  run_menu(view, ui, out);
}

void run_row(const View& view, const RunShown& run, const std::vector<ColumnPlace>& places,
             const Axis& losses, RunsUi& ui, PictureRenderer& pictures, Commands& out) {
  ImGui::PushID(run.folder.string().c_str());
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x, under = at.y + px(kRow);
  const bool chosen = ui.chosen.contains(run.folder);
  row_item(view, run, chosen, ui, out);
  for (const ColumnPlace& place : places)
    place.column->draw({view,
                        run,
                        pictures,
                        losses,
                        chosen,
                        {at.x + place.left, at.y},
                        {at.x + place.right, under}});
  const float line = under + std::floor(ImGui::GetStyle().ItemSpacing.y / 2);
  ImGui::GetWindowDrawList()->AddRectFilled({at.x, line}, {at.x + width, line + 1}, colors.line);
  ImGui::PopID();
}

// That shows the losses of all.
Axis scale_of(const View& view) {
  Extent extent;
  for (const RunShown& run : view.runs)
    for (const float loss : run.losses) extent.add(loss);
  return axis_around(extent, true, 0);
}

}  // namespace

void run_table(const View& view, RunsUi& ui, PictureRenderer& pictures, Commands& out) {
  const float bar = ImGui::GetStyle().ScrollbarSize;
  const auto places = places_for(ImGui::GetContentRegionAvail().x - bar);
  const Axis losses = scale_of(view);
  head(places, ui);
  const RunList runs = listed_runs(view, ui);
  if (runs.empty())
    return caption("No run has all of these words in its name, recipe or data set.");
  ImGui::BeginChild("runs", {0, 0}, false, keys_are_ours());
  ImGuiListClipper clipper;
  clipper.Begin(int(runs.size()));
  while (clipper.Step())
    for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i)
      run_row(view, *runs[std::size_t(i)], places, losses, ui, pictures, out);
  ImGui::EndChild();
}

}  // namespace stepwise::app
