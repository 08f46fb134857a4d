// How much of a stroke is left in the finished picture, by the noise level that it is painted at
// and the size of the brush. Pictures are drawn, a short stroke is painted on the guess of each at
// each level, and the branch is run to its end and compared with one that forks there unpainted.
// Cut into steps, so that a worker can read its mail in between. Worker thread.
#pragma once

#include <vector>

#include "editing/branch.h"
#include "settings/survival.h"

namespace stepwise {

class SurvivalMeasurement {
 public:
  // On settings.count pictures of all classes in turn. Throws Error for settings out of range.
  SurvivalMeasurement(const SampleSettings& settings, SharedModel model);

  // Computes one frame of a few pictures; false when all is measured.
  bool step();
  double fraction() const;  // Of the work, 0 to 1.

  // Once all is measured: sigma falling, and for each the sizes rising.
  std::vector<Survival> table() const;

 private:
  void begin_portion();
  void begin_forks();
  void end_forks();
  double frames_from(int step) const;  // To the end, of one picture.

  Branch whole_;  // All pictures; no frames.
  std::vector<float> sizes_;
  int stride_;       // Every so many steps there is a stroke.
  int portion_;      // Pictures at once.
  double all_ = 0;   // Frames that the work takes, one for each picture,
  double done_ = 0;  //   and those that are done.
  int first_ = 0;    // Of the pictures that are drawn now.
  Branch drawn_;     // Those, and
  Branch forks_;     //   for each one that is unpainted and one for each size, at this level.
  Tensor changes_;   // What the strokes change: [pictures, sizes, C, H, W].
  Tensor shares_;    // Sums over pictures: [levels, sizes].
};

}  // namespace stepwise
