// The noise levels of one run, from first to last, with the network's time at each, and the
// schedule they belong to. Any thread.
#pragma once

#include <vector>

#include "diffusion/schedule.h"
#include "settings/sample_settings.h"

namespace stepwise {

struct Levels {
  Schedule schedule;
  std::vector<double>
      sigmas;                 // steps + 1 levels, falling; the last, of the finished picture, is 0.
  std::vector<double> times;  // The network's time at each but the last.
  double start = 0;           // x begins as start * noise.
  // Some schedulers stop a little above 0 and take what they have for the picture.
  double end = 0;
  // DDIM and PNDM take each step to the time `stride` lower, whether or not the next level lies
  // there; 0: all steps go to the next level.
  int stride = 0;
  // Variance that each step takes away, where the scheduler does not count it from level to level;
  // empty: it does.
  std::vector<double> falls = {};
  std::vector<int> left_out = {};  // Of the settings, see number().

  int steps() const { return int(sigmas.size()) - 1; }
  bool is_last(int step) const { return sigmas[std::size_t(step) + 1] == 0; }
  // Of a step among all that there are, those that are left out too. Fresh noise is drawn by this
  // number, so that leaving out a step changes no noise but its own.
  int number(int step) const;
  // Where the formula of a step goes.
  double next(int step) const { return is_last(step) ? end : sigmas[std::size_t(step) + 1]; }
  // Those at or below `sigma`, or the lowest.
  Levels from(double sigma) const;
  double fall(int step) const;
  // As the schedule's, but with this run's own time at its own levels.
  Coefficients at(double sigma) const;
  // The level at this time, for schedulers with a stride; below 0 lies their end.
  double sigma_before(double time) const;
};

// The levels that the settings ask for. Throws Error for settings out of range or beyond what the
// scheduler knows.
Levels levels_of(const SampleSettings& settings, const Schedule& schedule = Schedule());

}  // namespace stepwise
