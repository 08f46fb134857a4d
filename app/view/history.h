// What undo takes back and redo brings again: what is painted, which branches are there, what
// pictures are drawn with. Plain values. Window thread only.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/commands.h"
#include "settings/memory.h"
#include "settings/sample_settings.h"
#include "view/painting.h"

namespace stepwise::app {

// What pictures are drawn with.
struct Choices {
  ModelId model = kNoModel;
  SampleSettings sample;
  std::optional<Condition> condition;
  NoiseSource noise = NoiseSource::kImplied;
  FillIn fill;

  bool operator==(const Choices&) const = default;
};
STEPWISE_FIELDS(Choices, model, sample, condition, noise)

struct Work {
  std::vector<Painting> paintings;  // That wait for the model, one for each place.
  BranchId newest = -1;             // Branches begun later are not there,
  std::set<BranchId> deleted;       //   nor are these, nor what was forked from either.
  Choices choices;
  std::map<BranchId, std::string> names = {};    // Of branches that were given one.
  std::map<BranchId, BranchId> stands_for = {};  // In whose place among the lanes a branch is.
};

// One thing that was done.
struct Change {
  std::string what;           // "Undo ..."
  std::optional<Place> from;  // Where the playhead was, where it matters,
  std::optional<Place> to;    //   and where it went.
  Work after;
  std::int64_t bytes = 0;  // That it takes, once it is over.
};

// The oldest changes are forgotten where all take more than that.
inline constexpr std::int64_t kMaxUndoBytes = 64 * kMebibyte;

class UndoHistory {
 public:
  const Work& now() const { return changes_[at_].after; }
  // Puts right what there is, without a change: undo still leads to it, and away from it.
  Change& mend() { return changes_[at_]; }
  // Whether the branch is there before or after some other change.
  bool is_elsewhere(BranchId branch) const;

  // Begins a change: what comes after it is now() until the caller changes it. Changes that were
  // undone are gone, with the branches that they had begun. `newest`: the newest branch that there
  // is.
  Change& begin(std::string what, BranchId newest);
  // The newest change, as one stroke goes on. Only right after begin().
  Change& amend();
  // Without a change: what there is to begin with.
  void start_from(Work work) { changes_.assign(1, {{}, {}, {}, std::move(work)}), at_ = 0; }

  // What undo() and redo() would take back and bring again, and what they did; nullptr: nothing.
  const Change* undoable() const { return at_ > 0 ? &changes_[at_] : nullptr; }
  const Change* redoable() const {
    return at_ + 1 < changes_.size() ? &changes_[at_ + 1] : nullptr;
  }
  const Change* undo() { return at_ > 0 ? &changes_[at_--] : nullptr; }
  const Change* redo() { return at_ + 1 < changes_.size() ? &changes_[++at_] : nullptr; }

 private:
  std::vector<Change> changes_{1};  // The first is none: it holds what there was before all others.
  std::size_t at_ = 0;
};

}  // namespace stepwise::app
