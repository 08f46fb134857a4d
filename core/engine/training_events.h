// What is told of runs in training, and of those that lie on disk, see events.h.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "engine/ids.h"
#include "fields.h"
#include "image/image.h"
#include "settings/condition.h"
#include "settings/points.h"
#include "settings/rate_search.h"
#include "settings/recipe.h"
#include "settings/source.h"
#include "settings/trial.h"
#include "training/marks.h"
#include "training/run_summary.h"

namespace stepwise {

struct TrainingStarted {
  std::filesystem::path folder;
  Recipe recipe;
  std::string data;
  std::int64_t parameters = 0;
  std::vector<double> bin_edges;         // Of the levels that losses are told by, rising.
  std::vector<Condition> gallery;        // What its pictures are asked to show.
  std::int64_t step = 0;                 // What it has come to; more than 0: it goes on,
  Budget added;                          //   with so much more than before,
  double multiplier = 1;                 //   and with the learning rate
  double rate_factor = 1;                //   times this and what the schedule says now.
  std::optional<DataSource> files = {};  // As of DataOpened: of what it learns from,
  Corrections corrections = {};          //   as corrected so.
};
STEPWISE_FIELDS(TrainingStarted, folder, recipe, data, parameters, bin_edges, gallery, step, added,
                multiplier, rate_factor, files, corrections)

struct TrainingProgress {
  std::vector<TrainingPoint> points;  // Since the last report.
  std::vector<HeldOutPoint> held_out;
  std::vector<MeasuredPoint> measured;
  std::int64_t step = 0;
  double pictures_per_second = 0;
  double seconds = 0, seconds_left = 0;
  double fraction = 0;  // Of the budget, 0 to 1.
  double multiplier = 1;
  bool paused = false;
  double looked = 0;  // Seconds of looking at the run, which `seconds` leaves out.
};
STEPWISE_FIELDS(TrainingProgress, points, held_out, measured, step, pictures_per_second, seconds,
                seconds_left, fraction, multiplier, paused, looked)

// What the loss in a bin of noise levels is made of: the pictures with the largest loss first.
struct LevelsLookedAt {
  int bin = 0;
  std::int64_t step = 0;      // Of the weights that guessed.
  std::vector<int> pictures;  // Of the test set.
  std::vector<int> labels;
  std::vector<double> levels, losses;
  ImageBatch clean, noisy, guess;
  bool at_mark = false;  // Those weights are of a mark, as was asked for; else the newest.
};
STEPWISE_FIELDS(LevelsLookedAt, bin, step, pictures, labels, levels, losses, clean, noisy, guess,
                at_mark)

// The marks of a run, by their steps, all of them; there is a new one, or more than there were
// known.
struct TrainingMarked {
  std::filesystem::path folder;  // Of the run.
  Recipe recipe;                 // It trains by this one now.
  std::vector<TrainingMark> marks;
  Corrections corrections = {};  // Of its data set, as it learns from it now.
};
STEPWISE_FIELDS(TrainingMarked, folder, recipe, marks, corrections)

struct GalleryReady {
  std::int64_t step = 0;
  double seconds = 0;
  ImageBatch pictures;
};
STEPWISE_FIELDS(GalleryReady, step, seconds, pictures)

// A run as it lies on disk: found by ListRuns, or saved just now.
struct RunFound {
  RunSummary run;
};
STEPWISE_FIELDS(RunFound, run)

// These are all runs that lie in a folder; what each is follows.
struct RunsListed {
  std::filesystem::path folder;
  std::vector<std::filesystem::path> runs;
};
STEPWISE_FIELDS(RunsListed, folder, runs)

// A run lies in the trash now.
struct RunDiscarded {
  std::filesystem::path folder;  // Where it lay,
  std::filesystem::path place;   //   and where it lies.
};
STEPWISE_FIELDS(RunDiscarded, folder, place)

// And is back where it lay.
struct RunTakenBack {
  std::filesystem::path folder;
};
STEPWISE_FIELDS(RunTakenBack, folder)

struct TrainingDone {
  std::filesystem::path folder;
  std::int64_t step = 0;
  bool stopped_early = false;
  std::string why;
  // The model that previews edits with it once it is opened again; empty: none does.
  std::filesystem::path of = {};
};
STEPWISE_FIELDS(TrainingDone, folder, step, stopped_early, why, of)

// A trial of two recipes has begun: as TryRecipes has it,
struct TrialStarted {
  Recipe a, b;
  int pairs = 0;
  std::string data;  //   on this data set.
};
STEPWISE_FIELDS(TrialStarted, a, b, pairs, data)

struct TrialLooked {
  TrialLook look;
};
STEPWISE_FIELDS(TrialLooked, look)

// An average of another length was made of a run.
struct RunAveraged {
  std::filesystem::path folder;  // Of the model.
  int parts = 0;                 // Averages that it was made of,
  double misfit = 0;             //   and how well: see AverageMix in training/average.h.
};
STEPWISE_FIELDS(RunAveraged, folder, parts, misfit)

// How far a search for a learning rate has come.
struct RateSearched {
  RateSearch search;
  bool finished = false;  // It is over.
};
STEPWISE_FIELDS(RateSearched, search, finished)

struct ClassifierTrained {
  std::filesystem::path file;
  double accuracy = 0;  // On the test pictures.
};
STEPWISE_FIELDS(ClassifierTrained, file, accuracy)

struct MeterTrained {
  std::filesystem::path file;
  double error = 0;  // Mean of abs(sigma' / sigma - 1) over test pictures.
};
STEPWISE_FIELDS(MeterTrained, file, error)

}  // namespace stepwise
