// Which captions a model disputes: pictures with what they are said to be and what it would say.
#include <algorithm>

#include "error.h"
#include "panels/corrected.h"
#include "panels/job_bar.h"
#include "panels/runs_parts.h"
#include "widgets/form.h"
#include "widgets/image_grid.h"
#include "widgets/ticks.h"

namespace stepwise::app {
namespace {

// "Told the class, it errs 12 % less at σ 2, and 1 % less at σ 0.25."
std::string effect_words(const std::vector<ClassEffect>& effects) {
  const auto [least, most] = std::ranges::minmax(effects, {}, &ClassEffect::effect);
  const auto at = [](const ClassEffect& e) {
    return format_percent(e.effect) + " at σ " + format_number(e.sigma, 2);
  };
  return text_of("Telling it the class takes away ", at(most), " of its squared error, and ",
                 at(least), ".");
}

// Those that can be set right: of the data set that is open.
bool can_be_corrected(const View& view) {
  const JobId of = view.captions.answer.data;
  return view.data && of != kNoJob && of == view.data_from;
}

bool is_taken(const Doubt& doubt, const Correction& now) { return now.label == doubt.believed; }

// What a press does, and what it has done.
std::string press_words(const View& view, const Doubt& doubt) {
  if (!can_be_corrected(view)) return "\nIt can be set right while its data set is open.";
  const Correction now = corrected(view, doubt.index);
  return corrected_words(view, now) +
         (is_taken(doubt, now) ? "\nA press takes that back."
                               : "\nA press sets it to " + data_class(view, doubt.believed) + ".");
}

std::string words_for(const View& view, const Doubt& doubt) {
  return text_of("Said to be: ", data_class(view, doubt.told),
                 "\nRather: ", data_class(view, doubt.believed), "\nIts squared error is ",
                 format_percent(doubt.margin), " smaller then. Training picture ", doubt.index, ".",
                 press_words(view, doubt));
}

// It is what the model believes from now on, or what it was said to be again.
void press(const View& view, const Doubt& doubt, Commands& out) {
  Correction next = corrected(view, doubt.index);
  next.label = is_taken(doubt, next) ? doubt.told : doubt.believed;
  post_correction(view, next, out);
}

void doubts(const View& view, PictureRenderer& pictures, Commands& out) {
  const CaptionsShown& shown = view.captions;
  const std::vector<Doubt>& all = shown.answer.review.doubts;
  ImageGrid grid;
  grid.count = shown.pictures ? shown.pictures->count() : 0;
  if (grid.count == 0) return;
  grid.gap = px(3);
  spread_grid(grid, 5);
  grid.picture = [&](int k) { return Shown{.plus = picture_at(shown.pictures, k)}; };
  grid.help = [&](int k) { return words_for(view, all[std::size_t(k)]); };
  const bool can = can_be_corrected(view);
  if (can)
    grid.more = [&](int k, ImVec2 corner) {
      corrected_mark(corrected(view, all[std::size_t(k)].index), corner, grid.tile);
    };
  const int pressed = image_grid("doubts", grid, pictures);
  if (can && pressed >= 0) press(view, all[std::size_t(pressed)], out);
  if (can)
    caption(
        "A press takes what the model believes, a second one takes that back. The next run learns "
        "from it. All pictures are in Lab, below Pictures to learn from.");
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
  doubts(view, pictures, out);
}

}  // namespace stepwise::app
