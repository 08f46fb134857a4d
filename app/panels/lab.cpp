#include "panels/lab.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "panels/lab_words.h"
#include "panels/ui.h"

namespace stepwise::app {
namespace {

// What is here is of another data set.
void forget(LabUi& ui) {
  ui.test = ui.nearest = ui.answered = {};
  ui.test_index = ui.nearest_index = -1;
  ui.question = {};
}

void read_answers(const View& view, LabUi& ui) {
  if (std::exchange(ui.data, view.data_from) != view.data_from) forget(ui);
  if (view.fetched && view.fetched->test) {
    ui.test = view.fetched->picture;
    ui.test_index = view.fetched->index;
    ui.test_condition = {view.fetched->label};
  } else if (view.fetched) {
    ui.nearest = view.fetched->picture;
    ui.nearest_index = view.fetched->index;
  }
  const bool answered = view.inspected && ui.asked != kNoJob && view.inspected->job == ui.asked;
  if (answered)
    ui.answered = ui.question.picture;
  else if (!view.jobs.contains(ui.asked))
    ui.answered = {};  // It failed.
  ui.survey_stopped =
      ui.survey && !view.jobs.contains(ui.surveyed) && lab_survey(view, ui).size() < kSurveyLevels;
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

void inspect(const View& view, const LabQuestion& question, LabUi& ui, Commands& out) {
  if (question == ui.question || view.jobs.contains(ui.asked)) return;
  ui.question = question;
  out.push_back(Inspect{question.model, image_of(question.picture), question.condition,
                        question.sigma, question.seed});
  ui.asked = out.back().id;
}

SurveyQuestion survey_question(const View& view, const Ui& ui, const LabQuestion& question) {
  const ModelOpened* model = find_model(view, ui.model);
  const int classes = model ? int(model->class_names.size()) : 0;
  std::optional<Condition> told = ui.lab.condition;
  if (classes == 0 || (told && told->label >= classes)) told = Condition{};
  const auto step = std::bit_floor(std::uint64_t(std::max<std::int64_t>(0, question.model_step)));
  return {question.model, std::int64_t(step), told, view.data_from};
}

// Once there is something to see: the picture itself comes first.
void survey(const View& view, const SurveyQuestion& question, LabUi& ui, Commands& out) {
  const int count = std::min(kSurveyCount, view.data->test);
  if (question == ui.survey || count < 2 || !lab_answer(view, ui)) return;
  ui.survey = question;
  out.push_back(Survey{.model = question.model,
                       .told = question.told,
                       .sigmas = survey_levels(ui.sigma),
                       .count = count});
  ui.surveyed = out.back().id;
}

}  // namespace

std::vector<double> survey_levels(double sigma) {
  std::vector<double> levels;
  for (int i = 0; i < kSurveyLevels; ++i)
    levels.push_back(kLabSigma.min *
                     std::pow(kLabSigma.max / kLabSigma.min, double(i) / (kSurveyLevels - 1)));
  std::ranges::stable_sort(levels, {},
                           [&](double level) { return std::abs(std::log(level / sigma)); });
  return levels;
}

LabSubject lab_subject(const View& view, const Ui& ui) {
  const LabUi& lab = ui.lab;
  if (lab.shows_own && lab.own) return {lab.own, {}, lab.own_name};
  if (lab.from_test_set) {
    LabSubject subject{lab.test, lab.test_condition, ""};
    const int label = subject.condition.label.value_or(-1);
    if (lab.test && view.data && label >= 0 && label < int(view.data->class_names.size()))
      subject.class_words = view.data->class_names[std::size_t(label)];
    return subject;
  }
  const Playhead& at = ui.playhead;
  const Branch* branch = find_branch(view, at.branch);
  if (!branch) return {};
  const PictureAtStep end = lookup(view, at.branch, branch->steps(), at.picture);
  if (!end.noisy) return {};  // Not yet to the last bit.
  const Condition condition = condition_at(*branch, at.picture);
  const bool named = condition.label.has_value();
  return {end.guess, condition, named ? class_name(view, branch->start.model, condition) : ""};
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
  if (!ui.question.picture || !view.inspected || ui.asked == kNoJob) return nullptr;
  const bool same_picture = ui.answered == ui.question.picture;
  return view.inspected->job == ui.asked || same_picture ? &*view.inspected : nullptr;
}

std::span<const Surveyed> lab_survey(const View& view, const LabUi& ui) {
  if (ui.surveyed == kNoJob || view.survey.job != ui.surveyed) return {};
  return view.survey.levels;
}

const Surveyed* survey_nearby(const View& view, const LabUi& ui) {
  const std::span<const Surveyed> levels = lab_survey(view, ui);
  const auto nearest = std::ranges::min_element(levels, {}, [&](const Surveyed& level) {
    return std::abs(std::log(level.sigma / ui.sigma));
  });
  return nearest == levels.end() ? nullptr : &*nearest;
}

void update_lab(const View& view, Ui& all, Commands& out) {
  LabUi& ui = all.lab;
  read_answers(view, ui);
  const LabSubject subject = lab_subject(view, all);
  const LabQuestion question = lab_question(view, all, subject);
  const SurveyQuestion over_many = survey_question(view, all, question);
  if (ui.survey && over_many != *ui.survey) {  // What has come is about something else.
    ui.survey.reset();
    ui.surveyed = kNoJob;
  }
  if (subject.picture && lab_obstacle(view, all, subject).empty()) {
    inspect(view, question, ui, out);
    survey(view, over_many, ui, out);
  } else {
    ui.question = {};
  }
  fetch(view, ui, out);
}

}  // namespace stepwise::app
