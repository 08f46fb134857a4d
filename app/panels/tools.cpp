#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "error.h"
#include "panels/models.h"
#include "panels/tool_parts.h"
#include "view/edits.h"
#include "view/levels_seen.h"
#include "view/quantities.h"
#include "view/survival.h"
#include "widgets/controls.h"

namespace stepwise::app {
namespace {

constexpr float kRoomy = 470;  // Points high: there is room for the sample of the brush too.
constexpr float kOffLevel =
    0.05f;  // Noise levels nearer than this share of each other are the same.

// What will be left of a stroke, where that was measured.
void survival_of_stroke(const View& view, const Ui& ui, bool roomy) {
  const std::optional<double> share = survival_here(view, ui);
  if (!share) return;
  ImGui::BeginGroup();
  caption(words_for_survival(*share, !roomy), *share < kTrace ? colors.warning : colors.dim);
  if (roomy) bar(float(*share));
  ImGui::EndGroup();
  tooltip(
      "How much of it the finished picture keeps: the mean over many pictures of this model, with "
      "strokes of several sizes painted on the guess at each noise level. Later steps keep more; "
      "Lock (K) holds it all.");
}

void undo_buttons(const View& view, Ui& ui, Commands& out) {
  const float half = (ImGui::GetContentRegionAvail().x - px(4)) / 2;
  const Change *done = ui.history.undoable(), *undone = ui.history.redoable();
  if (plain_button("Undo", half, done)) undo(view, ui, out);
  tooltip(text_of("Takes back: ", done ? done->what : "nothing", ".").c_str(), "Ctrl+Z");
  ImGui::SameLine(0, px(4));
  if (plain_button("Redo", half, undone)) redo(view, ui, out);
  tooltip(text_of("Brings back: ", undone ? undone->what : "nothing", ".").c_str(),
          "Ctrl+Shift+Z or Ctrl+Y");
}

// The noise level the model will see against the one it is told: a bar around the middle.
void noise_meter(const PreviewShown& preview) {
  const double ratio = preview.sigma > 0 ? preview.noise_level / preview.sigma : 1;
  const bool off = std::abs(ratio - 1) > kOffLevel;
  caption(fmt::format("Noise {:.2f} of {:.2f}", preview.noise_level, preview.sigma),
          off ? colors.warning : colors.dim);
  tooltip(
      "The spread of (x - D) against sigma, the level the model is told. Painting on the noisy "
      "picture removes noise; the model then sees a level that it does not expect.");
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x, height = px(6);
  list.AddRectFilled(at, {at.x + width, at.y + height}, colors.raised, px(3));
  const float share = float(std::fmin(2, std::fmax(0, ratio))) / 2;
  const float x = at.x + width * share, middle = at.x + width / 2;
  list.AddRectFilled({std::fmin(x, middle), at.y}, {std::fmax(x, middle), at.y + height},
                     off ? colors.warning : colors.good);
  list.AddLine({middle, at.y - px(2)}, {middle, at.y + height + px(2)}, colors.text, px(1));
  ImGui::Dummy({width, height});
  if (preview.levels.empty()) return;
  const OffLevel places = off_level(patches_of(preview.levels));
  if (places.too_clean + places.too_noisy == 0) return;
  const bool clean = places.too_clean >= places.too_noisy;
  caption(fmt::format("{:.0f} % of it too {}", 100 * std::max(places.too_clean, places.too_noisy),
                      clean ? "clean" : "noisy"));
  tooltip(
      "A small network looks at each patch of 4 x 4 pixels: how noisy is it? On the picture blue "
      "ones look cleaner than this step expects, red ones noisier.");
}

void noise_of_edit(const View& view, Ui& ui, bool roomy, Commands& out) {
  static constexpr const char* kLabels[] = {"Implied", "Fresh"};
  const Branch* branch = find_branch(view, ui.playhead.branch);
  if (branch && has_severity(branch->start.degradation))
    return void(ui.noise = NoiseSource::kImplied);  // What was lost of it is all there is.
  if (roomy) text("Noise added back", colors.dim, Font::kCaption);
  int noise = int(ui.noise);
  if (segments("noise", noise, kLabels, -1)) ui.noise = NoiseSource(noise);
  tooltip(
      "The noise that is added back. Implied: (x - D) / sigma, the noise that is in the picture, "
      "so that the rest of it stays "
      "as it was. Fresh: newly drawn, so that the rest may become something else.");

  const Painting* painting = painting_here(view, ui);
  if (!painting || !paints_on(painting->layers, Surface::kNoisy)) return;
  if (const PreviewShown* answer = preview_of(view, painting->place)) noise_meter(*answer);
  if (plain_button("Put right", -1)) repaint_on_guess(view, ui, out);
  tooltip(
      "Paints the same on the guess instead, and adds the noise back: the level is then what the "
      "model expects.");
}

}  // namespace

void tools_panel(const View& view, Ui& ui, PictureRenderer&, Commands& out) {
  const bool roomy = ImGui::GetContentRegionAvail().y >= px(kRoomy);
  const ImGuiStyle& style = ImGui::GetStyle();
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {style.ItemSpacing.x, roomy ? px(8) : px(5)});
  if (roomy) heading(info_of(ui.tool).label);
  tool_buttons(view, ui, roomy, out);
  tool_settings(view, ui, roomy, out);
  survival_of_stroke(view, ui, roomy);
  undo_buttons(view, ui, out);

  heading("Resample");
  model_chip(view, ui, out);
  noise_of_edit(view, ui, roomy, out);
  fill_in_settings(view, ui, out);
  if (primary_button("Resample from here", -1, can_resample(view, ui))) resample(view, ui, out);
  tooltip(
      "Forks a new branch at this step: the model carries on from what you painted. Nothing is "
      "overwritten.",
      "R or Enter");
  if (roomy) layers_list(view, ui, out);
  ImGui::PopStyleVar();
}

}  // namespace stepwise::app
