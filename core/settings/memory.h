// How much memory the frames of all branches may take, in bytes, and which of them go where they
// would take more.
#pragma once

#include <cstdint>

#include "range.h"

namespace stepwise {

inline constexpr std::int64_t kMebibyte = 1 << 20;
inline constexpr Range<std::int64_t> kFrameBudget{32 * kMebibyte, 1024 * 1024 * kMebibyte};
inline constexpr std::int64_t kUsualFrameBudget = 1024 * kMebibyte;

// Whether a branch that keeps every so many steps keeps this one: those that `stride` divides, the
// first and the newest.
constexpr bool is_kept(int step, int first, int newest, int stride) {
  return step == first || step == newest || step % stride == 0;
}

// Of the branch that takes the most, every other step goes, until all fit into `budget` or none is
// left that could go. Branches have `bytes`, `stride` and a length() in steps; `thin` drops what a
// branch's stride no longer keeps and counts its bytes again.
template <class Branches, class Thin>
void fit(Branches&& branches, std::int64_t budget, Thin thin) {
  for (;;) {
    std::int64_t bytes = 0;
    decltype(&*branches.begin()) most = nullptr;
    for (auto& branch : branches) {
      bytes += branch.bytes;
      if (branch.stride < branch.length() && (!most || branch.bytes > most->bytes)) most = &branch;
    }
    if (bytes <= budget || !most) return;
    most->stride *= 2;
    thin(*most);
  }
}

}  // namespace stepwise
