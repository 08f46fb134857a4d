// Averaged weights of another length than a run was trained with, made afterwards of the two that
// it keeps, as they are at its end and as they were at its marks (post-hoc EMA, Karras et al. 2024,
// Section 3). Worker thread only.
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "settings/recipe.h"

namespace stepwise {

// An average up to `step` whose half-life is this share of the steps: what each step t counts in it
// is in proportion to t^(ln 2 / half_life - 1), its power function profile.
struct AverageProfile {
  double step = 1;
  double half_life = 0.02;
};

// How to add up averages so that the sum comes as close as can be to another one; they sum to 1.
struct AverageMix {
  std::vector<double> weights;  // One for each of those there are.
  double misfit = 0;  // Of the profiles: the sum's squared distance from the other one, as a share
                      //   of that one's squared length. 0: exact.
};
AverageMix mix_for(const std::vector<AverageProfile>& there, const AverageProfile& wanted);

struct RunAverage {
  std::filesystem::path folder;  // Of the model.
  int parts = 0;                 // Averages that it was made of,
  double misfit = 0;             //   and how well: see AverageMix.
};

// Writes the model of a run with the average of this half-life over its steps, into a folder of the
// run that is named by its step and that; where that is there already, it is left as it is. Throws
// Error if there is no run, or a file cannot be read or written.
RunAverage average_run(const std::filesystem::path& run, double half_life);

}  // namespace stepwise
