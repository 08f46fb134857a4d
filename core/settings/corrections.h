// What people set right of a data set by hand: training pictures that are of another class than its
// files say, and those that nothing is learned from. Plain values; any thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "fields.h"

namespace stepwise {

struct Correction {
  int index = 0;                  // Of the training pictures, as they lie in the files.
  std::optional<int> label = {};  // Its class; none: the files are right.
  bool left_out = false;          // It is not learned from.

  bool changes() const { return label || left_out; }
  bool operator==(const Correction&) const = default;
};
STEPWISE_FIELDS(Correction, index, label, left_out)

struct Corrections {
  std::string data = {};      // The name of their data set, as shown; it decides nothing.
  std::string identity = {};  // Of that, see identity_of(); empty: they are for any that they fit.
  std::vector<Correction> pictures = {};  // By their indices, each once.

  bool operator==(const Corrections&) const = default;
};
STEPWISE_FIELDS(Corrections, data, identity, pictures)

// Throws Error naming what is out of range or out of order. Whether there is such a picture and
// such a class, correct() in data/corrections.h knows.
void check(const Corrections& corrections);

// That of a picture; one that changes nothing where there is none.
Correction correction_of(const Corrections& corrections, int index);

// From now on this is what is corrected of that picture, perhaps nothing.
void set_correction(Corrections& corrections, const Correction& correction);

// "3 relabelled, 2 left out"; empty where there are none.
std::string words_for(const Corrections& corrections);
// The same of what is corrected `now` and was not before, and "1 taken back"; empty where both say
// the same.
std::string words_of_change(const Corrections& before, const Corrections& now);

}  // namespace stepwise
