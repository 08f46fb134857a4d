#include <algorithm>
#include <cmath>
#include <utility>

#include "panels/lab.h"
#include "panels/panels.h"
#include "view/quantities.h"
#include "widgets/form.h"
#include "widgets/plot.h"
#include "widgets/ticks.h"

namespace stepwise::app {
namespace {

constexpr float kPlotHeight = 180;  // At least, in points.

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

void subject_rows(const View& view, LabUi& ui, Commands& out) {
  static constexpr std::array<const char*, 2> kSources = {"test set", "sample"};
  int source = ui.from_test_set ? 0 : 1;
  begin_row("Take from");
  if (segments("from", source, kSources, ImGui::CalcItemWidth())) ui.from_test_set = source == 0;
  end_row("A real picture, or the finished picture that the timeline stands on.");
  if (!ui.from_test_set) return;
  if (view.data) return index_row(view, ui);
  caption("No data set is open.");
  if (plain_button("Open Fashion-MNIST")) out.push_back(OpenData{});
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
                 "What the model is told to see. A wrong class shows how far it listens."))
    told = chosen == 0   ? std::nullopt
           : chosen == 1 ? std::optional<Condition>(Condition{})
                         : Condition{chosen - 2};
}

void noise_row(LabUi& ui) {
  begin_row("Noise level");
  slider("Noise level", ui.sigma, kLabSigma, "σ %.3g", ImGui::CalcItemWidth(), true, 48);
  end_row(
      "Standard deviation of the noise in units of the data, σ; the picture lies in [-1, 1]. "
      "The "
      "noise itself stays the same while you drag.");
}

// What is told and drawn, for those who want to know more.
void more_rows(const View& view, ModelId model, LabUi& ui) {
  heading("Try");
  label_row(view, model, ui);
  seed_row("New noise", ui.seed,
           "Where the noise comes from. The next seed is other noise of the same level.");
}

std::string error_words(double error) { return "error " + format_number(error, 2); }

Shown shown(const Picture& picture) {
  Shown s;
  s.plus = picture;
  return s;
}

// How many stand in a row, and how large: four across or two by two, whichever is larger. Where
// both are small, two by two as wide as they can be: what is below is scrolled to.
std::pair<int, float> tile_size(float gap) {
  const ImVec2 room = ImGui::GetContentRegionAvail();
  const float words = ImGui::GetTextLineHeightWithSpacing() + gap;
  const float height = room.y - px(kPlotHeight) - gap;
  const float four = std::min((room.x - 3 * gap) / 4, height - words);
  const float two = std::min((room.x - gap) / 2, height / 2 - words);
  if (std::max(four, two) < px(96)) return {2, std::floor((room.x - gap) / 2)};
  return {two >= four ? 2 : 4, std::floor(std::max(four, two))};
}

void tiles(const View& view, ModelId model, const LabUi& ui, const LabSubject& subject,
           PictureRenderer& pictures) {
  const InspectedShown* a = lab_answer(view, ui);
  const float gap = ImGui::GetStyle().ItemSpacing.x;
  const auto [across, size] = tile_size(gap);
  Shown noisy = shown(a ? a->noisy : Picture{});
  if (a) noisy.range = noisy_range(a->answer.sigma);
  const std::string label =
      subject.condition.label ? class_name(view, model, subject.condition) : "";
  picture_tile(pictures, shown(subject.picture), size, "Clean", label, "The picture as it is: y.");
  ImGui::SameLine(0, gap);
  picture_tile(pictures, noisy, size, "Noisy", a ? "σ " + format_number(a->answer.sigma) : "",
               "What the model gets to see: x = y + σ noise.");
  if (across == 4) ImGui::SameLine(0, gap);
  picture_tile(pictures, shown(a ? a->guess : Picture{}), size, "Model's guess",
               a ? error_words(a->answer.guess_error) : "",
               "The model's guess of the clean picture, D(x, σ), and its distance to it (RMS).");
  ImGui::SameLine(0, gap);
  picture_tile(
      pictures, shown(a ? a->ideal : Picture{}), size, "Ideal guess",
      a ? error_words(a->answer.ideal_error) : "",
      "The best guess for someone who knows all training pictures by heart and nothing else, "
      "E[y | x], and its distance to the clean picture (RMS).");
}

void nearest_row(const View& view, const LabUi& ui, PictureRenderer& pictures) {
  const InspectedShown* a = lab_answer(view, ui);
  if (!a || a->answer.nearest < 0) return;
  const bool here = ui.nearest_index == a->answer.nearest;
  picture_tile(pictures, shown(here ? ui.nearest : Picture{}), px(56), "", "");
  ImGui::SameLine();
  ImGui::BeginGroup();
  ImGui::Dummy({0, px(4)});
  text("Nearest training picture", colors.dim, Font::kCaption);
  text(text_of("number ", format_count(a->answer.nearest), ", weight ",
               format_number(100 * a->answer.nearest_weight, 3), " %"));
  ImGui::EndGroup();
  tooltip(
      "The training picture with the largest share in the ideal guess: softmax of -|x - y|² / (2 "
      "σ²).");
}

void error_plot(LabUi& ui) {
  Plot plot;
  plot.title = "Error of one look (RMS)";
  plot.x_name = "σ";
  plot.empty = "Drag the noise level: the errors met on the way are collected here.";
  plot.y_from_zero = true;
  plot.lines = {{"model", ui.curve.sigma, ui.curve.guess, hue(0), 1.5f, true},
                {"ideal", ui.curve.sigma, ui.curve.ideal, hue(2), 1.5f, true}};
  const float room = ImGui::GetContentRegionAvail().y;
  draw_plot("errors", {0, std::max(px(kPlotHeight), room)}, plot, ui.plot);
}

}  // namespace

void noise_lab_panel(const View& view, Ui& ui, PictureRenderer& pictures, Commands& out) {
  LabUi& lab = ui.lab;
  noise_row(lab);
  update_lab(view, ui, out);
  tiles(view, ui.model, lab, lab_subject(view, lab, ui.playhead), pictures);
  error_plot(lab);
}

void lab_panel(const View& view, Ui& ui, PictureRenderer& pictures, Commands& out) {
  LabUi& lab = ui.lab;
  subject_rows(view, lab, out);
  if (!lab.from_test_set && !lab_subject(view, lab, ui.playhead).picture)
    caption("The picture under the playhead is not finished yet.", colors.warning);
  more_rows(view, ui.model, lab);
  if (const InspectedShown* answer = lab_answer(view, lab)) caption(lab_verdict(answer->answer));
  nearest_row(view, lab, pictures);
}

}  // namespace stepwise::app
