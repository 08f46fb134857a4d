// How several models are one, as plain values: see diffusion/combine.h. Any thread.
#pragma once

#include <variant>
#include <vector>

#include "fields.h"
#include "range.h"

namespace stepwise {

// Of two models: the first, led away from what the second, a weaker one, makes of the same picture
// (Karras et al. 2024).
struct Autoguidance {
  double weight = 2;  // w in D_weak + w (D - D_weak); 1: the first by itself.
  bool operator==(const Autoguidance&) const = default;
};
STEPWISE_FIELDS(Autoguidance, weight)

inline constexpr Range<double> kAutoguidance{0, 20};

// Each model where sigma lies in its band, that of the most noise first (Balaji et al. 2022).
struct Experts {
  std::vector<double> boundaries;  // Between one band and the next, falling.
  bool operator==(const Experts&) const = default;
};
STEPWISE_FIELDS(Experts, boundaries)

using Combination = std::variant<Autoguidance, Experts>;

}  // namespace stepwise
