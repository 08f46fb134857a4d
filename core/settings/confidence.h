// How sure one can be that two kinds of runs differ, from a few runs of each. Plain numbers; any
// thread.
#pragma once

#include <span>

#include "fields.h"

namespace stepwise {

// The mean of b less the mean of a, and between which bounds it lies for certain: one of all those
// that are looked at is wrong no more often than was asked for.
struct Difference {
  double mean = 0, low = 0, high = 0;
  bool operator==(const Difference&) const = default;
};
STEPWISE_FIELDS(Difference, mean, low, high)

// Student's interval for the difference of two means of equal spread, from values that differ
// between runs as normal ones do; a and b have as many, two or more. `error`: the chance that it
// leaves out the true difference, above 0 and below 1. Looking at m differences with error / m each
// keeps the chance that any is wrong below error (Bonferroni), whatever they have to do with each
// other: so they may be of one run at different times.
Difference difference_of_means(std::span<const double> a, std::span<const double> b, double error);

}  // namespace stepwise
