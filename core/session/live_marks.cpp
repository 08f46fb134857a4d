#include "session/live_marks.h"

#include <algorithm>
#include <utility>

#include "error.h"
#include "training/marks.h"

namespace stepwise {

void LiveMarks::begin(std::filesystem::path folder, const Recipe& recipe, const Emit& emit) {
  folder_ = std::move(folder);
  marks_ = marks_in(folder_);
  if (!marks_.empty()) tell(recipe, emit);
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

void LiveMarks::tell(const Recipe& recipe, const Emit& emit) const {
  emit(TrainingMarked{folder_, recipe, marks_});
}

}  // namespace stepwise
