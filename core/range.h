// The range a setting may take: the slider that offers it and the check that refuses it share one.
#pragma once

#include "error.h"

namespace stepwise {

template <class T>
struct Range {
  T min, max;

  constexpr bool holds(T value) const { return value >= min && value <= max; }  // False for NaN.

  // Throws Error, naming the setting, unless `value` lies within.
  void check(const char* name, T value) const {
    require(holds(value), name, " is ", value, ", but must lie between ", min, " and ", max, ".");
  }
};

}  // namespace stepwise
