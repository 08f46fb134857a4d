#include "panels/combine.h"

#include <algorithm>
#include <vector>

#include "panels/ui.h"
#include "widgets/controls.h"
#include "widgets/ticks.h"

namespace stepwise::app {
namespace {

using Way = CombineUi::Way;

constexpr Range<double> kWeight{1, 4};
constexpr Range<double> kBoundary{0.05, 10};

// Whether the pictures of `small` are those of `large` with squares of pixels become one, or as
// large.
bool shrinks(const ModelOpened& small, const ModelOpened& large) {
  const int times = large.height / std::max(1, small.height);
  return times >= 1 && times * small.height == large.height && times * small.width == large.width;
}

// Those that draw the same kind of pictures, be they larger or smaller.
std::vector<const ModelOpened*> partners_of(const ModelOpened& model, const View& view) {
  std::vector<const ModelOpened*> partners;
  for (const ModelOpened& other : view.models)
    if (other.id != model.id && (shrinks(other, model) || shrinks(model, other)) &&
        other.channels == model.channels && other.class_names.size() == model.class_names.size())
      partners.push_back(&other);
  return partners;
}

const ModelOpened& partner_row(const char* label, const char* help, CombineUi& form,
                               const std::vector<const ModelOpened*>& partners) {
  const auto found = std::ranges::find(partners, form.other, &ModelOpened::id);
  const ModelOpened* chosen = found == partners.end() ? partners.front() : *found;
  begin_row(label);
  if (ImGui::BeginCombo("##other", chosen->name.c_str())) {
    for (const ModelOpened* model : partners)
      if (ImGui::Selectable(text_of(model->name, "##", model->id).c_str(), model == chosen))
        chosen = model;
    ImGui::EndCombo();
  }
  end_row(help);
  form.other = chosen->id;
  return *chosen;
}

Combine autoguidance(const ModelOpened& model, CombineUi& form,
                     const std::vector<const ModelOpened*>& partners) {
  caption("The model in use, led away from what a weaker one makes of the same picture.");
  const ModelOpened& weak = partner_row(
      "Away from",
      "A model of the same kind that is worse at it: an earlier snapshot of the run, or "
      "a smaller network.",
      form, partners);
  slider_row("Weight", form.weight, kWeight, "%.2f",
             "How far, w: D_weak + w (D - D_weak). 1 is the model in use by itself.");
  return {{model.id, weak.id},
          Autoguidance{form.weight},
          text_of(model.name, " away from ", weak.name, ", w ", format_number(form.weight))};
}

Combine experts(const ModelOpened& model, CombineUi& form,
                const std::vector<const ModelOpened*>& partners) {
  caption("One of them where there is much noise, the other where there is little.");
  slider_row(
      "Boundary", form.boundary, kBoundary, "σ %.2g",
      "The noise level at which one hands over to the other, σ. It can be moved later, on the "
      "ruler of the timeline.",
      true);
  const ModelOpened& other = partner_row(
      "Other", "It draws the details, unless its pictures are smaller: then the shapes.", form,
      partners);
  // What shows in large pixels comes first, whichever is in use.
  const bool other_first = other.height < model.height;
  const ModelOpened &above = other_first ? other : model, &below = other_first ? model : other;
  const bool stages = above.height < below.height;
  caption(text_of("Above it ", above.name, stages ? text_of(", in large pixels") : "",
                  "; below it ", below.name, "."));
  return {{above.id, below.id},
          Experts{{form.boundary}},
          text_of(above.name, " above σ ", format_number(form.boundary, 2), ", ", below.name)};
}

}  // namespace

void combine_form(const View& view, Ui& ui, Commands& out) {
  const ModelOpened* model = find_model(view, ui.model);
  if (!model) return;
  CombineUi& form = ui.combine;
  const auto partners = partners_of(*model, view);
  if (!form.open || partners.empty()) {
    form.open = plain_button("Combine ...", -1, !partners.empty());
    tooltip(partners.empty()
                ? "Open a second model of the same classes first: of pictures as large, or a "
                  "whole number of times as large."
                : "Makes one model of the one in use and another.");
    return;
  }
  static constexpr const char* kWays[] = {"Autoguide", "Experts"};
  int way = int(form.way);
  segments("way", way, kWays, -1);
  form.way = Way(way);
  Combine combine = form.way == Way::kAutoguide ? autoguidance(*model, form, partners)
                                                : experts(*model, form, partners);
  if (!primary_button("Combine", -1)) return;
  out.push_back(std::move(combine));
  form.open = false;
  ImGui::CloseCurrentPopup();
}

}  // namespace stepwise::app
