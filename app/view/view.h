// What the worker has told us, as the panels show it: a plain struct, grown by apply(event, view),
// a pure fold. What the user has chosen stands in Ui (view/ui.h). Window thread only.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/events.h"
#include "widgets/picture.h"

namespace stepwise::app {

// One frame of a branch, pictures in the order of the branch's `pictures`.
struct Frame {
  double sigma = 0;
  Pictures noisy, guess;  // Both empty until the frame has come.
};

// One way through the noise levels. Frames before `start.fork` are the parent's and stay empty
// here.
struct Branch {
  BranchStarted start;
  std::vector<Frame> frames;  // steps + 1 places.
  int newest = -1;            // The latest step whose frame has come; -1: none yet.
  JobId job = kNoJob;         // What runs it, or ran it last,
  double seconds = 0;         //   and how long that took.

  int steps() const { return int(frames.size()) - 1; }
  bool done() const { return newest == steps(); }
};

// One picture at one step of one branch, wherever its frame is stored.
struct PictureAtStep {
  Picture noisy, guess;  // Empty where the frame has not come yet.
  double sigma = 0;
  BranchId owner = -1;  // The branch that computed it.

  explicit operator bool() const { return bool(guess); }
};

// What the model makes of the newest painting that was asked about.
struct PreviewShown {
  JobId job = kNoJob;
  Edit edit;
  Picture noisy, guess;
  double noise_level = 0;
  double sigma = 0;
};

// The newest answer for the noise lab.
struct InspectedShown {
  JobId job = kNoJob;
  Inspected answer;  // Without its pictures, which are:
  Picture noisy, guess, ideal;
};

struct FetchedShown {
  int index = 0;
  bool test = true;
  int label = 0;
  Picture picture;
};

struct Gallery {
  std::int64_t step = 0;
  double seconds = 0;
  Pictures pictures;
};

// The learning rate's multiplier from this step on.
struct MultiplierMark {
  std::int64_t step = 0;
  double multiplier = 1;
};

// Those of long runs are thinned, as their points are, so that memory stays bounded.
inline constexpr std::size_t kMaxGalleries = 128;

struct Training {
  JobId job = kNoJob;
  bool running = false;  // Also while paused.
  std::optional<TrainingStarted> started;
  LossCurve curve;
  std::vector<HeldOutPoint> held_out;
  std::vector<MultiplierMark> marks;
  TrainingProgress progress;  // The latest, its points taken out.
  std::vector<Gallery> galleries;
  std::optional<CheckpointSaved> checkpoint;
  std::optional<TrainingDone> done;
};

enum class LogLevel { kNote, kWarning, kError };
struct LogLine {
  std::string text;
  LogLevel level = LogLevel::kNote;
  int count = 1;  // How often it came.
};
inline constexpr std::size_t kMaxLogLines = 500;

struct View {
  std::map<JobId, Progress> jobs;  // Asked for or told of, and not ended.

  std::optional<Ready> worker;
  std::vector<ModelOpened> models;  // In the order they came.
  std::optional<DataOpened> data;

  std::vector<Branch> branches;  // In order of their ids, which need not start at 0.
  int trees = 0;                 // Roots started so far.
  std::optional<PreviewShown> preview;
  std::optional<InspectedShown> inspected;
  std::optional<FetchedShown> fetched;

  Training training;
  std::vector<RunSummary> runs;  // As they lie on disk, newest first.

  std::optional<Evaluated> evaluated;

  std::vector<LogLine> log;  // Oldest first; a line that comes again moves to the end.
  int news = 0;              // Grows with each log line, also merged ones.
};

// A command is on its way to the worker.
void begin_job(JobId job, View& view);

// Takes in what the worker has told us.
void apply(Report report, View& view);

// The model of that id, or nullptr.
const ModelOpened* find_model(const View& view, ModelId id);

// The branch of that id, or nullptr.
const Branch* find_branch(const View& view, BranchId id);

// What `branch` shows of a picture at a step: its own frame, or that of the ancestor that computed
// it.
PictureAtStep lookup(const View& view, BranchId branch, int step, int picture);

// Pictures in the batch of all branches, 0 before the first branch.
int batch_size(const View& view);

bool is_running(const View& view, const Branch& branch);

// The branch that is being sampled now, or nullptr.
const Branch* running_branch(const View& view);

// What a picture of a branch was asked to show.
Condition condition_at(const Branch& branch, int picture);

// "Ankle boot", "any class", or "class 7" where the model's names are not known.
std::string class_name(const View& view, ModelId model, const Condition& condition);

}  // namespace stepwise::app
