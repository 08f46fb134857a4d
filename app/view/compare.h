// What the picture under the playhead can be held against. Window thread only.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "view/desk.h"
#include "view/view.h"

namespace stepwise::app {

// Another picture, at the noise level nearest to the playhead's.
struct Other {
  enum class Kind { kChosen, kBefore, kParent };
  Kind kind;
  Place place;
  std::string words;  // Which one that is: "Edit 2, picture 3", "guidance 1", "Edit 2".
  int since = 0;      // From this step on it may differ.
};

// The one that was chosen; else the same picture as it was before the latest change of settings
// (view/live.h), else in the branch it was forked from. Nothing where there is none of these.
std::optional<Other> other_here(const View& view, const Desk& desk);

// From now on pictures are held against the one under the playhead, or, if they are, no more.
void choose_other(Desk& desk);
bool is_chosen_other(const Desk& desk, const Playhead& at);

// How far apart the guesses of the picture under the playhead and of that one are, from the first
// step where they may be to the newest: the mean of abs(D - D'), as a share of the range from -1 to
// 1. At most so many steps and pixels are looked at, evenly spread; none if they differ in size.
struct Apart {
  std::vector<double> steps;
  std::vector<float> shares;
};
Apart apart_from(const View& view, const Desk& desk, const Other& other);

// The same of two pictures; NaN if they differ in size.
double share_apart(const Picture& a, const Picture& b);
// The root mean square of a - b, in data units; without b, of a: b is mid-grey.
double rms_apart(const Picture& a, const Picture& b);

// How much brighter a picture is than another, on average, where layers cover it and where they do
// not: a share of the range likewise, below 0 where it is darker. NaN where nothing is covered, or
// everything; and of pictures that are not there yet, or differ in size.
struct Drift {
  double inside, outside;
};
Drift drift_between(const Picture& here, const Picture& there, const Layers& layers);

}  // namespace stepwise::app
