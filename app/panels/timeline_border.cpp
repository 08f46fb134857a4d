#include <algorithm>
#include <cmath>
#include <string>

#include "panels/part.h"
#include "panels/timeline_parts.h"
#include "widgets/controls.h"
#include "widgets/ticks.h"

namespace stepwise::app {
namespace {

constexpr float kReach = 7;  // Points to each side, within which it is taken.

double border_of(const ModelOpened& model, const SampleSettings& settings) {
  return settings.border > 0 ? settings.border : model.boundaries.front();
}

// The models of which it consists, that for much noise first.
std::string names_of_parts(const View& view, ModelId model) {
  const auto origin = view.origins.find(model);
  if (origin == view.origins.end() || origin->second.parts.size() != 2)
    return "One model hands over to another";
  const auto name = [&](ModelId part) {
    const auto found = view.origins.find(part);
    return found == view.origins.end() ? std::string("the other") : found->second.name;
  };
  return text_of(name(origin->second.parts[0]), " hands over to ", name(origin->second.parts[1]));
}

void draw_border(float x, float top, float bottom, ImU32 ink) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float w = px(5), middle = std::round((top + bottom) / 2);
  list.AddLine({x, top}, {x, bottom}, ink, px(1.5f));
  list.AddTriangleFilled({x - px(2), middle - w}, {x - px(2), middle + w}, {x - px(2) - w, middle},
                         ink);
  list.AddTriangleFilled({x + px(2), middle - w}, {x + px(2) + w, middle}, {x + px(2), middle + w},
                         ink);
}

}  // namespace

void border_handle(const View& view, Ui& ui, const StepAxis& axis, const Branch& branch, float top,
                   float bottom) {
  const ModelOpened* model = find_model(view, branch.start.model);
  if (!model || model->boundaries.size() != 1 || has_severity(branch.start.degradation)) return;
  const std::vector<double>& sigmas = branch.start.sigmas;
  double border = border_of(*model, branch.start.settings);
  // Settings are those of the next pictures, by the model in use.
  const bool ours = model->id == ui.model;
  ImGui::SetCursorScreenPos({x_of_sigma(axis, sigmas, border) - px(kReach), top});
  if (ours) mouse_area("border", {2 * px(kReach), bottom - top});
  const bool held = ours && ImGui::IsItemActive();
  if (ours && ImGui::IsItemActivated()) ui.draws_live = true;
  if (held && drags(ImGuiMouseButton_Left))
    ui.sample.border =
        std::clamp(sigma_of_x(axis, sigmas, ImGui::GetIO().MousePos.x), kSigma.min, kSigma.max);
  if (held && ui.sample.border > 0) border = ui.sample.border;
  if (ours && ImGui::IsItemHovered() && ImGui::IsMouseDoubleClicked(0))
    ui.sample.border = model->boundaries.front();
  if (ours)
    tooltip(text_of(names_of_parts(view, model->id), " here, at σ ", format_number(border, 2),
                    ". Drag it: the pictures are drawn again from the same noise. A double click "
                    "puts it back to where the models were combined.")
                .c_str());
  draw_border(std::round(x_of_sigma(axis, sigmas, border)), top, bottom,
              held ? colors.bright : colors.accent);
}

}  // namespace stepwise::app
