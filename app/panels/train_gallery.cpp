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

Tiles tiles_for(int count, float width) {
  const int fitting = std::max(1, int(width / px(30)));
  Tiles tiles{std::clamp(count, 1, std::min(kAcross, fitting)), 0, 0};
  tiles.size = std::floor((width + px(2)) / float(tiles.columns)) - px(2);
  tiles.pitch = tiles.columns > 1 ? (width - tiles.size) / float(tiles.columns - 1) : 0;
  return tiles;
}

void grid(const View& view, const Gallery& gallery, PictureRenderer& pictures) {
  const int count = gallery.pictures ? gallery.pictures->count() : 0;
  const float width = ImGui::GetContentRegionAvail().x;
  const Tiles tiles = tiles_for(count, width);
  const ImVec2 from = ImGui::GetCursorScreenPos();
  const auto asked_for =
      view.training.started ? view.training.started->gallery : std::vector<Condition>{};
  for (int i = 0; i < count; ++i) {
    const int row = i / tiles.columns, column = i % tiles.columns;
    const ImVec2 min{from.x + std::round(float(column) * tiles.pitch),
                     from.y + std::round(float(row) * (tiles.size + px(2)))};
    const ImVec2 max{min.x + tiles.size, min.y + tiles.size};
    Shown shown;
    shown.plus = {gallery.pictures, i};
    pictures.draw(*ImGui::GetWindowDrawList(), shown, min, max);
    if (i < int(asked_for.size()) && ImGui::IsWindowHovered() &&
        ImGui::IsMouseHoveringRect(min, max))
      ImGui::SetTooltip("%s",
                        class_name(view, view.training.job, asked_for[std::size_t(i)]).c_str());
  }
  const int rows = (count + tiles.columns - 1) / tiles.columns;
  ImGui::Dummy({width, std::max(0.f, float(rows) * (tiles.size + px(2)) - px(2))});
}

}  // namespace

void training_gallery(const View& view, TrainUi& ui, PictureRenderer& pictures) {
  heading("Gallery");
  const auto& galleries = view.training.galleries;
  if (galleries.empty()) {
    caption("Pictures from always the same noise appear here as the model learns.");
    return;
  }
  const int newest = int(galleries.size()) - 1;
  int shown = ui.gallery < 0 ? newest : std::min(ui.gallery, newest);
  grid(view, galleries[std::size_t(shown)], pictures);
  caption(when(galleries[std::size_t(shown)]));
  begin_row("Time");
  if (slider("Time", shown, {0, std::max(newest, 1)}, "", ImGui::CalcItemWidth(), false, 0))
    ui.gallery = shown >= newest ? -1 : shown;
  end_row(
      "Back through training time: the same noise, drawn by earlier weights. At the right end it "
      "follows "
      "the newest.");
}

}  // namespace stepwise::app
