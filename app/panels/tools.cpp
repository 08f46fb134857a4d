#include <fmt/core.h>

#include <cmath>
#include <span>

#include "first_of.h"
#include "panels/models.h"
#include "panels/panels.h"
#include "view/edits.h"
#include "view/quantities.h"
#include "view/survival.h"
#include "widgets/controls.h"

namespace stepwise::app {
namespace {

constexpr float kRoomy = 470;  // Points high: there is room for the sample of the brush too.
constexpr float kOffLevel =
    0.05f;  // Noise levels nearer than this share of each other are the same.

void tool_buttons(Ui& ui) {
  static_assert(kTools.size() % 2 == 0);
  const float spacing = ImGui::GetStyle().ItemSpacing.y;
  std::array<const char*, kTools.size()> labels;
  for (std::size_t i = 0; i < kTools.size(); ++i) labels[i] = kTools[i].label;
  const auto line = [](const ToolInfo& tool) {
    return text_of(tool.label, " (", tool.key, "): ", tool.help);
  };
  const std::string help = joined(kTools, line, "\n");
  // Two in a row: the column is narrow.
  for (int first = 0; first < int(labels.size()); first += 2) {
    int chosen = int(ui.tool) - first;
    const auto row = std::span(labels).subspan(std::size_t(first), 2);
    if (segments(labels[std::size_t(first)], chosen, row, -1)) ui.tool = Tool(first + chosen);
    tooltip(help.c_str());
    if (first == 0) ImGui::SetCursorPosY(ImGui::GetCursorPosY() - spacing + px(2));
  }
}

// The grey the brush paints, and its edge, in a small square.
void brush_sample(const Brush& brush) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x, height = px(44);
  list.AddRectFilled(at, {at.x + width, at.y + height}, IM_COL32(128, 128, 128, 255), px(4));
  const int grey = int(std::lround(127.5f * (brush.value + 1)));
  const ImU32 ink = IM_COL32(grey, grey, grey, 255);
  const ImVec2 middle{at.x + width / 2, at.y + height / 2};
  const float radius = std::fmin(px(18), px(2) + brush.size * px(1.5f));
  constexpr int kRings = 6;
  for (int i = 0; i < kRings; ++i) {
    const float share = 1 - brush.softness * float(i) / kRings;
    list.AddCircleFilled(middle, radius * share, faded(ink, brush.softness > 0.02f ? 0.4f : 1), 32);
  }
  ImGui::Dummy({width, height});
}

void brush_settings(Ui& ui) {
  tall_slider("Value", ui.brush.value, kBrushValue, "%.2f",
              "What the brush paints: -1 is black, 1 is white. Alt+click on the picture picks it.");
  tall_slider("Size", ui.brush.size, kBrushSize, "%.0f px",
              "Diameter in pixels of the picture. Keys [ and ], or Ctrl+wheel.");
  tall_slider("Softness", ui.brush.softness, kBrushSoftness, "%.2f",
              "How much of the radius fades out: 0 is a hard edge.");
}

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
}

void noise_of_edit(const View& view, Ui& ui, Commands& out) {
  static constexpr const char* kLabels[] = {"Implied", "Fresh"};
  text("Noise added back", colors.dim, Font::kCaption);
  int noise = int(ui.noise);
  if (segments("noise", noise, kLabels, -1)) ui.noise = NoiseSource(noise);
  tooltip(
      "Implied: (x - D) / sigma, the noise that is in the picture, so that the rest of it stays "
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
  heading("Paint");
  tool_buttons(ui);
  if (roomy) brush_sample(ui.brush);
  brush_settings(ui);
  survival_of_stroke(view, ui, roomy);
  undo_buttons(view, ui, out);

  heading("Resample");
  model_chip(view, ui, out);
  noise_of_edit(view, ui, out);
  if (primary_button("Resample from here", -1, can_resample(view, ui))) resample(view, ui, out);
  tooltip(
      "Forks a new branch at this step: the model carries on from what you painted. Nothing is "
      "overwritten.",
      "R or Enter");
  ImGui::PopStyleVar();
}

}  // namespace stepwise::app
