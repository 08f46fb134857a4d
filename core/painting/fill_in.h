// How a model fills in what is not locked.
#pragma once

#include <array>
#include <cstddef>

#include "fields.h"
#include "range.h"

namespace stepwise {

enum class FillMethod { kReplacement, kRepaint, kLangevin, kPigdm };

struct FillMethodName {
  FillMethod method;
  const char* id;     // For files and command lines.
  const char* label;  // For people.
  const char* help;   // One sentence, and where it comes from.
  bool takes_rounds;
  // Times that a step evaluates the network, for each that it does without a lock. A backward pass
  // is worth two.
  int (*evaluations)(int rounds);
};

// In the order of the enumeration.
inline constexpr std::array kFillMethods = {
    FillMethodName{FillMethod::kReplacement, "replace", "Replace",
                   "What is locked is put into each guess, and that is all: fast, but the rest "
                   "may not go with it (DDNM, Wang et al. 2023).",
                   false, [](int) { return 1; }},
    FillMethodName{FillMethod::kRepaint, "repaint", "RePaint",
                   "Each step is taken several times, with fresh noise in between, so that the "
                   "rest can come to agree (Lugmayr et al. 2022).",
                   true, [](int rounds) { return rounds; }},
    FillMethodName{FillMethod::kLangevin, "langevin", "Langevin",
                   "At each noise level the rest is shaken until it has settled beside what is "
                   "locked (LanPaint, Zheng et al. 2025).",
                   true, [](int rounds) { return 1 + rounds; }},
    FillMethodName{FillMethod::kPigdm, "pigdm", "Gradient",
                   "The network's gradient says how the rest must change for the guess to agree "
                   "with what is locked (PiGDM, Song et al. 2023).",
                   false, [](int) { return 3; }},
};
constexpr const FillMethodName& name_of(FillMethod method) {
  return kFillMethods[std::size_t(method)];
}
constexpr auto names_of(FillMethod) {
  std::array<Named<FillMethod>, kFillMethods.size()> names;
  for (std::size_t i = 0; i < names.size(); ++i)
    names[i] = {kFillMethods[i].method, kFillMethods[i].id};
  return names;
}

inline constexpr Range<int> kRounds{1, 50};

struct FillIn {
  FillMethod method = FillMethod::kPigdm;
  int rounds = 5;  // Of RePaint and of Langevin, at each level.
  bool operator==(const FillIn&) const = default;
};
STEPWISE_FIELDS(FillIn, method, rounds)

constexpr int evaluations_of(const FillIn& fill) {
  return name_of(fill.method).evaluations(fill.rounds);
}

}  // namespace stepwise
