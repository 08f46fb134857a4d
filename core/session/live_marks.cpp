#include "session/live_marks.h"

#include <algorithm>
#include <utility>

#include "error.h"
#include "training/marks.h"

namespace stepwise {

namespace {

int due_by_now(const Trainer& trainer) {
  const int all = trainer.recipe().marks;
  return std::min(all, int(trainer.fraction() * (all + 1)));
}

}  // namespace

bool LiveMarks::begin(std::filesystem::path folder, const Trainer& trainer) {
  folder_ = std::move(folder);
  marks_ = marks_in(folder_);
  due_ = due_by_now(trainer);
  return !marks_.empty();
}

bool LiveMarks::due(const Trainer& trainer) {
  const int now = due_by_now(trainer);
  return std::exchange(due_, now) < now;
}

void LiveMarks::add(Trainer& trainer, const std::string& change, const Emit& emit) {
  const std::int64_t step = trainer.steps();
  auto mark = std::ranges::find(marks_, step, &TrainingMark::step);
  if (mark == marks_.end()) {
    const auto later = std::ranges::upper_bound(marks_, step, {}, &TrainingMark::step);
    mark = marks_.insert(later, {{}, step, trainer.seconds(), change});
  } else if (!change.empty()) {
    mark->change += (mark->change.empty() ? "" : ", ") + change;
  }
  if (!mark->file.empty()) return;
  try {
    const std::filesystem::path file = mark_file(folder_, step);
    trainer.save_mark(file, change);
    mark->file = file;
    thin_marks(marks_);
  } catch (const Error& e) {
    emit(Warning{
        text_of("No mark was written at step ", step, ". ", e.what(), " Training goes on.")});
  }
}

}  // namespace stepwise
