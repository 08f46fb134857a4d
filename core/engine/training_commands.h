// Commands that train networks, and those about the runs that come of it, see commands.h.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

#include "engine/ids.h"
#include "fields.h"
#include "settings/recipe.h"
#include "settings/run_changes.h"
#include "settings/source.h"
#include "settings/trial.h"

namespace stepwise {

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
// pictures with the same noise, and what its newest model makes of them, or that of a mark.
struct LookAtLevels {
  JobId run = kNoJob;
  int bin = 0;                          // Of those of TrainingStarted::bin_edges.
  std::optional<std::int64_t> at = {};  // The step of the mark; none: the newest weights.
};
STEPWISE_FIELDS(LookAtLevels, run, bin, at)

// Changes how a run in training makes its steps from the next one on, behind a mark of how it was.
// Nothing happens where all is as asked for already.
struct ChangeTraining {
  JobId run = kNoJob;
  std::optional<double> multiplier = {};        // Of the learning rate; none: as it is.
  std::vector<FieldValue> changes = {};         // See changed_in_training().
  std::optional<Corrections> corrections = {};  // All of its data set; none: as they are.
};
STEPWISE_FIELDS(ChangeTraining, run, multiplier, changes, corrections)

// Makes a mark of a run in training as it is now, to go back to.
struct MarkTraining {
  JobId run = kNoJob;
};
STEPWISE_FIELDS(MarkTraining, run)

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

}  // namespace stepwise
