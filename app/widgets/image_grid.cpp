#include "widgets/image_grid.h"

#include <algorithm>
#include <cmath>

#include "widgets/controls.h"

namespace stepwise::app {
namespace {

void draw_tile(ImDrawList& list, const ImageGrid& grid, int i, ImVec2 min, bool hovered) {
  const ImVec2 max{min.x + grid.tile, min.y + grid.tile};
  if (!grid.picture(i)) list.AddRectFilled(min, max, colors.raised, px(3));
  if (i == grid.chosen || hovered)
    list.AddRect({min.x - px(2), min.y - px(2)}, {max.x + px(2), max.y + px(2)},
                 i == grid.chosen ? colors.accent : colors.faint, px(3), 0, px(2));
}

void draw_caption(ImDrawList& list, const ImageGrid& grid, int i, ImVec2 min) {
  ImFont& small = *font(Font::kCaption);
  const std::string words = grid.caption(i);
  const ImU32 ink = i == grid.chosen ? colors.text : colors.dim;
  const ImVec4 clip{min.x, min.y, min.x + grid.tile, min.y + grid.tile + caption_height()};
  list.AddText(&small, small.FontSize, {min.x, min.y + grid.tile + px(2)}, ink, words.c_str(),
               nullptr, 0, &clip);
}

}  // namespace

float caption_height() { return font(Font::kCaption)->FontSize + px(6); }

void fit_grid(ImageGrid& grid, float width, float height, float least, float most) {
  const float below = grid.caption ? caption_height() : 0;
  const auto tile_of = [&](int columns) {
    return std::floor((width - grid.gap * float(columns - 1)) / float(columns));
  };
  int columns = 1;
  while (columns < grid.count) {
    const float tile = tile_of(columns);
    const int rows = (grid.count + columns - 1) / columns;
    const bool tall = float(rows) * (tile + below + grid.gap) > height;
    if ((tile <= most && !tall) || tile_of(columns + 1) < least) break;
    ++columns;
  }
  grid.columns = columns;
  grid.tile = std::min(most, tile_of(columns));
}

int image_grid(const char* id, const ImageGrid& grid, PictureRenderer& pictures) {
  ImGui::PushID(id);
  const float pitch = grid.tile + grid.gap + (grid.caption ? caption_height() : 0);
  const int rows = (grid.count + grid.columns - 1) / grid.columns;
  const ImVec2 origin = ImGui::GetCursorScreenPos();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float top = list.GetClipRectMin().y, bottom = list.GetClipRectMax().y;
  const int first_row = std::max(0, int((top - origin.y) / pitch));
  const int last_row = std::min(rows - 1, int((bottom - origin.y) / pitch));
  const int first = first_row * grid.columns;
  const int last = std::min(grid.count, (last_row + 1) * grid.columns);
  const auto corner = [&](int i) {
    return ImVec2{origin.x + float(i % grid.columns) * (grid.tile + grid.gap),
                  origin.y + float(i / grid.columns) * pitch};
  };

  // All pictures first and in a row: then they are one call for the graphics card.
  for (int i = first; i < last; ++i) {
    const ImVec2 min = corner(i);
    pictures.draw(list, grid.picture(i), min, {min.x + grid.tile, min.y + grid.tile});
  }
  int clicked = -1;
  for (int i = first; i < last; ++i) {
    ImGui::SetCursorScreenPos(corner(i));
    ImGui::PushID(i);
    if (ImGui::InvisibleButton("picture", {grid.tile, grid.tile})) clicked = i;
    ImGui::PopID();
    draw_tile(list, grid, i, corner(i), ImGui::IsItemHovered());
    if (grid.help && ImGui::IsItemHovered()) tooltip(grid.help(i).c_str());
    if (grid.caption) draw_caption(list, grid, i, corner(i));
    if (grid.more) grid.more(i, corner(i));
  }
  ImGui::SetCursorScreenPos(origin);
  ImGui::Dummy({grid.tile * float(grid.columns) + grid.gap * float(grid.columns - 1),
                std::max(1.f, pitch * float(rows) - grid.gap)});
  ImGui::PopID();
  return clicked;
}

void spread_grid(ImageGrid& grid, int columns) {
  const float room = ImGui::GetContentRegionAvail().x;
  grid.columns = columns;
  grid.tile = std::floor((room + grid.gap) / float(columns)) - grid.gap;
}

}  // namespace stepwise::app
