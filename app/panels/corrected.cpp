#include "panels/corrected.h"

#include "error.h"
#include "widgets/controls.h"
#include "widgets/theme.h"

namespace stepwise::app {

std::string data_class(const View& view, int label) {
  if (view.data && std::size_t(label) < view.data->class_names.size())
    return view.data->class_names[std::size_t(label)];
  return text_of("class ", label);
}

Correction corrected(const View& view, int index) {
  return view.data ? correction_of(view.data->corrections, index) : Correction{index};
}

std::string corrected_words(const View& view, const Correction& correction) {
  std::string words;
  if (correction.label) words += "\nSet to " + data_class(view, *correction.label) + " by hand";
  if (correction.left_out) words += "\nLeft out";
  return words;
}

void corrected_mark(const Correction& correction, ImVec2 corner, float tile) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImVec2 end{corner.x + tile, corner.y + tile};
  if (correction.left_out) {
    constexpr ImU32 kVeil = IM_COL32(0, 0, 0, 140);
    list.AddRectFilled(corner, end, (colors.panel & ~IM_COL32_A_MASK) | kVeil);
    list.AddLine(corner, end, colors.bad, px(2));
    list.AddLine({corner.x, end.y}, {end.x, corner.y}, colors.bad, px(2));
  }
  const float side = tile / 3;
  if (correction.label)
    list.AddTriangleFilled({end.x - side, corner.y}, {end.x, corner.y}, {end.x, corner.y + side},
                           colors.accent);
}

void corrections_since(const View& view, Commands& out) {
  const Training& training = view.training;
  if (!training.started || !view.data || !view.data->files) return;
  if (training.started->files != view.data->files) return;
  const Corrections& now = view.data->corrections;
  const std::string words = words_of_change(training.started->corrections, now);
  if (words.empty()) return;
  caption("Not in this run: " + words);
  if (plain_button("Learn from these", -1))
    out.push_back(ChangeTraining{.run = training.job, .corrections = now});
  tooltip(
      "From the next step on the run is told these classes, and learns nothing from what is left "
      "out; a mark keeps it as it was. It is measured on the same test pictures.");
}

void post_correction(const View& view, const Correction& correction, Commands& out) {
  out.push_back(Correct{view.data_from, {correction}});
}

}  // namespace stepwise::app
