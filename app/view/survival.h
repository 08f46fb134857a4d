// How much of a stroke will be left in the finished picture, as it was measured for a model: see
// settings/survival.h. Plain arithmetic; window thread only.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "settings/survival.h"
#include "view/desk.h"
#include "view/view.h"

namespace stepwise::app {

// The share that is left of a stroke of this size at this level: between those that were measured
// along the logarithms of both, beyond them as at the nearest. None where nothing was measured.
std::optional<double> survival_at(std::span<const Survival> table, double sigma, double size);

// The same of a stroke by the brush in hand, under the playhead, with the model in use; none also
// where the brush would not paint on a guess.
std::optional<double> survival_here(const View& view, const Desk& desk);

// In words, or in few where there is little room. Of less than a trace nothing is seen.
inline constexpr double kTrace = 0.05;
std::string words_for_survival(double share, bool few = false);

// The first step of a branch where at least half of a stroke by this brush is left, by the table of
// the model that runs it; where it never is, the step where the most is. None where nothing was
// measured.
std::optional<int> first_step_that_holds(const View& view, const Branch& branch,
                                         const Brush& brush);

}  // namespace stepwise::app
