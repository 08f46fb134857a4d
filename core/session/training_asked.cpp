// What a run in training is asked for between two steps.
#include "data/corrections.h"
#include "error.h"
#include "session/levels_looked_at.h"
#include "session/training_job.h"
#include "training/marks.h"

namespace stepwise {
namespace {

std::string words_of_both(const std::string& a, const std::string& b) {
  return a.empty() || b.empty() ? a + b : a + ", " + b;
}

}  // namespace

SharedModel TrainingJob::model_at(std::int64_t step) const {
  return model_.at(mark_at(folder_, step), trainer_);
}

SharedModel TrainingJob::model_to_look_at(std::int64_t step, const Emit& emit) const {
  try {
    return model_at(step);
  } catch (const Error& e) {
    emit(Warning{text_of(e.what(), " The pictures are shown by the newest weights.")});
    return nullptr;
  }
}

LevelsLookedAt TrainingJob::look_at(const LookAtLevels& asked, const Emit& emit) {
  SampleSettings settings = trainer_.defaults();
  settings.guidance = 1;
  const SharedModel then = asked.at ? model_to_look_at(*asked.at, emit) : nullptr;
  LevelsLookedAt told =
      looked_at_levels(asked.bin, trainer_.recipe(), then ? *asked.at : trainer_.steps(),
                       then ? *then : *model(), settings, data_->test);
  told.at_mark = bool(then);
  return told;
}

void TrainingJob::change(const ChangeTraining& c, const Emit& emit) {
  if (!running_) return;
  const Recipe before = trainer_.recipe(), recipe = changed_in_training(before, c.changes);
  const double multiplier = c.multiplier.value_or(trainer_.multiplier());
  kMultiplier.check("The learning rate's multiplier", multiplier);
  const auto data = c.corrections ? corrected(data_, *c.corrections) : data_;
  const std::string words =
      words_of_both(words_of_change(trainer_.multiplier(), multiplier, before, recipe),
                    words_of_change(data_->source.corrections, data->source.corrections));
  if (words.empty()) return;
  require((recipe == before && data == data_) || trainer_.alone(),
          "Several processes train this run together, and all must have one recipe and one data "
          "set: nothing but its learning rate can change. Stop it, and go on from a mark.");
  or_fail(emit, [&] {
    add_mark(words, emit);
    trainer_.scale_learning_rate(multiplier);
    trainer_.change(recipe);
    if (data != data_) trainer_.learn_from(*data);
    data_ = data;
    report(emit);
  });
  tell_marks(emit);
}

void TrainingJob::tell_marks(const Emit& emit) const {
  emit(TrainingMarked{folder_, trainer_.recipe(), marks_.all(), data_->source.corrections});
}

void TrainingJob::mark(const Emit& emit) {
  if (!running_) return;
  or_fail(emit, [&] { add_mark("", emit); });
  tell_marks(emit);
}

void TrainingJob::add_mark(const std::string& change, const Emit& emit) {
  keep(trainer_.collect());  // Where the run itself is at fault, this says so.
  marks_.add(trainer_, change, emit);
}

}  // namespace stepwise
