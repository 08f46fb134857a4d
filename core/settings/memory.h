// How much memory the frames of all branches may take, in bytes. What is more is computed again
// when it is looked at.
#pragma once

#include <cstdint>

#include "range.h"

namespace stepwise {

inline constexpr std::int64_t kMebibyte = 1 << 20;
inline constexpr Range<std::int64_t> kFrameBudget{32 * kMebibyte, 1024 * 1024 * kMebibyte};
inline constexpr std::int64_t kUsualFrameBudget = 1024 * kMebibyte;

}  // namespace stepwise
