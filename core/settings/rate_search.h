// A search for a learning rate: a new network is trained while the rate rises exponentially, from
// far too low to far too high, and the loss of each batch tells which are which (Smith 2017,
// arXiv:1506.01186). Plain values; any thread.
#pragma once

#include <string>
#include <vector>

#include "fields.h"

namespace stepwise {

inline constexpr int kRateSteps = 100;  // Of a search at the most.
// A search ends before where the smoothed loss is so many times its least. A single odd batch does
// not bring that about: its loss would have to be more than twenty times the least.
inline constexpr double kRateDiverged = 4;

struct RatePoint {
  double rate = 0;
  double loss = 0;      // Of the batch that a step of this rate was taken on.
  double smoothed = 0;  // The exponential mean of all losses up to here.
  bool operator==(const RatePoint&) const = default;
};
STEPWISE_FIELDS(RatePoint, rate, loss, smoothed)

struct RateSearch {
  double from = 0, to = 0;        // The rates that are tried, unless the loss grows before.
  std::vector<RatePoint> points;  // As far as it has come.
  bool diverged = false;          // It ended because the loss grew, or was no number any more.
  double suggestion = 0;          // Two digits; 0: not known yet, or there is none.
  bool operator==(const RateSearch&) const = default;
};
STEPWISE_FIELDS(RateSearch, from, to, points, diverged, suggestion)

// One that has not begun, around the rate of a recipe and within kLearningRate.
RateSearch search_around(double learning_rate);

// The rate of the next step.
double next_rate(const RateSearch& search);

// Takes in the loss of that step; the last one brings the suggestion with it. A loss that is not
// finite is no point, but an end.
void add_loss(double loss, RateSearch& search);

bool is_over(const RateSearch& search);

// Where the smoothed loss is least; nullptr while it is the mean of too few losses to tell.
const RatePoint* least_of(const RateSearch& search);

// What a search that is over has found, in whole sentences: "Tried from 6e-06 to 0.12: the loss
// fell until 0.042, then it grew. A tenth of that, 0.0042, leaves room."
std::string words_for(const RateSearch& search);

}  // namespace stepwise
