#include <algorithm>
#include <array>
#include <cmath>

#include "panels/lab.h"
#include "panels/lab_parts.h"
#include "panels/terms.h"
#include "view/begin.h"
#include "widgets/form.h"

namespace stepwise::app {
namespace {

// A picture that has nothing to do with this one.
int another(int index, int count) {
  std::uint64_t z =
      (std::uint64_t(index) << 32) + std::uint64_t(ImGui::GetFrameCount()) + 0x9e3779b97f4a7c15;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return int((z ^ (z >> 31)) % std::uint64_t(std::max(1, count)));
}

void index_row(const View& view, LabUi& ui) {
  const int count = view.data ? view.data->test : 0;
  const float gap = ImGui::GetStyle().ItemInnerSpacing.x;
  begin_row("Picture");
  slider("Picture", ui.index, {0, std::max(1, count - 1)}, "%d", ImGui::CalcItemWidth());
  end_row("Which picture of the test set; the model has never seen these.");
  const float width = ImGui::GetContentRegionAvail().x;
  const float each = std::floor((width - 2 * gap) / 3);
  if (plain_button("Back", each)) --ui.index;
  ImGui::SameLine(0, gap);
  if (plain_button("Next", each)) ++ui.index;
  ImGui::SameLine(0, gap);
  if (plain_button("Random", width - 2 * (each + gap))) ui.index = another(ui.index, count);
  ui.index = std::clamp(ui.index, 0, std::max(0, count - 1));
}

void label_row(const View& view, ModelId id, LabUi& ui) {
  const ModelOpened* model = find_model(view, id);
  const int classes = model ? int(model->class_names.size()) : 0;
  if (classes == 0) return;
  std::vector<std::string> names{"Its own class", "Any (no class told)"};
  for (int i = 0; i < classes; ++i) names.push_back(class_name(view, id, {i}));
  std::optional<Condition>& told = ui.condition;
  int chosen = !told ? 0 : !told->label ? 1 : std::clamp(*told->label, 0, classes - 1) + 2;
  if (choice_row("Told class", chosen, names,
                 "What the model is told to see, and the ideal denoiser with it. A wrong class "
                 "shows how far they listen."))
    told = chosen == 0   ? std::nullopt
           : chosen == 1 ? std::optional<Condition>(Condition{})
                         : Condition{chosen - 2};
}

// To where pictures are made.
void begin_button(const View& view, Ui& ui) {
  const LabSubject subject = lab_subject(view, ui);
  if (plain_button("Begin with this picture", -1, bool(subject.picture))) {
    const LabUi& lab = ui.lab;
    const std::string name = lab.shows_own && lab.own ? lab.own_name
                             : lab.from_test_set      ? text_of("test picture ", lab.index)
                                                      : "sample";
    offer_picture(ui, subject.picture, name, subject.condition);
    ui.workspace = kWorkspaces.front().id;
  }
  tooltip("Takes it to the workspace Paint, where a new tree can begin with it.");
}

}  // namespace

void lab_subject_controls(const View& view, LabUi& lab) {
  static constexpr std::array<const char*, 3> kSources = {"test set", "sample", "file"};
  int source = lab.shows_own && lab.own ? 2 : lab.from_test_set ? 0 : 1;
  begin_row("Take from");
  const std::span sources(kSources.data(), lab.own ? 3 : 2);
  if (segments("from", source, sources, ImGui::CalcItemWidth())) {
    lab.shows_own = source == 2;
    if (source < 2) lab.from_test_set = source == 0;
  }
  end_row(
      "A real picture, the finished picture that the timeline stands on, or one that was opened.");
  if (source == 0 && view.data) index_row(view, lab);
}

void lab_noise_control(LabUi& lab) {
  begin_row("Noise level");
  slider("Noise level", lab.sigma, kLabSigma, "σ %.3g", ImGui::CalcItemWidth(), true, 48);
  end_row(help_of("σ", "The noise itself stays the same while you drag.").c_str());
}

void lab_more_controls(const View& view, Ui& ui) {
  heading("Try");
  label_row(view, ui.model, ui.lab);
  seed_row("New noise", ui.lab.seed,
           "Where the noise comes from. The next seed is other noise of the same level.");
}

void noise_lab_panel(const View& view, Ui& ui, PictureRenderer& pictures, Commands& out) {
  lab_noise_control(ui.lab);
  update_lab(view, ui, out);
  lab_pictures(view, ui, pictures, out);
  lab_errors(view, ui.lab);
}

void lab_panel(const View& view, Ui& ui, PictureRenderer& pictures, Commands& out) {
  lab_subject_controls(view, ui.lab);
  begin_button(view, ui);
  lab_more_controls(view, ui);
  lab_sentences(view, ui.lab);
  lab_nearest(view, ui.lab, pictures);
  lab_worsen(view, ui, pictures, out);
  lab_training(view, ui.lab.browse, pictures, out);
}

}  // namespace stepwise::app
