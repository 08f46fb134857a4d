// Commands that look into models and measure them, see commands.h.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

#include "engine/ids.h"
#include "fields.h"
#include "image/image.h"
#include "painting/mask_search.h"
#include "settings/condition.h"
#include "settings/degradation.h"
#include "settings/sample_settings.h"
#include "settings/source.h"
#include "settings/trade_off.h"

namespace stepwise {

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

// Measures a model as it is now (recipes: FD, noise-equivalent level, agreement, copying), all
// classes in turn.
struct Evaluate {
  ModelId model = kNoModel;
  SampleSettings settings;
  std::optional<DataSource> data = {};    // Against these pictures, else those it was trained on.
  std::filesystem::path classifier = {};  // By this one; empty: one that was trained on them.
};
STEPWISE_FIELDS(Evaluate, model, settings, data, classifier)

// Measures how much of a stroke is left at the end, by noise level and size of the brush.
struct MeasureSurvival {
  ModelId model = kNoModel;
  SampleSettings settings;  // `count` pictures.
};
STEPWISE_FIELDS(MeasureSurvival, model, settings)

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

}  // namespace stepwise
