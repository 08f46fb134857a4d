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
  out.push_back(
      Worsen{image_of(question.picture), {question.severity}, question.seed, question.stacks});
  ui.worsening = out.back().id;
}

// Those that are in use: what the model undoes, and what the recipe on screen does.
std::vector<DegradationStack> stacks_in_use(const View& view, const Ui& ui) {
  std::vector<DegradationStack> stacks;
  const auto add = [&](const DegradationStack& stack) {
    if (stack.families().size() > 1 && std::ranges::find(stacks, stack) == stacks.end())
      stacks.push_back(stack);
  };
  if (const ModelOpened* model = find_model(view, ui.model)) add(model->degradation);
  add(ui.train.recipe.degradation);
  return stacks;
}

// `shown`: as far as they are there.
void tiles(const std::vector<DegradationStack>& ways, const std::vector<Picture>& shown,
           PictureRenderer& renderer) {
  constexpr int kInRow = 3;
  const float gap = ImGui::GetStyle().ItemSpacing.x;
  const float size = std::floor((ImGui::GetContentRegionAvail().x - (kInRow - 1) * gap) / kInRow);
  for (std::size_t i = 0; i < ways.size(); ++i) {
    if (i % kInRow != 0) ImGui::SameLine(0, gap);
    const Picture picture = i < shown.size() ? shown[i] : Picture{};
    picture_tile(renderer, Shown{picture}, size, shortened(label_of(ways[i]), size), "",
                 help_of(ways[i]).c_str());
  }
}

// The pictures of the newest answer that are of this picture and these stacks.
std::vector<Picture> fitting(const WorsenedShown& answer, const WorsenQuestion& asked,
                             const Picture& picture, const std::vector<DegradationStack>& stacks) {
  if (!picture || picture != asked.picture) return {};
  std::vector<Picture> shown = answer.pictures;
  if (answer.stacks != stacks) shown.resize(std::min(shown.size(), kDegradations.size()));
  return shown;
}

}  // namespace

void lab_worsen(const View& view, Ui& ui, PictureRenderer& pictures, Commands& out) {
  LabUi& lab = ui.lab;
  heading("Other ways to make it worse");
  slider_row("Severity", lab.severity, kSeverity, "%.2f",
             "How much worse this picture is made here: 0 is the picture itself, 1 the most.");
  const Picture picture = lab_subject(view, ui).picture;
  const std::vector<DegradationStack> stacks = stacks_in_use(view, ui);
  if (picture) ask(view, {picture, lab.severity, lab.seed, stacks}, lab, out);
  std::vector<DegradationStack> ways;
  for (const DegradationName& family : kDegradations) ways.push_back(family.kind);
  ways.insert(ways.end(), stacks.begin(), stacks.end());
  // The answer to the severity before stays until the next one is there.
  tiles(ways, fitting(view.worsened, lab.worsen, picture, stacks), pictures);
  caption(
      "A model can learn to undo any of them: choose the recipe blur, low-resolution, blocks or "
      "text in Train (F2), or set degradation there, to several one after the other if you like.");
}

}  // namespace stepwise::app
