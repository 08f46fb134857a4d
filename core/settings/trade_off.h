// How often a change of class succeeds against how much of the picture it changes, by method and
// noise level: measured once for a model, and kept with it. Plain values; any thread.
#pragma once

#include <array>

#include "fields.h"

namespace stepwise {

enum class ChangeMethod { kSdedit, kDdim, kEditFriendly, kFlow, kDiffEdit, kMaskedFlow };
inline constexpr std::array kChangeMethods = {
    Named<ChangeMethod>{ChangeMethod::kSdedit, "sdedit"},
    Named<ChangeMethod>{ChangeMethod::kDdim, "ddim"},
    Named<ChangeMethod>{ChangeMethod::kEditFriendly, "edit-friendly"},
    Named<ChangeMethod>{ChangeMethod::kFlow, "flow"},
    Named<ChangeMethod>{ChangeMethod::kDiffEdit, "diffedit"},
    Named<ChangeMethod>{ChangeMethod::kMaskedFlow, "masked-flow"},
};
constexpr const auto& names_of(ChangeMethod) { return kChangeMethods; }

struct TradeOff {
  ChangeMethod method = ChangeMethod::kSdedit;
  double sigma = 0;    // Where the change begins.
  double changed = 0;  // Share of the pictures that a classifier takes for the other class.
  double change = 0;   // Mean absolute change of a pixel, in grey levels of 255,
  double outside = 0;  //   and of those outside the mask that DiffEdit finds.
  bool operator==(const TradeOff&) const = default;
};
STEPWISE_FIELDS(TradeOff, method, sigma, changed, change, outside)

// One class into another.
struct ClassChange {
  int from = 0, to = 1;
  bool operator==(const ClassChange&) const = default;
};
STEPWISE_FIELDS(ClassChange, from, to)

}  // namespace stepwise
