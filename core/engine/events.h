// What the worker tells a front end: plain values, free to cross threads.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/commands.h"
#include "engine/job_events.h"
#include "evaluation/figures.h"
#include "fields.h"
#include "image/image.h"
#include "painting/edit.h"
#include "settings/captions.h"
#include "settings/corrections.h"
#include "settings/degradation.h"
#include "settings/points.h"
#include "settings/rate_search.h"
#include "settings/recipe.h"
#include "settings/record.h"
#include "settings/sample_settings.h"
#include "settings/survival.h"
#include "settings/trade_off.h"
#include "settings/trial.h"
#include "training/marks.h"
#include "training/run_summary.h"

namespace stepwise {

// The worker has started: what it computes on.
struct Ready {
  std::string device;  // "cpu", "cuda".
  int threads = 0;     // Of the processor.
};
STEPWISE_FIELDS(Ready, device, threads)

// There is another model.
struct ModelOpened {
  ModelId id = kNoModel;
  bool live = false;  // The newest of a run: whoever begins something has it as it is then.
  std::filesystem::path folder;
  std::string name;
  std::vector<std::string> class_names;  // Empty: not class-conditional.
  int height = 0, width = 0, channels = 0;
  std::int64_t parameters = 0;
  std::string data;            // The data set it was trained on, where known.
  SampleSettings defaults;     // What it samples best with.
  bool has_null_class = true;  // Guidance needs it, and so does a picture of no class.
  bool has_gaussians = false;  // Pictures can begin with them.
  Degradation degradation = Degradation::kNoise;  // That it undoes.
  // Where the model's own scheduler is not here: what is taken in its place. Whole sentences.
  std::string stand_in;
  std::string left_over;  // Keys of other schedulers in its scheduler's file; they are ignored.
  std::vector<double> boundaries;   // Between models that it consists of, see Experts.
  std::vector<Survival> survival;   // Of strokes, by level and size; empty: not measured.
  std::vector<TradeOff> trade_off;  // Of changes of class; empty: not measured.
};
STEPWISE_FIELDS(ModelOpened, id, live, folder, name, class_names, height, width, channels,
                parameters, data, defaults, has_null_class, has_gaussians, degradation, stand_in,
                left_over, boundaries, survival, trade_off)

// It is not there any more, closed or replaced by what was opened from the same folder.
struct ModelClosed {
  ModelId id = kNoModel;
};
STEPWISE_FIELDS(ModelClosed, id)

struct DataOpened {
  std::string name;
  std::vector<std::string> class_names;
  int train = 0, test = 0;  // Pictures.
  int height = 0, width = 0, channels = 0;
  Corrections corrections = {};  // That were made to it.
};
STEPWISE_FIELDS(DataOpened, name, class_names, train, test, height, width, channels, corrections)

// The open data set was corrected, or could not be: these are all of its corrections.
struct DataCorrected {
  Corrections corrections;
};
STEPWISE_FIELDS(DataCorrected, corrections)

// Training pictures of the open data set, as asked.
struct DataBrowsed {
  BrowseData asked;
  int total = 0;                  // So many there are of that kind;
  std::vector<int> indices;       //   these are from `first` on,
  std::vector<int> labels;        //   their classes as the files have them,
  std::vector<double> distances;  //   and how far they are: root mean square; empty: unasked.
  ByteBatch pictures;
};
STEPWISE_FIELDS(DataBrowsed, asked, total, indices, labels, distances, pictures)

struct BranchStarted {
  BranchId id = 0;
  BranchId parent = -1;               // -1: the root of a new tree.
  int fork = 0;                       // The step it leaves its parent at.
  std::vector<int> pictures;          // Those it runs itself; the others are the parent's.
  std::vector<Condition> conditions;  // Of the whole batch.
  std::vector<double> sigmas;         // steps + 1 levels, falling, the last is 0.
  Degradation degradation = Degradation::kNoise;  // That these are levels of.
  SampleSettings settings;
  ModelId model = kNoModel;  // Runs it, as it was when the branch began.
  Layers layers;             // Of the edit that it begins with.
  FillIn fill;
  Begun begun;  // What was asked for.
};
STEPWISE_FIELDS(BranchStarted, id, parent, fork, pictures, conditions, sigmas, degradation,
                settings, model, layers, fill, begun)

// A tree is not there any more, with all its branches.
struct TreeClosed {
  BranchId root = 0;
  std::int64_t bytes = 0;  // That the frames of all others take.
};
STEPWISE_FIELDS(TreeClosed, root, bytes)

// One more step of a branch has been computed.
struct FrameReady {
  BranchId branch = 0;
  int step = 0;
  ByteBatch guess;          // To look at: D(x, sigma) of the branch's `pictures`, in their order.
  std::int64_t bytes = 0;   // That the frames of all branches take by now.
  std::string sha256 = {};  // Of the last step: fingerprint of its pictures, see pixels_sha256().
};
STEPWISE_FIELDS(FrameReady, branch, step, guess, bytes, sha256)

// A step in full, as asked: pictures in the order of the branch's `pictures`.
struct FrameFetched {
  BranchId branch = 0;
  int step = 0;
  ImageBatch noisy;  // x
  ImageBatch guess;  // D(x, sigma); the finished picture itself at sigma = 0.
};
STEPWISE_FIELDS(FrameFetched, branch, step, noisy, guess)

struct PreviewReady {
  Edit edit;               // As asked.
  Image noisy;             // The edited picture at the level of its step.
  Image guess;             // What the model makes of it.
  double noise_level = 0;  // Standard deviation of noisy - guess, to compare with sigma.
  double sigma = 0;
  // How noisy each place looks to the meter, in units of sigma; empty where no meter knows such
  // pictures.
  Image levels;
};
STEPWISE_FIELDS(PreviewReady, edit, noisy, guess, noise_level, sigma, levels)

// One more step of a look ahead.
struct SeenAhead {
  Edit edit;  // As asked.
  int step = 0;
  Image guess;  // D(x, sigma) there; the finished picture at the last step.
  bool finished = false;
};
STEPWISE_FIELDS(SeenAhead, edit, step, guess, finished)

struct Inspected {
  double sigma = 0;
  Image noisy, guess, ideal;  // ideal: the exact posterior mean over the training pictures
  Condition known;            //   of this class; none: over all.
  double guess_error = 0, ideal_error = 0;  // Root mean square distance to the clean picture.
  int nearest = -1;           // Training picture with the largest weight in `ideal`, and
  double nearest_weight = 0;  //   that weight.
};
STEPWISE_FIELDS(Inspected, sigma, noisy, guess, ideal, known, guess_error, ideal_error, nearest,
                nearest_weight)

struct Worsened {
  std::vector<double> severities;  // As asked.
  ImageBatch pictures;             // The first way at each of them, then the second, and so on.
};
STEPWISE_FIELDS(Worsened, severities, pictures)

// One level of a survey. Errors are root mean square distances to the clean picture: their means
// and standard deviations over the pictures.
struct Surveyed {
  double sigma = 0;
  int count = 0;  // Test pictures, and
  int known = 0;  //   those of them whose class the ideal denoiser was told.
  double guess_error = 0, guess_spread = 0;
  double ideal_error = 0, ideal_spread = 0;
  double standard_error = 0;  // Of guess_error - ideal_error: of the same pictures and noise.
};
STEPWISE_FIELDS(Surveyed, sigma, count, known, guess_error, guess_spread, ideal_error, ideal_spread,
                standard_error)

struct PictureFetched {
  int index = 0;
  bool test = true;
  int label = 0;
  Image picture;
};
STEPWISE_FIELDS(PictureFetched, index, test, label, picture)

struct TrainingStarted {
  std::filesystem::path folder;
  Recipe recipe;
  std::string data;
  std::int64_t parameters = 0;
  std::vector<double> bin_edges;   // Of the levels that losses are told by, rising.
  std::vector<Condition> gallery;  // What its pictures are asked to show.
  std::int64_t step = 0;           // What it has come to; more than 0: it goes on,
  Budget added;                    //   with so much more than before,
  double multiplier = 1;           //   and with the learning rate
  double rate_factor = 1;          //   times this and what the schedule says now.
};
STEPWISE_FIELDS(TrainingStarted, folder, recipe, data, parameters, bin_edges, gallery, step, added,
                multiplier, rate_factor)

struct TrainingProgress {
  std::vector<TrainingPoint> points;  // Since the last report.
  std::vector<HeldOutPoint> held_out;
  std::int64_t step = 0;
  double pictures_per_second = 0;
  double seconds = 0, seconds_left = 0;
  double fraction = 0;  // Of the budget, 0 to 1.
  double multiplier = 1;
  bool paused = false;
};
STEPWISE_FIELDS(TrainingProgress, points, held_out, step, pictures_per_second, seconds,
                seconds_left, fraction, multiplier, paused)

// What the loss in a bin of noise levels is made of: the pictures with the largest loss first.
struct LevelsLookedAt {
  int bin = 0;
  std::int64_t step = 0;      // Of the weights that guessed.
  std::vector<int> pictures;  // Of the test set.
  std::vector<int> labels;
  std::vector<double> levels, losses;
  ImageBatch clean, noisy, guess;
};
STEPWISE_FIELDS(LevelsLookedAt, bin, step, pictures, labels, levels, losses, clean, noisy, guess)

// The marks of a run, by their steps, all of them; there is a new one, or more than there were
// known.
struct TrainingMarked {
  std::filesystem::path folder;  // Of the run.
  Recipe recipe;                 // It trains by this one now.
  std::vector<TrainingMark> marks;
};
STEPWISE_FIELDS(TrainingMarked, folder, recipe, marks)

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
};
STEPWISE_FIELDS(TrainingDone, folder, step, stopped_early, why)

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

// How far a search for a learning rate has come.
struct RateSearched {
  RateSearch search;
  bool finished = false;  // It is over.
};
STEPWISE_FIELDS(RateSearched, search, finished)

struct Drawn {
  int first = 0;
  ImageBatch pictures;
  std::vector<Condition> conditions;
};
STEPWISE_FIELDS(Drawn, first, pictures, conditions)

struct Evaluated {
  std::string model;  // Its name.
  Evaluation figures;
  int evaluations_per_picture = 0;
  double seconds = 0;  // Of drawing.
  DataRecord data;     // Whose pictures the reference consists of.
};
STEPWISE_FIELDS(Evaluated, model, figures, evaluations_per_picture, seconds, data)

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

struct ModelDescribed {
  std::filesystem::path folder;
  std::string name, data;  // Of models trained here; others: empty.
  std::int64_t parameters = 0;
  std::int64_t in_channels = 0, out_channels = 0;
  std::int64_t height = 0, width = 0;            // Of the pictures; 0: not said.
  std::vector<std::int64_t> block_out_channels;  // Of each level, finest first.
  std::int64_t layers_per_block = 0;
  std::vector<std::string> class_names;
  std::string scheduler, prediction_type;  // Empty: there is none, it is not known.
  std::string left_over;                   // Keys of other schedulers in that file; ignored.
  std::vector<std::string> notes;          // What was left out or is suspicious, a sentence each.
  bool is_finite = true;                   // No weight is NaN or infinite.
  std::string obstacle;                    // Why no samples can be drawn; empty: they can.
  SampleSettings defaults;                 // What it samples best with, and
  std::vector<double> sigmas, times;       //   the levels and network times of that.
};
STEPWISE_FIELDS(ModelDescribed, folder, name, data, parameters, in_channels, out_channels, height,
                width, block_out_channels, layers_per_block, class_names, scheduler,
                prediction_type, left_over, notes, is_finite, obstacle, defaults, sigmas, times)

// The weights of a model: see weights_sha256().
struct ModelIdentified {
  ModelId model = kNoModel;
  std::string sha256;
};
STEPWISE_FIELDS(ModelIdentified, model, sha256)

struct SurvivalMeasured {
  std::vector<Survival> table;
};
STEPWISE_FIELDS(SurvivalMeasured, table)

struct MaskFound {
  Image mask;        // How much of each pixel is to change, 0 to 1: one channel.
  Image difference;  // What it was made of: as a share of the largest.
};
STEPWISE_FIELDS(MaskFound, mask, difference)

struct TradeOffMeasured {
  std::vector<TradeOff> table;
};
STEPWISE_FIELDS(TradeOffMeasured, table)

// What a model thinks of the captions of pictures; and those that it disputes most, in that order.
struct CaptionsReviewed {
  std::string model;  // Its name.
  CaptionReview review;
  ByteBatch pictures;
  JobId data = kNoJob;  // What opened the data set that they are of; kNoJob: it is not open.
};
STEPWISE_FIELDS(CaptionsReviewed, model, review, pictures, data)

// A sampler of a race has a newer guess; the long run that all are compared with tells of its end
// alone, before them.
struct Raced {
  SamplerKind sampler = SamplerKind::kEuler;
  bool reference = false;  // It is that run.
  int steps = 0;           // In all.
  int evaluations = 0;     // Of D for each picture, when this guess was known.
  double distance = 0;     // To the end of the long run: root mean square over all pictures.
  bool finished = false;   // The guess is the finished pictures.
  ByteBatch guess;         // To look at.
};
STEPWISE_FIELDS(Raced, sampler, reference, steps, evaluations, distance, finished, guess)

using Event =
    std::variant<Ready, ModelOpened, ModelClosed, DataOpened, BranchStarted, TreeClosed, FrameReady,
                 FrameFetched, PreviewReady, SeenAhead, Inspected, Worsened, Surveyed,
                 PictureFetched, DataCorrected, DataBrowsed, TrainingStarted, TrainingProgress,
                 LevelsLookedAt, TrainingMarked, GalleryReady, RunFound, RunsListed, RunDiscarded,
                 RunTakenBack, TrainingDone, TrialStarted, TrialLooked, RateSearched, Drawn,
                 Evaluated, ClassifierTrained, MeterTrained, ModelDescribed, ModelIdentified,
                 SurvivalMeasured, MaskFound, TradeOffMeasured, CaptionsReviewed, Raced, Warning,
                 Progress, Finished, Failed>;

// An event on its way.
struct Report {
  JobId job = kNoJob;  // The command that it answers; kNoJob: none.
  Event event;
};

using Emit = std::function<void(Event)>;   // For those that work on one command.
using Send = std::function<void(Report)>;  // For those that know which.

}  // namespace stepwise
