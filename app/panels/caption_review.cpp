// Which captions a model disputes: pictures with what they are said to be and what it would say.
#include <algorithm>
#include <cmath>

#include "error.h"
#include "panels/job_bar.h"
#include "panels/runs_parts.h"
#include "widgets/form.h"
#include "widgets/image_grid.h"
#include "widgets/ticks.h"

namespace stepwise::app {
namespace {

std::string name_of(const View& view, int label) {
  if (view.data && std::size_t(label) < view.data->class_names.size())
    return view.data->class_names[std::size_t(label)];
  return text_of("class ", label);
}

// "Told the class, it errs 12 % less at σ 2, and 1 % less at σ 0.25."
std::string effect_words(const std::vector<ClassEffect>& effects) {
  const auto [least, most] = std::ranges::minmax(effects, {}, &ClassEffect::effect);
  const auto at = [](const ClassEffect& e) {
    return format_percent(e.effect) + " at σ " + format_number(e.sigma, 2);
  };
  return text_of("Telling it the class takes away ", at(most), " of its squared error, and ",
                 at(least), ".");
}

std::string words_for(const View& view, const Doubt& doubt) {
  return text_of("Said to be: ", name_of(view, doubt.told),
                 "\nRather: ", name_of(view, doubt.believed), "\nIts squared error is ",
                 format_percent(doubt.margin), " smaller then. Training picture ", doubt.index,
                 ".");
}

void doubts(const View& view, PictureRenderer& pictures) {
  const CaptionsShown& shown = view.captions;
  ImageGrid grid;
  grid.count = shown.pictures ? shown.pictures->count() : 0;
  if (grid.count == 0) return;
  grid.gap = px(3);
  grid.columns = 5;
  const float room = ImGui::GetContentRegionAvail().x;
  grid.tile = std::floor((room + grid.gap) / float(grid.columns)) - grid.gap;
  grid.picture = [&](int k) { return Shown{.plus = picture_at(shown.pictures, k)}; };
  grid.help = [&](int k) { return words_for(view, shown.answer.review.doubts[std::size_t(k)]); };
  image_grid("doubts", grid, pictures);
}

}  // namespace

void caption_review(const View& view, Ui& ui, PictureRenderer& pictures, Commands& out) {
  heading("Captions it doubts");
  if (const auto job = view.jobs.find(ui.runs.review); job != view.jobs.end()) {
    job_bar(job->second);
    if (plain_button("Stop asking", -1)) out.push_back(Cancel{job->first});
    return;
  }
  const ModelOpened* model = find_model(view, ui.model);
  if (plain_button("Ask it", -1, model && model->class_names.size() > 1))
    ui.runs.review = out.emplace_back(ReviewCaptions{.model = ui.model}).id;
  tooltip(
      "Tells it each class in turn of 200 training pictures under noise. The class with which "
      "it errs least is what it takes the picture for.");
  failure_caption(view, ui.runs.review);
  if (view.captions.job == kNoJob)
    return caption(
        "Labels are often wrong: a model that has learned from many finds those that "
        "stand out.");
  const CaptionReview& review = view.captions.answer.review;
  caption(text_of(view.captions.answer.model, " disputes ", review.disputed, " of ", review.count,
                  ". ", review.effects.empty() ? "" : effect_words(review.effects)),
          colors.text);
  doubts(view, pictures);
}

}  // namespace stepwise::app
