#include <algorithm>
#include <cmath>

#include "panels/train_parts.h"
#include "widgets/controls.h"
#include "widgets/ticks.h"

namespace stepwise {
namespace {

constexpr int kAcross = 10;

std::string when(const Gallery& gallery) {
  return "step " + format_count(gallery.step) + ", " + format_duration(gallery.seconds);
}

int columns_for(int count, float width) {
  if (count <= 0) return 1;
  const int fitting = std::max(1, int(width / px(30)));
  return std::min({kAcross, count, fitting});
}

void grid(const View& view, const Gallery& gallery, PictureRenderer& pictures) {
  const int count = gallery.pictures ? gallery.pictures->count : 0;
  const float width = ImGui::GetContentRegionAvail().x;
  const int columns = columns_for(count, width);
  const float gap = px(2);
  const float size = std::floor((width + gap) / float(columns)) - gap;
  const ImVec2 from = ImGui::GetCursorScreenPos();
  const auto& labels =
      view.training.started ? view.training.started->gallery_labels : std::vector<int>{};
  for (int i = 0; i < count; ++i) {
    const ImVec2 min{from.x + float(i % columns) * (size + gap),
                     from.y + float(i / columns) * (size + gap)};
    const ImVec2 max{min.x + size, min.y + size};
    Shown shown;
    shown.plus = {gallery.pictures, i};
    pictures.draw(*ImGui::GetWindowDrawList(), shown, min, max);
    if (i < int(labels.size()) && ImGui::IsWindowHovered() && ImGui::IsMouseHoveringRect(min, max))
      ImGui::SetTooltip("%s", class_name(view, labels[std::size_t(i)]).c_str());
  }
  const int rows = (count + columns - 1) / columns;
  ImGui::Dummy({width, std::max(0.f, float(rows) * (size + gap) - gap)});
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
  const std::string words = when(galleries[std::size_t(shown)]);
  begin_row("Time");
  if (ImGui::SliderInt("##Time", &shown, 0, std::max(newest, 1), words.c_str(),
                       ImGuiSliderFlags_AlwaysClamp | ImGuiSliderFlags_NoInput))
    ui.gallery = shown >= newest ? -1 : shown;
  end_row(
      "Back through training time: the same noise, drawn by earlier weights. At the right end it "
      "follows "
      "the newest.");
}

}  // namespace stepwise
