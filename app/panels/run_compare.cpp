#include <algorithm>
#include <cmath>
#include <string>

#include "panels/models.h"
#include "panels/part.h"
#include "panels/runs_parts.h"
#include "widgets/controls.h"
#include "widgets/image_grid.h"

namespace stepwise::app {
namespace {

constexpr float kLeastColumn = 150;       // Points that a run's pictures have side by side.
constexpr Range<float> kPicture{24, 72};  // Points of a picture's side.

// The name after a dot in the color of its curve.
void name_of_curve(const RunShown& run, int i, float width) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float middle = at.y + ImGui::GetTextLineHeight() / 2, indent = px(14);
  ImGui::GetWindowDrawList()->AddCircleFilled({at.x + px(5), middle}, px(4), hue(i), 16);
  ImGui::SetCursorPosX(ImGui::GetCursorPosX() + indent);
  text(shortened(name_of_folder(run.folder), width - indent, true));
  tooltip(run.folder.string().c_str());
}

std::string measures_of(const RunShown& run) {
  const std::string steps = text_of("step ", format_count(run.step));
  const std::string distance =
      run.distances.empty() ? "" : ", FD " + format_number(run.distances.back(), 3);
  return (std::isfinite(run.score) ? text_of(format_number(run.score, 3), " at ", steps) : steps) +
         distance;
}

// A caption that is cut where it has no room.
void line(const std::string& words, float width) {
  ImGui::PushFont(font(Font::kCaption));
  const std::string shown = shortened(words, width);
  ImGui::PopFont();
  text(shown, colors.dim, Font::kCaption);
}

void column(const RunShown& run, int i, float width, PictureRenderer& pictures) {
  ImGui::PushID(i);
  ImGui::BeginGroup();
  name_of_curve(run, i, width);
  line(run.recipe.name + ", " + measures_of(run), width);
  ImageGrid grid;
  grid.count = run.pictures ? std::min(run.pictures->count(), 20) : 0;
  grid.gap = px(2);
  grid.columns = width >= 10 * px(kPicture.min + 2) ? 10 : 5;  // The same classes in all columns.
  grid.tile = std::floor((width + grid.gap) / float(grid.columns)) - grid.gap;
  grid.tile = std::clamp(grid.tile, px(kPicture.min), px(kPicture.max));
  grid.picture = [&](int k) { return Shown{.plus = picture_at(run.pictures, k)}; };
  if (grid.count > 0)
    image_grid("pictures", grid, pictures);
  else
    line("It keeps no pictures.", width);
  ImGui::EndGroup();
  ImGui::PopID();
}

}  // namespace

void run_comparison(const View& view, RunsUi& ui, PictureRenderer& pictures) {
  const RunList runs = chosen_runs(view, ui);
  ImGui::BeginChild("comparison", {0, 0}, false, keys_are_ours());
  run_curves(runs, ui, std::max(px(170), std::floor(ImGui::GetContentRegionAvail().y * 0.45f)));
  ImGui::Dummy({0, px(4)});
  const float gap = px(16), all = ImGui::GetContentRegionAvail().x;
  const int fitting = std::max(1, int((all + gap) / (px(kLeastColumn) + gap)));
  const int columns = std::min(fitting, int(runs.size()));
  const float width = std::floor((all + gap) / float(columns)) - gap;
  const float left = ImGui::GetCursorPosX();
  for (int i = 0; i < int(runs.size()); ++i) {
    if (i % columns > 0) ImGui::SameLine(left + float(i % columns) * (width + gap));
    column(*runs[std::size_t(i)], i, width, pictures);
  }
  ImGui::EndChild();
}

}  // namespace stepwise::app
