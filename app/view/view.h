// What the worker has told us, as the panels show it: a plain struct, grown by apply(event, view),
// a pure fold. What the user has chosen stands in Ui (view/desk.h). Window thread only.
#pragma once

#include <cstdint>
#include <deque>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/events.h"
#include "settings/memory.h"
#include "settings/recipe_book.h"
#include "widgets/picture.h"

namespace stepwise::app {

// One way through the noise levels, as far as it can be looked at without asking: pictures in the
// order of the branch's `pictures`. Steps before `start.fork` are the parent's.
struct Branch {
  BranchStarted start;
  BranchId root = -1;             // Of its tree.
  std::vector<Pictures> guesses;  // steps + 1 places; empty where none has come or is kept.
  int newest = -1;                // The latest step that has been computed; -1: none yet.
  int stride = 1;                 // Which guesses are kept, see is_kept(),
  std::int64_t bytes = 0;         //   and what they take.
  JobId job = kNoJob;             // What runs it, or ran it last,
  double seconds = 0;             //   and how long that took.
  std::string sha256;             // Fingerprint of the finished pictures; empty before.

  int steps() const { return int(guesses.size()) - 1; }
  int length() const { return newest - start.fork; }
  bool done() const { return newest == steps(); }
};

// A branch's own step.
struct StepOfBranch {
  BranchId branch = -1;
  int step = 0;
  bool operator==(const StepOfBranch&) const = default;
};

// A step of a branch in full, as it was asked for.
struct FullStep {
  StepOfBranch of;
  double sigma = 0;
  Pictures noisy, guess;

  std::int64_t bytes() const { return noisy->bytes() + guess->bytes(); }
};

// How much is kept to look at. Steps in full that are on screen are among the last few that came.
inline constexpr std::int64_t kMaxGuessBytes = 512 * kMebibyte;
inline constexpr std::int64_t kMaxFullBytes = 64 * kMebibyte;
inline constexpr std::size_t kFewestFullSteps = 8;

// One picture at one step of one branch, whichever branch has computed it.
struct PictureAtStep {
  // Empty where the step has not been computed. To the last bit where the step has come in full; a
  // guess to look at until then, of the step or, where that is not kept, of the one kept before.
  Picture guess;
  Picture noisy;  // Empty until the step has come in full.
  double sigma = 0;
  BranchId owner = -1;  // The branch that computed it,
  int index = 0;        //   and which of its pictures it is.

  explicit operator bool() const { return bool(guess); }
};

// What the model makes of the newest painting that was asked about.
struct PreviewShown {
  JobId job = kNoJob;
  Edit edit;
  Picture noisy, guess;
  double noise_level = 0;
  double sigma = 0;
  Image levels;  // As of PreviewReady.
};

// Where the newest painting that was asked about leads, as far as that is known.
struct AheadShown {
  JobId job = kNoJob;
  Edit edit;
  int step = 0;
  Picture guess;
  bool finished = false;
};

// The newest answer for the noise lab.
struct InspectedShown {
  JobId job = kNoJob;
  Inspected answer;  // Without its pictures, which are:
  Picture noisy, guess, ideal;
};

// One picture made worse in every way, in the order of kDegradations, then by stacks of them: the
// newest answer.
struct WorsenedShown {
  JobId job = kNoJob;
  std::vector<Picture> pictures;
  std::vector<DegradationStack> stacks;
};

// Where a picture would change with its class: the newest answer.
struct MaskShown {
  JobId job = kNoJob;
  Image mask;
  Picture difference;
};

// The levels that have come of the newest survey, sigma rising.
struct SurveyShown {
  JobId job = kNoJob;
  std::vector<Surveyed> levels;
};

// One sampler of a race, as far as it has come.
struct RacerShown {
  SamplerKind sampler = SamplerKind::kEuler;
  int steps = 0;
  std::vector<double> evaluations;  // Rising, and
  std::vector<float> distances;     //   how far from the end of the long run its guess then was.
  Pictures guess;                   // The newest.
  bool finished = false;
};

// The newest race.
struct RaceShown {
  JobId job = kNoJob;
  RacerShown reference;            // The long run; no guess: it has not come to its end.
  std::vector<RacerShown> racers;  // In the order they were asked for.
};

struct FetchedShown {
  int index = 0;
  bool test = true;
  int label = 0;
  Picture picture;
};

// The newest page of training pictures.
struct BrowsedShown {
  JobId job = kNoJob;
  DataBrowsed answer;  // Without its pictures, which are:
  Pictures pictures;   // Empty: there are none.
};

struct Gallery {
  std::int64_t step = 0;
  double seconds = 0;
  Pictures pictures;
};

// Those of long runs are thinned, as their points are, so that memory stays bounded.
inline constexpr std::size_t kMaxGalleries = 128;

struct Training {
  JobId job = kNoJob;
  bool running = false;                    // Also while paused.
  std::optional<TrainingStarted> started;  // With its recipe and corrections as they are now.
  LossCurve curve;
  std::vector<HeldOutPoint> held_out;
  std::vector<MeasuredPoint> measured;
  std::vector<TrainingMark> marks;  // By their steps.
  TrainingProgress progress;        // The latest, its points taken out.
  std::vector<Gallery> galleries;
  std::optional<TrainingDone> done;
};

// The newest trial of two recipes, and what has been seen of it, oldest first.
struct TrialShown {
  JobId job = kNoJob;
  TrialStarted started;
  std::vector<TrialLook> looks;
};

// What the loss of a run is made of at the levels that were asked about last.
struct LevelsShown {
  JobId job = kNoJob;
  LevelsLookedAt answer;         // Without its pictures, which are:
  Pictures clean, noisy, guess;  // Empty: nothing has come.
};

// The newest search for a learning rate, as far as it has come.
struct RateShown {
  JobId job = kNoJob;
  RateSearch search;
  bool finished = false;
};

// The newest review of captions.
struct CaptionsShown {
  JobId job = kNoJob;
  CaptionsReviewed answer;  // Without its pictures, which are:
  Pictures pictures;        // Empty: it disputes none.
};

// A run on disk, as plots and pictures are drawn.
struct RunShown : RunSummary {
  std::vector<double> steps;     // Of `held_out`,
  std::vector<float> losses;     //   and its losses.
  std::vector<float> distances;  // Of `measured`.
  Pictures pictures;             // Its newest, which `gallery` held.
};

enum class LogLevel { kNote, kWarning, kError };
struct LogLine {
  std::string text;
  LogLevel level = LogLevel::kNote;
  int count = 1;  // How often it came.
};
inline constexpr std::size_t kMaxLogLines = 500;

// A job that ended by an error.
struct Failure {
  JobId job = kNoJob;
  std::string what, message;  // As of Failed.
};
inline constexpr std::size_t kMaxFailures = 32;

// What a model came from, to open it again, and what its pictures show.
struct ModelOrigin {
  std::string name;
  std::vector<std::string> class_names;
  std::filesystem::path folder;         // Empty: none.
  bool live = false;                    // Its weights are not those in the folder.
  std::string sha256;                   // Of its weights; empty: it was not identified.
  std::vector<ModelId> parts;           // That it combines,
  std::optional<Combination> how = {};  //   and how.
  std::optional<Teacher> teacher = {};  // That it is.
};

struct View {
  std::map<JobId, Progress> jobs;  // Asked for or told of, and not ended.

  std::optional<Ready> worker;
  std::vector<ModelOpened> models;         // In the order they came.
  std::map<ModelId, ModelOrigin> origins;  // Also of those that are closed.
  std::optional<DataOpened> data;
  JobId data_from = kNoJob;  // What opened it.

  std::vector<Branch> branches;     // Of all trees, in order of their ids.
  std::deque<FullStep> full_steps;  // The newest last.
  std::int64_t frame_bytes = 0;     // That the worker keeps of all branches.
  std::optional<PreviewShown> preview;
  std::optional<AheadShown> ahead;
  std::optional<InspectedShown> inspected;
  WorsenedShown worsened;
  std::optional<MaskShown> mask;
  SurveyShown survey;
  RaceShown race;
  std::optional<FetchedShown> fetched;  // Of the data set that is open,
  std::optional<BrowsedShown> browsed;  //   and so are these.

  RecipeBook recipes;  // As their files have it.
  Training training;
  LevelsShown levels;
  TrialShown trial;
  RateShown rate;
  std::vector<RunShown> runs;          // As they lie on disk, newest first.
  std::vector<RunDiscarded> in_trash;  // Since the launch, the newest last.

  std::optional<Evaluated> evaluated;
  CaptionsShown captions;

  std::vector<LogLine> log;      // Oldest first; a line that comes again moves to the end.
  int news = 0;                  // Grows with each log line, also merged ones.
  std::deque<Failure> failures;  // The newest last.
};

// A command is on its way to the worker.
void begin_job(JobId job, View& view);
void begin_job(const Request& request, View& view);

// Takes in what the worker has told us.
void apply(Report report, View& view);

// Adds a line to the log, or counts it up where it already stands.
void add_log_line(std::string text, LogLevel level, View& view);

// Why that job ended by an error, or nullptr where it did not.
const Failure* failure_of(const View& view, JobId job);

// The model of that id, or nullptr.
const ModelOpened* find_model(const View& view, ModelId id);

// One name for one folder: without "." and "..", and without a "/" at its end.
std::filesystem::path plain_folder(const std::filesystem::path& folder);

// The model that was opened from that folder, or nullptr.
const ModelOpened* find_model_in(const View& view, const std::filesystem::path& folder);

// The branch of that id, or nullptr.
const Branch* find_branch(const View& view, BranchId id);

// What `branch` shows of a picture at a step: its own frame, or that of the ancestor that computed
// it.
PictureAtStep lookup(const View& view, BranchId branch, int step, int picture);

// The step in full, or nullptr where it has not come or is not here any more.
const FullStep* find_full(const View& view, const StepOfBranch& of);
// Of that branch the one that came last, or nullptr.
const FullStep* newest_full(const View& view, BranchId branch);

// The root of the tree that a branch is in; -1 where there is no such branch.
BranchId root_of(const View& view, BranchId branch);

// Pictures in the batch that a branch belongs to, 0 where there is no such branch.
int batch_size(const View& view, BranchId branch);

bool is_running(const View& view, const Branch& branch);

// The branch that is being sampled now, or nullptr.
const Branch* running_branch(const View& view);

// What a picture of a branch was asked to show.
Condition condition_at(const Branch& branch, int picture);

// "Ankle boot", "any class", or "class 7" where the model's names are not known; empty where the
// model knows no classes.
std::string class_name(const View& view, ModelId model, const Condition& condition);

}  // namespace stepwise::app
