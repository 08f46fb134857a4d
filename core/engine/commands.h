// What a front end (window or command line) asks of the worker: plain values, free to cross
// threads. A front end never sees a tensor. Here are those about models, data sets and work itself.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "engine/drawing_commands.h"
#include "engine/ids.h"
#include "engine/measuring_commands.h"
#include "engine/training_commands.h"
#include "fields.h"
#include "range.h"
#include "settings/combination.h"
#include "settings/corrections.h"
#include "settings/source.h"
#include "settings/teacher.h"

namespace stepwise {

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
