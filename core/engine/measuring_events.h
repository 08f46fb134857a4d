// What is told of models that are looked into and measured, see events.h.
#pragma once

#include <string>
#include <vector>

#include "engine/ids.h"
#include "evaluation/figures.h"
#include "fields.h"
#include "image/image.h"
#include "settings/captions.h"
#include "settings/condition.h"
#include "settings/degradation.h"
#include "settings/record.h"
#include "settings/survival.h"
#include "settings/trade_off.h"

namespace stepwise {

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
  std::vector<DegradationStack> stacks = {};  // As asked.
};
STEPWISE_FIELDS(Worsened, severities, pictures, stacks)

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

struct Evaluated {
  std::string model;  // Its name.
  Evaluation figures;
  int evaluations_per_picture = 0;
  double seconds = 0;  // Of drawing.
  DataRecord data;     // Whose pictures the reference consists of.
};
STEPWISE_FIELDS(Evaluated, model, figures, evaluations_per_picture, seconds, data)

struct SurvivalMeasured {
  std::vector<Survival> table;
};
STEPWISE_FIELDS(SurvivalMeasured, table)

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

}  // namespace stepwise
