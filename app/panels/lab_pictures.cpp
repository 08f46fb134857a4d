#include <algorithm>
#include <cmath>
#include <utility>

#include "panels/lab.h"
#include "panels/lab_parts.h"
#include "panels/lab_words.h"
#include "view/quantities.h"
#include "widgets/form.h"
#include "widgets/ticks.h"

namespace stepwise::app {
namespace {

std::string error_words(double error) { return "error " + format_number(error, 2); }

const char* ideal_help(const InspectedShown* a) {
  return a && a->answer.known.label
             ? "The best guess for someone who is told the class and knows its training pictures "
               "by heart and nothing else, E[y | x, class], and its distance to the clean picture "
               "(RMS)."
             : "The best guess for someone who knows all training pictures by heart and nothing "
               "else, E[y | x], and its distance to the clean picture (RMS).";
}

// How many stand in a row, and how large: four across or two by two, whichever is larger. Where
// both are small, two by two as wide as they can be: what is below is scrolled to.
std::pair<int, float> tile_size(float gap) {
  const ImVec2 room = ImGui::GetContentRegionAvail();
  const float words = ImGui::GetTextLineHeightWithSpacing() + gap;
  const float height = room.y - px(kErrorsHeight) - gap;
  const float four = std::min((room.x - 3 * gap) / 4, height - words);
  const float two = std::min((room.x - gap) / 2, height / 2 - words);
  if (std::max(four, two) < px(96)) return {2, std::floor((room.x - gap) / 2)};
  return {two >= four ? 2 : 4, std::floor(std::max(four, two))};
}

void tiles(const LabSubject& subject, const InspectedShown* a, PictureRenderer& pictures) {
  const float gap = ImGui::GetStyle().ItemSpacing.x;
  const auto [across, size] = tile_size(gap);
  const float used = float(across) * (size + gap) - gap;
  const float aside = std::max(1.f, std::floor((ImGui::GetContentRegionAvail().x - used) / 2));
  ImGui::Indent(aside);
  Shown noisy{a ? a->noisy : Picture{}};
  if (a) noisy.range = noisy_range(a->answer.sigma);
  picture_tile(pictures, Shown{subject.picture}, size, "Clean", subject.class_words,
               "The picture as it is: y.");
  ImGui::SameLine(0, gap);
  picture_tile(pictures, noisy, size, "Noisy", a ? "σ " + format_number(a->answer.sigma) : "",
               "What the model gets to see: x = y + σ noise.");
  if (across == 4) ImGui::SameLine(0, gap);
  picture_tile(pictures, Shown{a ? a->guess : Picture{}}, size, "Model",
               a ? error_words(a->answer.guess_error) : "",
               "The model's guess of the clean picture, D(x, σ), and its distance to it (RMS).");
  ImGui::SameLine(0, gap);
  picture_tile(pictures, Shown{a ? a->ideal : Picture{}}, size, "Ideal",
               a ? error_words(a->answer.ideal_error) : "", ideal_help(a));
  ImGui::Unindent(aside);
}

// Of the data set that the model was trained on; of any, where none is open.
void open_button(const View& view, const ModelOpened* model, Commands& out) {
  DataSource source;
  std::string name = "Fashion-MNIST";
  if (model && model->source)
    source = *model->source, name = model->data;
  else if (view.data)
    return;
  if (view.data && view.data->name == name) return;
  source.corrections = {};
  source.by_hand = true;
  if (plain_button(("Open " + name).c_str())) out.push_back(OpenData{source});
}

}  // namespace

void lab_pictures(const View& view, const Ui& ui, PictureRenderer& pictures, Commands& out) {
  const LabSubject subject = lab_subject(view, ui);
  const std::string obstacle = lab_obstacle(view, ui, subject);
  if (obstacle.empty()) return tiles(subject, lab_answer(view, ui.lab), pictures);
  caption(obstacle, colors.warning);
  open_button(view, find_model(view, ui.model), out);
}

void lab_sentences(const View& view, const LabUi& lab) {
  const InspectedShown* shown = lab_answer(view, lab);
  if (!shown) return;
  caption(lab_glance(shown->answer));
  if (const Surveyed* level = survey_nearby(view, lab))
    caption(lab_verdict(*level, lab.survey ? lab.survey->told : std::nullopt), colors.text);
  const std::string note = lab_class_note(lab.question.condition, shown->answer.known);
  if (!note.empty()) caption(note);
}

void lab_nearest(const View& view, const LabUi& lab, PictureRenderer& pictures) {
  const InspectedShown* a = lab_answer(view, lab);
  if (!a || a->answer.nearest < 0) return;
  const bool here = lab.nearest_index == a->answer.nearest;
  picture_tile(pictures, Shown{here ? lab.nearest : Picture{}}, px(56), "", "");
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

}  // namespace stepwise::app
