#include "panels/lab.h"

#include <algorithm>
#include <cmath>

#include "panels/ui.h"
#include "widgets/ticks.h"

namespace stepwise::app {
namespace {

constexpr double kCurveResolution = 50;  // Points per unit of ln sigma: bounds the curve.

// The same but for the noise level.
bool same_curve(LabQuestion a, const LabQuestion& b) {
  a.sigma = b.sigma;
  return a == b;
}

void add_to_curve(ErrorCurve& curve, const LabQuestion& of, const Inspected& answer) {
  if (!same_curve(curve.of, of)) curve = {.of = of, .sigma = {}, .guess = {}, .ideal = {}};
  const double key =
      std::exp(std::round(std::log(answer.sigma) * kCurveResolution) / kCurveResolution);
  const auto place = std::lower_bound(curve.sigma.begin(), curve.sigma.end(), key * (1 - 1e-9));
  const auto i = place - curve.sigma.begin();
  if (place == curve.sigma.end() || *place > key * (1 + 1e-9)) {
    curve.sigma.insert(place, key);
    curve.guess.insert(curve.guess.begin() + i, 0.f);
    curve.ideal.insert(curve.ideal.begin() + i, 0.f);
  }
  curve.guess[std::size_t(i)] = float(answer.guess_error);
  curve.ideal[std::size_t(i)] = float(answer.ideal_error);
}

void read_answers(const View& view, LabUi& ui) {
  if (view.fetched && view.fetched->test) {
    ui.test = view.fetched->picture;
    ui.test_index = view.fetched->index;
    ui.test_condition = {view.fetched->label};
  } else if (view.fetched) {
    ui.nearest = view.fetched->picture;
    ui.nearest_index = view.fetched->index;
  }
  const bool answered = view.inspected && ui.asked != kNoJob && view.inspected->job == ui.asked;
  if (answered) add_to_curve(ui.curve, ui.question, view.inspected->answer);
}

// The picture that is missing most: the one to inspect, then the nearest of training.
std::optional<FetchPicture> missing(const View& view, const LabUi& ui) {
  if (!view.data) return std::nullopt;
  if (ui.from_test_set && ui.test_index != ui.index && ui.index < view.data->test)
    return FetchPicture{ui.index, true};
  const InspectedShown* answer = lab_answer(view, ui);
  if (answer && answer->answer.nearest >= 0 && answer->answer.nearest != ui.nearest_index)
    return FetchPicture{answer->answer.nearest, false};
  return std::nullopt;
}

void fetch(const View& view, LabUi& ui, Commands& out) {
  const auto wish = missing(view, ui);
  if (!wish || view.jobs.contains(ui.fetching)) return;
  out.push_back(*wish);
  ui.fetching = out.back().id;
}

}  // namespace

LabSubject lab_subject(const View& view, const LabUi& ui, const Playhead& playhead) {
  if (ui.from_test_set)
    return ui.test_index == ui.index ? LabSubject{ui.test, ui.test_condition} : LabSubject{};
  const Branch* branch = find_branch(view, playhead.branch);
  if (!branch) return {};
  const PictureAtStep end = lookup(view, playhead.branch, branch->steps(), playhead.picture);
  if (!end.noisy) return {};  // Not yet to the last bit.
  return {end.guess, condition_at(*branch, playhead.picture)};
}

LabQuestion lab_question(const View& view, const Ui& ui, const LabSubject& subject) {
  const ModelOpened* model = find_model(view, ui.model);
  const auto& galleries = view.training.galleries;
  Condition condition = ui.lab.condition.value_or(subject.condition);
  const int classes = model ? int(model->class_names.size()) : 0;
  if (condition.label && *condition.label >= classes) condition.label.reset();
  return {.picture = subject.picture,
          .condition = condition,
          .sigma = std::clamp(ui.lab.sigma, kLabSigma.min, kLabSigma.max),
          .seed = ui.lab.seed,
          .model = ui.model,
          .model_step = model && model->live && !galleries.empty() ? galleries.back().step : 0};
}

const InspectedShown* lab_answer(const View& view, const LabUi& ui) {
  // An older answer about the same picture stays on screen while the next one is on its way.
  if (!view.inspected || ui.asked == kNoJob) return nullptr;
  const bool same_picture = ui.curve.of.picture == ui.question.picture;
  return view.inspected->job == ui.asked || same_picture ? &*view.inspected : nullptr;
}

void update_lab(const View& view, Ui& all, Commands& out) {
  LabUi& ui = all.lab;
  read_answers(view, ui);
  const LabQuestion question = lab_question(view, all, lab_subject(view, ui, all.playhead));
  const bool waiting = view.jobs.contains(ui.asked);
  const bool ready = question.picture && find_model(view, all.model) && view.data;
  if (ready && question != ui.question && !waiting) {
    ui.question = question;
    out.push_back(Inspect{question.model, image_of(question.picture), question.condition,
                          question.sigma, question.seed});
    ui.asked = out.back().id;
  }
  fetch(view, ui, out);
}

std::string lab_verdict(const Inspected& a) {
  if (a.sigma >= 20)
    return "So much noise that hardly anything of the picture is left: the best guess is the mean "
           "of all.";
  if (a.guess_error < a.ideal_error && a.nearest_weight > 0.5)
    return text_of("The ideal denoiser takes it for one training picture (weight ",
                   format_number(100 * a.nearest_weight, 2),
                   " %); the model has not seen this one either, but gets closer: it generalises.");
  if (a.guess_error < a.ideal_error)
    return "The model gets closer than the ideal denoiser, which only knows how to mix training "
           "pictures.";
  if (a.sigma <= 0.05) return "So little noise that there is hardly anything to remove.";
  const double worse = a.ideal_error > 0 ? 100 * (a.guess_error / a.ideal_error - 1) : 0;
  return text_of("The model's guess is ", format_number(worse, 2),
                 " % further from the picture than the ideal denoiser's.");
}

}  // namespace stepwise::app
