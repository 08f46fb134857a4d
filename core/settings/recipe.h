// Everything that decides how a model is trained, as plain values: no torch here. A checkpoint
// stores the recipe it was trained with. What each field is for stands in settings/recipe_fields.h,
// the recipes that come with the program in assets/recipes.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "fields.h"
#include "range.h"
#include "settings/degradation.h"
#include "settings/parameterisation.h"

namespace stepwise {

inline constexpr Range<double> kLearningRate{1e-6, 1};
inline constexpr Range<double> kMultiplier{0.01, 10};  // Of the learning rate, live while training.
inline constexpr Range<double> kMinutes{0.01, 100000};
inline constexpr Range<std::int64_t> kTrainingSteps{1, 100000000};
inline constexpr Range<std::int64_t> kBatch{1, 65536};
inline constexpr Range<double> kHalfLife{0.001, 1};  // Of an average, as a share of the steps.
inline constexpr Range<int> kMarks{0, 20};           // Of a run: see training/marks.h.
inline constexpr Range<int> kMeasureCount{0, 10000};

// A run ends when its time or its number of steps is spent, whichever comes first (0: not set).
// More can be added later: see extended() in settings/schedule.h.
struct Budget {
  double minutes = 0;
  std::int64_t steps = 0;

  bool operator==(const Budget&) const = default;
};
void visit_fields(FieldsOf<Budget> auto& b, auto visit) {
  visit("minutes", b.minutes, Range<double>{0, kMinutes.max});
  visit("steps", b.steps, Range<std::int64_t>{0, kTrainingSteps.max});
}

// How gradients become steps. Muon makes the step of a matrix or convolution orthogonal and leaves
// the other parameters (biases, norms, embeddings, the first and last layer) to AdamW.
enum class OptimiserKind { kAdamW, kMuon };
inline constexpr std::array kOptimisers = {
    Named<OptimiserKind>{OptimiserKind::kAdamW, "adamw"},
    Named<OptimiserKind>{OptimiserKind::kMuon, "muon"},
};
constexpr const auto& names_of(OptimiserKind) { return kOptimisers; }

// How the learning rate falls after the warm-up: it reaches 0 where the budget ends, and of a
// budget that was added to, where the whole of it ends.
enum class Decay { kLinear, kCosine };
inline constexpr std::array kDecays = {
    Named<Decay>{Decay::kLinear, "linear"},
    Named<Decay>{Decay::kCosine, "cosine"},
};
constexpr const auto& names_of(Decay) { return kDecays; }

struct Recipe {
  std::string name = "quick";
  std::string parent;  // The name of the recipe that it was made from; empty: none.

  Budget budget{2, 0};

  // The network: keys of UNet2DModel's config (see formats/unet_config.h).
  std::vector<std::int64_t> channels{16, 32, 64};
  int layers_per_block = 1;
  bool attention = true;  // At the lowest resolution.

  // The loss.
  double sigma_data = 0.71;  // Standard deviation of the data.
  double sigma_mean = -0.8;  // ln sigma ~ N(sigma_mean, sigma_std^2), stratified in each batch.
  double sigma_std = 1.2;
  double class_dropout = 0.1;  // Share of pictures trained with the null class.
  bool flip = false;           // Half of the pictures are mirrored left to right.
  int shift = 0;               // Each is moved by up to so many pixels along each axis.
  DegradationStack degradation = Degradation::kNoise;  // What it learns to undo.
  Parameterisation parameterisation = Parameterisation::kEdm;
  BetaSchedule betas = BetaSchedule::kCosine;
  LevelDraw levels = LevelDraw::kNormal;
  Weighting weighting = Weighting::kEdm;
  double sigma_low = 0, sigma_high = 1000;  // Levels outside are not learned: an expert's interval.
  // Pictures begin as Gaussians of their class at this level, above which nothing is learned; 0:
  // with noise.
  double gaussian_sigma = 0;
  double wrong_classes = 0;  // Share of the training pictures that are said to be of another class.
  // A trained model is tuned to guess the same all along the way of a picture, that one evaluation
  // may do (Geng et al. 2024): how often the way from a level to the one whose guess it is to
  // repeat is halved over the run; 0: it learns to denoise.
  int consistency = 0;

  // The optimiser.
  OptimiserKind optimiser = OptimiserKind::kMuon;
  std::int64_t batch = 32;
  double learning_rate = 6e-3;
  double momentum = 0.95;  // Muon's.
  double warm_up = 0.03;   // Share of the budget spent rising to learning_rate.
  Decay decay = Decay::kLinear;
  double weight_decay = 0;
  double clip = 1;       // Largest gradient norm; 0: not clipped.
  double ema = 0.02;     // Half-life of the averaged weights, as a share of the steps so far.
  bool bfloat16 = true;  // Convolutions in bfloat16 where the machine is faster that way.

  bool half_weights = false;       // The averaged weights are written as F16: half the size.
  double gallery_seconds = 5;      // Between galleries; 0: one at the end alone.
  int measure_count = 0;           // Pictures that it is measured by as it trains; 0: it is not.
  double checkpoint_seconds = 60;  // Between checkpoints.
  int marks = 0;                   // That a run makes by itself, at even shares of its budget.
  std::uint64_t seed = 1;

  bool operator==(const Recipe&) const = default;
};

// The budget's are fields of the recipe's own. Those that stand together in recipe_fields.h follow
// one another.
void visit_fields(FieldsOf<Recipe> auto& r, auto visit) {
  visit("name", r.name);
  visit("parent", r.parent);
  visit_fields(r.budget, visit);
  visit("channels", r.channels);
  visit("layers_per_block", r.layers_per_block, Range<int>{1, 8});
  visit("attention", r.attention);
  visit("sigma_data", r.sigma_data, Range<double>{0.01, 100});
  visit("sigma_mean", r.sigma_mean, Range<double>{-10, 10});
  visit("sigma_std", r.sigma_std, Range<double>{0.01, 10});
  visit("class_dropout", r.class_dropout, Range<double>{0, 1});
  visit("flip", r.flip);
  visit("shift", r.shift, Range<int>{0, 64});
  visit("degradation", r.degradation);
  visit("parameterisation", r.parameterisation);
  visit("betas", r.betas);
  visit("levels", r.levels);
  visit("weighting", r.weighting);
  visit("sigma_low", r.sigma_low, Range<double>{0, 1000});
  visit("sigma_high", r.sigma_high, Range<double>{0, 1000});
  visit("gaussian_sigma", r.gaussian_sigma, Range<double>{0, 1000});
  visit("wrong_classes", r.wrong_classes, Range<double>{0, 1});
  visit("consistency", r.consistency, Range<int>{0, 12});
  visit("optimiser", r.optimiser);
  visit("batch", r.batch, kBatch);
  visit("learning_rate", r.learning_rate, kLearningRate);
  visit("momentum", r.momentum, Range<double>{0, 0.9999});
  visit("warm_up", r.warm_up, Range<double>{0, 0.99});
  visit("decay", r.decay);
  visit("weight_decay", r.weight_decay, Range<double>{0, 10});
  visit("clip", r.clip, Range<double>{0, 1e9});
  visit("ema", r.ema, Range<double>{0, 1});
  visit("bfloat16", r.bfloat16);
  visit("half_weights", r.half_weights);
  visit("gallery_seconds", r.gallery_seconds, Range<double>{0, 1e9});
  visit("measure_count", r.measure_count, kMeasureCount);
  visit("checkpoint_seconds", r.checkpoint_seconds, Range<double>{0.1, 1e9});
  visit("marks", r.marks, kMarks);
  visit("seed", r.seed);
}

void check(const Recipe& recipe);  // Throws Error naming the first field out of range.

// The highest noise level, or severity, that is learned.
double learned_up_to(const Recipe& recipe);

// Why a run of this recipe cannot begin with new weights, in words; empty: it can.
std::string trouble_with_new_weights(const Recipe& recipe);

}  // namespace stepwise
