// Marks of a run: copies of its training.safetensors as it was at a step, in marks/ in its folder.
// A new run can begin at each of them. Plain values, no torch here; any thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "fields.h"
#include "settings/recipe.h"

namespace stepwise {

struct TrainingMark {
  // Empty: it could not be written, or has gone to make room for others.
  std::filesystem::path file = {};
  std::int64_t step = 0;
  double seconds = 0;       // Of training.
  std::string change = {};  // What was changed right behind it, in words; empty: nothing.

  bool operator==(const TrainingMark&) const = default;
};
STEPWISE_FIELDS(TrainingMark, file, step, seconds, change)

// Of a run. Each is as large as its training.safetensors.
inline constexpr std::size_t kMostMarks = kMarks.max;
// What the file of a mark calls its `change`, among its metadata.
inline constexpr const char* kMarkKey = "mark";

// Where the mark of a run at a step lies.
std::filesystem::path mark_file(const std::filesystem::path& folder, std::int64_t step);
// The folder of the run that a mark is of.
std::filesystem::path run_of_mark(const std::filesystem::path& mark);

// The marks in the folder of a run, by their steps. What is damaged is left out.
std::vector<TrainingMark> marks_in(const std::filesystem::path& folder);
// The file of the one at a step. Throws Error naming those that there are where there is none.
std::filesystem::path mark_at(const std::filesystem::path& folder, std::int64_t step);

// Of more than kMostMarks, the file goes of the one that stands closest between its neighbours, the
// oldest of several; those of the first and of the last stay.
void thin_marks(std::vector<TrainingMark>& marks);

// Gives the run in `folder`, which begins at a mark, all marks of that mark's run up to it: the
// same files under a second name where the disk can do that, for they never change. Throws Error if
// that fails.
void inherit_marks(const std::filesystem::path& mark, const std::filesystem::path& folder);

}  // namespace stepwise
