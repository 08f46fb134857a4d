// What a front end (window or command line) asks of the worker: plain values, free to cross
// threads. A front end never sees a tensor.
//
// Words: a *batch* is the set of pictures sampled together; a *branch* is one way through the noise
// levels (see editing/trajectory.h); *step* k of a branch is the frame before its k-th move, frame
// `steps` is the finished picture.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "fields.h"
#include "image/image.h"
#include "painting/edit.h"
#include "painting/mask_search.h"
#include "painting/start.h"
#include "range.h"
#include "settings/captions.h"
#include "settings/combination.h"
#include "settings/corrections.h"
#include "settings/memory.h"
#include "settings/recipe.h"
#include "settings/run_changes.h"
#include "settings/sample_settings.h"
#include "settings/source.h"
#include "settings/teacher.h"
#include "settings/trade_off.h"
#include "settings/trial.h"

namespace stepwise {

// Names a command, and the work that it starts. Ids rise and are never given twice.
using JobId = std::uint64_t;
inline constexpr JobId kNoJob = 0;

// A model is named by the command that it comes from: OpenModel, AverageRun, Snapshot, Combine,
// OpenTeacher, or Train, whose model is the newest of the run.
using ModelId = JobId;
inline constexpr ModelId kNoModel = kNoJob;

// One that no command of this process has had.
inline JobId next_job_id() {
  static std::atomic<JobId> last = kNoJob;
  return ++last;
}

// Reads a model folder in the format of diffusers. Other folders that are open stay open.
struct OpenModel {
  std::filesystem::path folder;
};
STEPWISE_FIELDS(OpenModel, folder)

// What was begun with the model goes on with it; nothing new can be.
struct CloseModel {
  ModelId model = kNoModel;
};
STEPWISE_FIELDS(CloseModel, model)

// Opens a data set; the noise lab and evaluation use it.
struct OpenData {
  DataSource data;
};
STEPWISE_FIELDS(OpenData, data)

// Starts a new tree of branches and runs its root.
struct Sample {
  ModelId model = kNoModel;
  SampleSettings settings;
  std::vector<Condition> conditions;  // One for each picture; see dealt().
  int until = -1;                     // Stop before this step; -1 runs to the end.
  std::optional<Start> start = {};    // None: from noise.
  bool operator==(const Sample&) const = default;
};
STEPWISE_FIELDS(Sample, model, settings, conditions, until, start)

// Goes on with a branch that stopped early, with the model that began it, up to `until` (-1: to the
// end).
struct Continue {
  BranchId branch;
  int until = -1;
};
STEPWISE_FIELDS(Continue, branch, until)

// Ends a tree of branches: nothing can be asked of it any more.
struct CloseTree {
  BranchId root = 0;
};
STEPWISE_FIELDS(CloseTree, root)

// Asks for a step of a branch in full, from the branch's fork to its newest step. Only the newest
// unanswered one is answered.
struct FetchFrame {
  BranchId branch = 0;
  int step = 0;
};
STEPWISE_FIELDS(FetchFrame, branch, step)

// How much memory the frames of all branches may take; those beyond it are computed again when they
// are asked for.
struct LimitFrames {
  std::int64_t bytes = kUsualFrameBudget;
};
STEPWISE_FIELDS(LimitFrames, bytes)

// An edit, and how it goes on from there.
struct Fork {
  ModelId model = kNoModel;
  Edit edit;
  SampleSettings settings;  // Sampler and guidance; the levels stay the parent's.
  Condition condition;      // Of the picture.
  bool operator==(const Fork&) const = default;
};
STEPWISE_FIELDS(Fork, model, edit, settings, condition)

// Forks a branch at the edit and lets the model carry on from there.
struct Resample {
  Fork fork;
  int until = -1;
  bool operator==(const Resample&) const = default;
};
STEPWISE_FIELDS(Resample, fork, until)

// How a branch began: asked for again, it gives the same pixels.
using Begun = std::variant<Sample, Resample>;
inline ModelId model_in(const Begun& begun) {
  const auto* sample = std::get_if<Sample>(&begun);
  return sample ? sample->model : std::get<Resample>(begun).fork.model;
}

// A branch that there was before, in this process or another one.
struct PastBranch {
  BranchId id = 0;
  Begun begun;
  bool operator==(const PastBranch&) const = default;
};
STEPWISE_FIELDS(PastBranch, id, begun)

// Begins branches again, as they were called, and runs them. One that cannot be begun is told of,
// and left out with what was forked from it.
struct Restore {
  std::vector<PastBranch> branches;  // Parents before their forks.
  BranchId reserved = 0;             // From now on no others are called by ids below this one.
};
STEPWISE_FIELDS(Restore, branches, reserved)

// Asks what Resample would begin with, without forking. Only the newest unanswered one is answered.
struct Preview {
  Fork fork;
};
STEPWISE_FIELDS(Preview, fork)

// Asks where Resample would lead, without forking: the guess of each step up to the finished
// picture. Only the newest unanswered one is answered, and a newer Preview ends it.
struct LookAhead {
  Fork fork;
};
STEPWISE_FIELDS(LookAhead, fork)

// One picture seen at one noise level. The noise is that of `seed`, so it stays put while sigma
// moves. Only the newest unanswered one is answered.
struct Inspect {
  ModelId model = kNoModel;
  Image picture;  // Clean, data units.
  Condition condition;
  double sigma = 1;
  std::uint64_t seed = 1;
};
STEPWISE_FIELDS(Inspect, model, picture, condition, sigma, seed)

// One picture made worse in every way of settings/degradation.h, in their order, then by each of
// `stacks`, at each of these severities. What is random about it is of `seed`. Only the newest
// unanswered one is answered.
struct Worsen {
  Image picture;  // Clean, data units.
  std::vector<double> severities;
  std::uint64_t seed = 1;
  std::vector<DegradationStack> stacks = {};
};
STEPWISE_FIELDS(Worsen, picture, severities, seed, stacks)

// Errors of model and ideal denoiser at noise levels, over many test pictures of the open data set
// with noise of its own for each: a Surveyed for each level, in their order. Only the newest is
// answered.
struct Survey {
  ModelId model = kNoModel;
  std::optional<Condition> told = {};  // To all; none: to each its own class.
  std::vector<double> sigmas;
  int count = 100;
  std::uint64_t seed = 1;  // Of the choice of pictures, and of their noise.
};
STEPWISE_FIELDS(Survey, model, told, sigmas, count, seed)

// Asks for one picture of the open data set.
struct FetchPicture {
  int index;
  bool test = true;
};
STEPWISE_FIELDS(FetchPicture, index, test)

// Sets training pictures of the open data set right, and keeps that for it: each is from now on
// what is said here, perhaps what its files say. Runs that begin later learn from it. See
// data/corrections.h.
struct Correct {
  JobId data = kNoJob;  // What opened the data set; nothing is done to another one.
  std::vector<Correction> changes;
};
STEPWISE_FIELDS(Correct, data, changes)

// Asks for some of the training pictures of the open data set; those that are learned from beside
// it are none of them. Only the newest unanswered one is answered.
inline constexpr Range<int> kBrowsed{1, 400};
struct BrowseData {
  std::optional<int> label = {};       // Those of this class, as the files say; none: of all.
  bool corrected = false;              // Only those that were corrected.
  std::optional<int> nearest_to = {};  // The nearest to this picture first, which is one of them.
  int first = 0, count = 25;
  bool operator==(const BrowseData&) const = default;
};
STEPWISE_FIELDS(BrowseData, label, corrected, nearest_to, first, count)

struct Train {
  Recipe recipe = {};
  DataSource data = {};  // No place, of a run to go on with: where that found them.
  // A new folder; empty: one is made in the data folder of the user.
  std::filesystem::path out = {};
  std::filesystem::path resume = {};  // A run to go on with, by its own recipe.
  // A new run begins as the one in `resume` was at its mark of this step, with these values in its
  // recipe (see changed_at_mark()). That one stays as it is.
  std::optional<std::int64_t> at = {};
  std::vector<FieldValue> changes = {};
  std::filesystem::path from = {};  // A model whose weights a new run begins with; empty: none.
  // Added to the budget of the run to go on with; neither: it ends where it would.
  Budget more = {};
  // With the other processes that the environment tells of, see process_place(); of the run, those
  // behind the first take only where their pictures lie.
  bool together = false;
};
STEPWISE_FIELDS(Train, recipe, data, out, resume, at, changes, from, more, together)

// Opens the model that a run has with an average of another length, which is written into its
// folder: RunAveraged, and then as OpenModel does. See training/average.h.
struct AverageRun {
  std::filesystem::path folder;
  double half_life = 0.1;  // Of the average, as a share of the run's steps.
};
STEPWISE_FIELDS(AverageRun, folder, half_life)

// Keeps the newest model of a run as it is now, or as it was at a mark, as another model, which
// training leaves alone.
struct Snapshot {
  ModelId run = kNoModel;
  std::string name;                     // What it shall be called.
  std::optional<std::int64_t> at = {};  // The step of a mark; none: now.
};
STEPWISE_FIELDS(Snapshot, run, name, at)

// Makes one model of several, as they are now: it stays when they change or are closed.
struct Combine {
  std::vector<ModelId> models;
  Combination how;
  std::string name;  // What it shall be called.
};
STEPWISE_FIELDS(Combine, models, how, name)

// Makes a model of the data set that is open, without training; see settings/teacher.h.
struct OpenTeacher {
  Teacher teacher = Teacher::kIdeal;
};
STEPWISE_FIELDS(OpenTeacher, teacher)

// Trains by two recipes in turn, and tells where one is better, as soon as that is sure: a
// TrialLooked at each even share of their budgets. Nothing is kept.
struct TryRecipes {
  Recipe a, b;
  DataSource data = {};
  int pairs = 5;  // Runs of each.
};
STEPWISE_FIELDS(TryRecipes, a, b, data, pairs)

// Trains a new network while the learning rate rises, and tells where the loss falls and where it
// grows: a RateSearched now and then, the last with what it suggests. Nothing is kept.
struct FindRate {
  Recipe recipe;
  DataSource data = {};
};
STEPWISE_FIELDS(FindRate, recipe, data)

// Asks what the held-out loss of a run is made of in one bin of noise levels: always the same test
// pictures with the same noise, and what its newest model makes of them.
struct LookAtLevels {
  JobId run = kNoJob;
  int bin = 0;  // Of those of TrainingStarted::bin_edges.
};
STEPWISE_FIELDS(LookAtLevels, run, bin)

// Changes how a run in training makes its steps from the next one on, behind a mark of how it was.
// Nothing happens where all is as asked for already.
struct ChangeTraining {
  JobId run = kNoJob;
  std::optional<double> multiplier = {};  // Of the learning rate; none: as it is.
  std::vector<FieldValue> changes = {};   // See changed_in_training().
};
STEPWISE_FIELDS(ChangeTraining, run, multiplier, changes)

// Makes a mark of a run in training as it is now, to go back to.
struct MarkTraining {
  JobId run = kNoJob;
};
STEPWISE_FIELDS(MarkTraining, run)

// Draws finished pictures, in portions, without keeping the steps.
struct Draw {
  ModelId model = kNoModel;
  SampleSettings settings;
  std::vector<Condition> conditions;  // One for each picture.
};
STEPWISE_FIELDS(Draw, model, settings, conditions)

// Measures a model as it is now (recipes: FD, noise-equivalent level, agreement, copying), all
// classes in turn.
struct Evaluate {
  ModelId model = kNoModel;
  SampleSettings settings;
  std::optional<DataSource> data = {};    // Against these pictures, else those it was trained on.
  std::filesystem::path classifier = {};  // By this one; empty: one that was trained on them.
};
STEPWISE_FIELDS(Evaluate, model, settings, data, classifier)

// Trains the classifier that Evaluate measures with, on a data set, and writes it as a new file.
struct TrainClassifier {
  DataSource data;
  std::filesystem::path out;  // Empty: where Evaluate looks for it.
};
STEPWISE_FIELDS(TrainClassifier, data, out)

// Trains the noise meter that previews are looked at with, on a data set, and writes it as a new
// file.
struct TrainMeter {
  DataSource data;
  std::filesystem::path out;  // Empty: where previews look for it.
};
STEPWISE_FIELDS(TrainMeter, data, out)

// Asks what runs lie in a folder: RunsListed, then a RunFound for each, newest first.
struct ListRuns {
  std::filesystem::path folder;
};
STEPWISE_FIELDS(ListRuns, folder)

// Moves the folder of a run to the trash of the desktop, where it can be taken back from.
struct DiscardRun {
  std::filesystem::path folder;
};
STEPWISE_FIELDS(DiscardRun, folder)

// Takes a run that was discarded back to where it lay.
struct TakeBackRun {
  std::filesystem::path place;  // In the trash.
};
STEPWISE_FIELDS(TakeBackRun, place)

// Measures how much of a stroke is left at the end, by noise level and size of the brush.
struct MeasureSurvival {
  ModelId model = kNoModel;
  SampleSettings settings;  // `count` pictures.
};
STEPWISE_FIELDS(MeasureSurvival, model, settings)

// Asks where a picture would change with its class. Only the newest unanswered one is answered.
struct FindMask {
  ModelId model = kNoModel;
  Image picture;  // Clean, data units.
  Condition source, target;
  MaskSearch search;
};
STEPWISE_FIELDS(FindMask, model, picture, source, target, search)

// Measures how often changes of class succeed, and how much of the picture they change, on test
// pictures of the data that the model was trained on.
struct MeasureTradeOff {
  ModelId model = kNoModel;
  SampleSettings settings;           // `count` pictures in all.
  std::vector<ClassChange> changes;  // Dealt to them in turn.
  std::vector<double> sigmas;        // Where to begin.
  MaskSearch search;                 // How the masks are found.
};
STEPWISE_FIELDS(MeasureTradeOff, model, settings, changes, sigmas, search)

// Asks a model what pictures of the training set are of, of all classes in turn; see
// settings/captions.h.
struct ReviewCaptions {
  ModelId model = kNoModel;
  int count = 200;
  double wrong = 0;  // Share of captions that are made wrong, to see how many of them are found.
  std::uint64_t seed = 1;
};
STEPWISE_FIELDS(ReviewCaptions, model, count, wrong, seed)

// Samplers draw the same pictures from the same noise with so many evaluations each, and are
// compared with a long run: see settings/race.h. A Raced for each of their steps.
struct Race {
  ModelId model = kNoModel;
  SampleSettings settings;            // But for the sampler and its steps.
  std::vector<Condition> conditions;  // One for each picture.
  std::vector<SamplerKind> samplers;
  int evaluations = 13;  // Of D, by each sampler for a picture.
  bool operator==(const Race&) const = default;
};
STEPWISE_FIELDS(Race, model, settings, conditions, samplers, evaluations)

// Tells what a model folder holds, without making it the model in use.
struct DescribeModel {
  std::filesystem::path folder;
};
STEPWISE_FIELDS(DescribeModel, folder)

// Asks for the fingerprint of the weights of a model that was opened from a folder.
struct IdentifyModel {
  ModelId model = kNoModel;
};
STEPWISE_FIELDS(IdentifyModel, model)

// Ends work before its end: a branch stays where it is, a run is saved. Of work that has ended, or
// that there never was, nothing is left to end.
struct Cancel {
  JobId job = kNoJob;
};
STEPWISE_FIELDS(Cancel, job)

// Work that is paused waits until it is told to go on.
struct Pause {
  JobId job = kNoJob;
  bool paused = true;
};
STEPWISE_FIELDS(Pause, job, paused)

using Command =
    std::variant<OpenModel, CloseModel, OpenData, Sample, Continue, CloseTree, FetchFrame,
                 LimitFrames, Resample, Restore, Preview, LookAhead, Inspect, Worsen, Survey,
                 FetchPicture, Correct, BrowseData, Train, AverageRun, Snapshot, Combine,
                 OpenTeacher, TryRecipes, FindRate, LookAtLevels, ChangeTraining, MarkTraining,
                 Draw, Evaluate, TrainClassifier, TrainMeter, ListRuns, DiscardRun, TakeBackRun,
                 MeasureSurvival, FindMask, MeasureTradeOff, ReviewCaptions, Race, DescribeModel,
                 IdentifyModel, Cancel, Pause>;

// A command on its way. All that the worker tells of it carries its id, and the last of that is one
// Finished or one Failed.
struct Request {
  template <class C>
  Request(C the_command) : command(std::move(the_command)) {}

  Command command;
  JobId id = next_job_id();
};

}  // namespace stepwise
