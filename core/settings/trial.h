// A trial: two recipes, A and B, against each other, on the same pictures in the same order, with
// the same noise, by several runs of each, for two runs of one recipe differ too. What can be said
// of it is true however often and however long one looks. Plain values; any thread.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "fields.h"
#include "range.h"
#include "settings/confidence.h"
#include "settings/degradation.h"

namespace stepwise {

// Runs of each recipe: with fewer than three no difference would be sure, however large.
inline constexpr Range<int> kTrialPairs{3, 16};
inline constexpr int kTrialLooks = 8;        // At even shares of the budget.
inline constexpr double kTrialError = 0.05;  // The chance that a trial says anything wrong.
inline constexpr double kTrialAlike = 0.05;  // Losses that differ by less are as good as equal.

// What is sure of a difference. kOpen: nothing yet.
enum class Verdict { kOpen, kABetter, kBBetter, kAlike };
inline constexpr std::array kVerdicts = {
    Named<Verdict>{Verdict::kOpen, "open"},
    Named<Verdict>{Verdict::kABetter, "a-better"},
    Named<Verdict>{Verdict::kBBetter, "b-better"},
    Named<Verdict>{Verdict::kAlike, "alike"},
};
constexpr const auto& names_of(Verdict) { return kVerdicts; }

// Levels sigma_low to sigma_high, noise levels or severities, and how the held-out losses there
// differ: `loss` is of their logarithms, so -0.1 is about a tenth less for B.
struct TrialRange {
  double sigma_low = 0, sigma_high = 0;
  Difference loss;
  bool operator==(const TrialRange&) const = default;
};
STEPWISE_FIELDS(TrialRange, sigma_low, sigma_high, loss)

// What a look at all runs tells.
struct TrialLook {
  int number = 0;                  // Of kTrialLooks, from 1.
  double seconds = 0;              // Of training, of all runs together.
  TrialRange whole;                // All levels, and
  std::vector<TrialRange> ranges;  //   parts of them, sigma rising.
  std::vector<double> a, b;        // Held-out losses of the runs, a pair at a time.
  bool operator==(const TrialLook&) const = default;
};
STEPWISE_FIELDS(TrialLook, number, seconds, whole, ranges, a, b)

Verdict verdict_on(const Difference& loss);

// A difference of logarithms as a share: -0.1 is -0.095.
double share_of(double difference);

// All that is sure by now, in whole sentences: "B is better below σ 0.63, by 8 to 14 %; it is not
// decided yet above σ 0.63." `undone`: what both recipes learn to undo, whose levels these are.
std::string words_for(const TrialLook& look, const DegradationStack& undone = {});

}  // namespace stepwise
