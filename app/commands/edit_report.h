// What an edit has done to a picture, in numbers. Plain values; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "fields.h"
#include "image/image.h"

namespace stepwise {

// Changes are those of the guess at one level, mean absolute differences of its values from the
// picture before the edit, in grey levels of 255.
struct ChangeAtLevel {
  double sigma = 0;
  double inside = 0, outside = 0;  // The area that may change.
};
STEPWISE_FIELDS(ChangeAtLevel, sigma, inside, outside)

struct EditReport {
  std::string tool, method, model;
  std::uint64_t seed = 0;
  int steps = 0;     // That were taken,
  double sigma = 0;  //   from this level on.
  double area = 0;   // Share of the picture that may change.
  // Of the finished picture, in grey levels of 255: as in ChangeAtLevel, the largest change of a
  // value outside, and the means of changes with their sign.
  double changed_inside = 0, changed_outside = 0, largest_outside = 0;
  double drift_inside = 0, drift_outside = 0;
  std::int64_t values_outside = 0, differing_outside = 0;  // Of the finished picture, as floats.
  // Where the edit begins: the standard deviation of x - D(x) over sigma, less 1.
  double noise_off = 0;
  std::vector<ChangeAtLevel> levels;
  double seconds = 0;
  // Of values as float32, H x W x C.
  std::string before_sha256, after_sha256;
};
STEPWISE_FIELDS(EditReport, tool, method, model, seed, steps, sigma, area, changed_inside,
                changed_outside, largest_outside, drift_inside, drift_outside, values_outside,
                differing_outside, noise_off, levels, seconds, before_sha256, after_sha256)

// `area`: how much of each pixel may change, 0 to 1: one channel; outside is where that is 0.
ChangeAtLevel change_between(const Image& before, const Image& after, const Image& area,
                             double sigma);
// What is said of the finished picture.
void compare(EditReport& report, const Image& before, const Image& after, const Image& area);

// Standard deviation of the difference about 0, over sigma, less 1.
double noise_off(const Image& noisy, const Image& guess, double sigma);

}  // namespace stepwise
