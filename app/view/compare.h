// What the picture under the playhead can be held against. Window thread only.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "view/desk.h"
#include "view/view.h"

namespace stepwise::app {

// The same picture elsewhere, at the noise level nearest to the playhead's.
struct Other {
  Place place;
  const char* title;    // "Before", or "Parent",
  std::string words;    //   and which one that is: "guidance 1", "Edit 2".
  bool before = false;  // It was drawn before the latest change of settings (view/live.h).
};

// As it was before the latest change of settings, else in the branch it was forked from; nothing
// where there is neither.
std::optional<Other> other_here(const View& view, const Desk& desk);

// How far apart the guesses of the playhead's branch and of that one are, from the first step of
// the branch that has one of its own to its newest: the mean of abs(D - D'), as a share of the
// range from -1 to 1. At most so many steps and pixels are looked at, evenly spread.
struct Apart {
  std::vector<double> steps;
  std::vector<float> shares;
};
Apart apart_from(const View& view, const Desk& desk, BranchId other);

// The same of two pictures of one size.
double share_apart(const Picture& a, const Picture& b);

}  // namespace stepwise::app
