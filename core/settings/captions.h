// What a model thinks of the captions of pictures: which class it finds them most likely to be of,
// and at which noise levels it matters what it is told. Plain values; any thread.
#pragma once

#include <vector>

#include "fields.h"
#include "range.h"

namespace stepwise {

inline constexpr Range<int> kReviewed{1, 100000};

// A picture whose caption the model disputes.
struct Doubt {
  int index = 0;      // Of the training pictures.
  int told = 0;       // Its class as it is said to be,
  int believed = 0;   //   and with which the model errs least.
  double margin = 0;  // So much smaller its squared error is then, 0 to 1.
  bool made = false;  // The caption was made wrong for the sake of the review.
  bool operator==(const Doubt&) const = default;
};
STEPWISE_FIELDS(Doubt, index, told, believed, margin, made)

// How much of the squared error goes, at this level, when the model is told the class instead of
// nothing: 0 where that changes nothing; below 0 it misleads.
struct ClassEffect {
  double sigma = 0;
  double effect = 0;
  bool operator==(const ClassEffect&) const = default;
};
STEPWISE_FIELDS(ClassEffect, sigma, effect)

struct CaptionReview {
  int count = 0;                     // Pictures that were looked at,
  int made = 0;                      //   those whose captions were made wrong,
  int disputed = 0;                  //   those with which the model does not agree,
  int found = 0;                     //   and those of these that were made wrong.
  std::vector<ClassEffect> effects;  // Sigma rising; of the right class. Empty: no null class.
  std::vector<Doubt> doubts;         // The largest margins first, kMostDoubts of them.
};
STEPWISE_FIELDS(CaptionReview, count, made, disputed, found, effects, doubts)

inline constexpr int kMostDoubts = 60;

}  // namespace stepwise
