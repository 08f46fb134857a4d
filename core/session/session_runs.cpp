// What the session does with the folders of runs.
#include "engine/trash.h"
#include "error.h"
#include "formats/layout.h"
#include "session/session.h"
#include "training/average.h"
#include "training/run_head.h"
#include "training/run_summary.h"

namespace stepwise {

void Session::on(JobId id, ListRuns c) {
  jobs_.add(id, Priority::kListing, "Listing runs", {}, [c](const Emit& begin) {
    std::vector<std::filesystem::path> runs = run_folders(c.folder);
    begin(RunsListed{c.folder, runs});
    const auto piece = [left = std::move(runs), i = 0u](const Emit& emit) mutable {
      if (i < left.size()) emit(RunFound{summary_of(left[i++])});
      return i < left.size();
    };
    return std::make_shared<PiecewiseJob>(piece);
  });
}

void Session::on(JobId id, AverageRun c) {
  jobs_.add(id, Priority::kOpening, "Averaging a run", {}, [this, id, c](const Emit& emit) {
    const RunAverage average = average_run(c.folder, c.half_life);
    emit(RunAveraged{average.folder, average.parts, average.misfit});
    return open(id, open_(average.folder, device_), emit);
  });
}

void Session::on(JobId id, LookAtLevels c) {
  answer(id, "Looking at what is hard", {c.run}, [this, c](const Emit& emit) {
    require(is_live(c.run),
            "The run is not here any more: only the newest one can be looked into.");
    emit(training_->look_at(c, emit));
  });
}

void Session::on(JobId id, DiscardRun c) {
  answer(id, "Discarding a run", {}, [this, c](const Emit& emit) {
    const auto is_discarded = [&](const std::filesystem::path& folder) {
      std::error_code not_there;
      return std::filesystem::equivalent(folder, c.folder, not_there);
    };
    // Few-step weights in training lie in the folder of another run.
    const bool trains =
        training_ && training_->running() &&
        (is_discarded(training_->folder()) || is_discarded(training_->folder().parent_path()));
    require(!trains, "The run in '", c.folder.string(), "' is in training. Stop it first.");
    require(is_there(c.folder / kTrainingFile) || is_there(c.folder / kInfo),
            "There is no run in '", c.folder.string(), "'.");
    emit(RunDiscarded{c.folder, move_to_trash(c.folder)});
  });
}

void Session::on(JobId id, TakeBackRun c) {
  answer(id, "Taking a run back", {}, [c](const Emit& emit) {
    const std::filesystem::path folder = take_from_trash(c.place);
    emit(RunTakenBack{folder});
    emit(RunFound{summary_of(folder)});
  });
}

}  // namespace stepwise
