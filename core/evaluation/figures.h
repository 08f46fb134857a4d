// How good a set of samples is, as figures: see evaluation.h. Plain values, no torch here; any
// thread.
#pragma once

#include <string>
#include <vector>

#include "fields.h"

namespace stepwise {

struct Evaluation {
  int count = 0;                      // Samples.
  double distance = 0;                // Frechet distance of the samples to the reference (FD).
  double standard_error = 0;          // Of distance, see frechet.h; NaN: the samples are too few.
  double floor = 0;                   // FD of as many held real pictures.
  double noise_equivalent_level = 0;  // In data units, 0.01 to 0.5; see frechet.h.
  double agreement = 0;               // Share of samples classed as asked for; NaN: none was asked.
  double real_agreement = 0;          // The same of all test pictures.
  double nearest = 0, real_nearest = 0;  // Mean RMS distance to the nearest training picture.
  std::vector<double> noise_distances;   // FD at each of kNoiseLevels.
  std::string classifier;                // SHA-256 of its file.
  std::string reference;                 // The pictures it consists of: "train".
};
STEPWISE_FIELDS(Evaluation, count, distance, standard_error, floor, noise_equivalent_level,
                agreement, real_agreement, nearest, real_nearest, noise_distances, classifier,
                reference)

}  // namespace stepwise
