// How a model fills in what is not locked.
#pragma once

#include <array>

#include "fields.h"
#include "range.h"

namespace stepwise {

// kReplacement: what is known is put into the guess, and that is all (DDNM, Wang et al. 2023).
// kRepaint: and each step is taken several times (Lugmayr et al. 2022).
// kLangevin: and at each level the picture comes to rest (LanPaint, Zheng et al. 2025).
// kPigdm: the guess is moved towards what is known along its gradient (Song et al. 2023).
enum class FillMethod { kReplacement, kRepaint, kLangevin, kPigdm };
inline constexpr std::array kFillMethods = {
    Named<FillMethod>{FillMethod::kReplacement, "replace"},
    Named<FillMethod>{FillMethod::kRepaint, "repaint"},
    Named<FillMethod>{FillMethod::kLangevin, "langevin"},
    Named<FillMethod>{FillMethod::kPigdm, "pigdm"},
};
constexpr const auto& names_of(FillMethod) { return kFillMethods; }

inline constexpr Range<int> kRounds{1, 50};

struct FillIn {
  FillMethod method = FillMethod::kReplacement;
  int rounds = 5;  // Of RePaint and of Langevin, at each level.
  bool operator==(const FillIn&) const = default;
};
STEPWISE_FIELDS(FillIn, method, rounds)

}  // namespace stepwise
