#include <algorithm>
#include <cmath>

#include "panels/train_parts.h"
#include "widgets/controls.h"
#include "widgets/ticks.h"

namespace stepwise::app {
namespace {

constexpr int kAcross = 10;  // A column for each class, as they are dealt.

std::string when(const Gallery& gallery) {
  return "step " + format_count(gallery.step) + ", " + format_duration(gallery.seconds);
}

// Where tiles stand: as many as fit in a row, up to the right edge.
struct Tiles {
  int columns = 1;
  float size = 0, pitch = 0;
};

Tiles tiles_for(int count, float width, float height) {
  const float gap = px(2);
  const int fitting = std::max(1, int(width / px(30)));
  Tiles tiles{std::clamp(count, 1, std::min(kAcross, fitting)), 0, 0};
  const int rows = (count + tiles.columns - 1) / tiles.columns;
  tiles.size = std::floor((width + gap) / float(tiles.columns)) - gap;
  if (float(rows) * (tiles.size + gap) > height)
    tiles.size = std::max(px(24), std::floor(height / float(rows)) - gap);
  tiles.pitch = tiles.size + gap;
  return tiles;
}

// Frames where pictures will be, before there are any.
void grid(const View& view, const Gallery& gallery, PictureRenderer& pictures, float height) {
  const auto asked_for =
      view.training.started ? view.training.started->gallery : std::vector<Condition>{};
  const int count = gallery.pictures ? gallery.pictures->count() : int(asked_for.size());
  const float width = ImGui::GetContentRegionAvail().x;
  const Tiles tiles = tiles_for(count, width, height);
  const float spare = width - float(tiles.columns) * tiles.pitch;
  ImVec2 from = ImGui::GetCursorScreenPos();
  from.x += std::round(std::max(0.f, spare / 2));
  ImDrawList& list = *ImGui::GetWindowDrawList();
  for (int i = 0; i < count; ++i) {
    const int row = i / tiles.columns, column = i % tiles.columns;
    const ImVec2 min{from.x + std::round(float(column) * tiles.pitch),
                     from.y + std::round(float(row) * (tiles.size + px(2)))};
    const ImVec2 max{min.x + tiles.size, min.y + tiles.size};
    if (const Shown shown{.plus = {gallery.pictures, i}})
      pictures.draw(list, shown, min, max);
    else
      list.AddRectFilled(min, max, colors.panel, px(2));
    if (i < int(asked_for.size()) && ImGui::IsWindowHovered() &&
        ImGui::IsMouseHoveringRect(min, max))
      ImGui::SetTooltip("%s",
                        class_name(view, view.training.job, asked_for[std::size_t(i)]).c_str());
  }
  const int rows = (count + tiles.columns - 1) / tiles.columns;
  ImGui::Dummy({width, std::max(0.f, float(rows) * (tiles.size + px(2)) - px(2))});
}

}  // namespace

void training_gallery(const View& view, TrainUi& ui, PictureRenderer& pictures, float height) {
  const auto& galleries = view.training.galleries;
  if (galleries.empty()) {
    if (view.training.started) grid(view, {}, pictures, height);
    ImGui::AlignTextToFramePadding();
    return text("Pictures from always the same noise appear here as the model learns.", colors.dim,
                Font::kCaption, true);
  }
  const int newest = int(galleries.size()) - 1;
  int shown = ui.gallery < 0 ? newest : std::min(ui.gallery, newest);
  grid(view, galleries[std::size_t(shown)], pictures, height);
  begin_row("Time");
  const std::string words = when(galleries[std::size_t(shown)]);
  const float gap = px(12), width = ImGui::CalcItemWidth();
  const float told = std::min(ImGui::CalcTextSize(words.c_str()).x + gap, width / 2);
  if (slider("Time", shown, {0, std::max(newest, 1)}, "", width - told, false, 0))
    ui.gallery = shown >= newest ? -1 : shown;
  ImGui::SameLine(0, gap);
  text(shortened(words, told - gap));
  end_row(
      "Back through training time: the same noise, drawn by earlier weights. At the right end it "
      "follows the newest.");
}

namespace {

// Small pictures in a column so wide: four to six in a row.
Tiles small_tiles(int count, float width) {
  const float gap = px(2);
  const int columns = std::clamp(int(width / px(30)), 2, 6);
  const float size = std::floor((width + gap) / float(columns)) - gap;
  return {std::min(columns, std::max(1, count)), size, size + gap};
}

int count_of(const View& view, int most) {
  const auto& galleries = view.training.galleries;
  const Pictures pictures = galleries.empty() ? Pictures{} : galleries.back().pictures;
  return pictures ? std::min(most, pictures->count()) : 0;
}

}  // namespace

float newest_gallery_height(const View& view, float width, int most) {
  const int count = count_of(view, most);
  if (count == 0) return 0;
  const Tiles tiles = small_tiles(count, width);
  const float words = font(Font::kCaption)->FontSize + ImGui::GetStyle().ItemSpacing.y;
  return words + float((count + tiles.columns - 1) / tiles.columns) * tiles.pitch;
}

void newest_gallery(const View& view, Ui& ui, PictureRenderer& pictures, int most) {
  const int count = count_of(view, most);
  if (count == 0) return;
  const Gallery& gallery = view.training.galleries.back();
  const float width = ImGui::GetContentRegionAvail().x;
  ImGui::PushFont(font(Font::kCaption));
  const std::string words = shortened("Training, step " + format_count(gallery.step), width);
  ImGui::PopFont();
  text(words, colors.dim, Font::kCaption);
  const Tiles tiles = small_tiles(count, width);
  const ImVec2 from = ImGui::GetCursorScreenPos();
  for (int i = 0; i < count; ++i) {
    const ImVec2 min{from.x + float(i % tiles.columns) * tiles.pitch,
                     from.y + float(i / tiles.columns) * tiles.pitch};
    pictures.draw(*ImGui::GetWindowDrawList(), {.plus = {gallery.pictures, i}}, min,
                  {min.x + tiles.size, min.y + tiles.size});
  }
  const int rows = (count + tiles.columns - 1) / tiles.columns;
  if (ImGui::InvisibleButton("newest gallery", {width, float(rows) * tiles.pitch}))
    ui.workspace = "train";
  tooltip("What the model in training draws by now.", "Press to see it large (F2)");
}

}  // namespace stepwise::app
