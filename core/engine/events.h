// What the worker tells a front end: plain values, free to cross threads. Here are those about
// models, data sets and work itself.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/commands.h"
#include "engine/drawing_events.h"
#include "engine/job_events.h"
#include "engine/measuring_events.h"
#include "engine/training_events.h"
#include "fields.h"
#include "image/image.h"
#include "settings/corrections.h"
#include "settings/degradation.h"
#include "settings/sample_settings.h"
#include "settings/source.h"
#include "settings/survival.h"
#include "settings/trade_off.h"
#include "settings/trial.h"

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
  std::string data;                       // The data set it was trained on, where known,
  std::optional<DataSource> source = {};  //   and what opens that again.
  SampleSettings defaults;                // What it samples best with.
  bool has_null_class = true;             // Guidance needs it, and so does a picture of no class.
  bool has_gaussians = false;             // Pictures can begin with them.
  bool has_few_steps = false;             // Few-step weights of its own preview edits.
  double learned_up_to = 0;  // The highest noise level that it learned; 0: any, or not known.
  DegradationStack degradation = Degradation::kNoise;  // That it undoes.
  // Where the model's own scheduler is not here: what is taken in its place. Whole sentences.
  std::string stand_in;
  std::string left_over;  // Keys of other schedulers in its scheduler's file; they are ignored.
  std::vector<double> boundaries;   // Between models that it consists of, see Experts.
  std::vector<Survival> survival;   // Of strokes, by level and size; empty: not measured.
  std::vector<TradeOff> trade_off;  // Of changes of class; empty: not measured.
};
STEPWISE_FIELDS(ModelOpened, id, live, folder, name, class_names, height, width, channels,
                parameters, data, source, defaults, has_null_class, has_gaussians, has_few_steps,
                learned_up_to, degradation, stand_in, left_over, boundaries, survival, trade_off)

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
  Corrections corrections = {};          // That were made to it.
  std::optional<DataSource> files = {};  // What it is of, uncorrected, from any working folder.
};
STEPWISE_FIELDS(DataOpened, name, class_names, train, test, height, width, channels, corrections,
                files)

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

struct PictureFetched {
  int index = 0;
  bool test = true;
  int label = 0;
  Image picture;
};
STEPWISE_FIELDS(PictureFetched, index, test, label, picture)

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
  bool has_few_steps = false;              // As of ModelOpened.
  std::string obstacle;                    // Why no samples can be drawn; empty: they can.
  SampleSettings defaults;                 // What it samples best with, and
  std::vector<double> sigmas, times;       //   the levels and network times of that.
};
STEPWISE_FIELDS(ModelDescribed, folder, name, data, parameters, in_channels, out_channels, height,
                width, block_out_channels, layers_per_block, class_names, scheduler,
                prediction_type, left_over, notes, is_finite, has_few_steps, obstacle, defaults,
                sigmas, times)

// The weights of a model: see weights_sha256().
struct ModelIdentified {
  ModelId model = kNoModel;
  std::string sha256;
};
STEPWISE_FIELDS(ModelIdentified, model, sha256)

using Event =
    std::variant<Ready, ModelOpened, ModelClosed, DataOpened, BranchStarted, TreeClosed, FrameReady,
                 FrameFetched, PreviewReady, SeenAhead, Inspected, Worsened, Surveyed,
                 PictureFetched, DataCorrected, DataBrowsed, TrainingStarted, TrainingProgress,
                 LevelsLookedAt, TrainingMarked, GalleryReady, RunFound, RunsListed, RunDiscarded,
                 RunTakenBack, TrainingDone, TrialStarted, TrialLooked, RateSearched, RunAveraged,
                 Drawn, Evaluated, ClassifierTrained, MeterTrained, ModelDescribed, ModelIdentified,
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
