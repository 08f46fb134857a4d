// One picture made worse in every way that a model can learn to undo.
#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "panels/lab.h"
#include "panels/lab_parts.h"
#include "widgets/form.h"

namespace stepwise::app {
namespace {

void ask(const View& view, const WorsenQuestion& question, LabUi& ui, Commands& out) {
  if (question == ui.worsen || view.jobs.contains(ui.worsening)) return;
  ui.worsen = question;
  out.push_back(Worsen{image_of(question.picture), {question.severity}, question.seed});
  ui.worsening = out.back().id;
}

void tiles(const std::vector<Picture>& pictures, PictureRenderer& renderer) {
  constexpr int kInRow = 3;
  const float gap = ImGui::GetStyle().ItemSpacing.x;
  const float size = std::floor((ImGui::GetContentRegionAvail().x - (kInRow - 1) * gap) / kInRow);
  for (std::size_t i = 0; i < kDegradations.size(); ++i) {
    if (i % kInRow != 0) ImGui::SameLine(0, gap);
    const Picture picture = i < pictures.size() ? pictures[i] : Picture{};
    picture_tile(renderer, Shown{picture}, size, std::string(kDegradations[i].label), "",
                 kDegradations[i].help.data());
  }
}

}  // namespace

void lab_worsen(const View& view, Ui& ui, PictureRenderer& pictures, Commands& out) {
  LabUi& lab = ui.lab;
  heading("Other ways to make it worse");
  slider_row("Severity", lab.severity, kSeverity, "%.2f",
             "How much worse this picture is made here: 0 is the picture itself, 1 the most.");
  const Picture picture = lab_subject(view, ui).picture;
  if (picture) ask(view, {picture, lab.severity, lab.seed}, lab, out);
  // The answer to the severity before stays until the next one is there.
  const bool of_this = picture && picture == lab.worsen.picture;
  tiles(of_this ? view.worsened.pictures : std::vector<Picture>(), pictures);
  caption(
      "A model can learn to undo any of them: choose the recipe blur, low-resolution or blocks "
      "in Train (F2), or set degradation there.");
}

}  // namespace stepwise::app
