// The forward process, which a model learns to undo: a finished picture with more and more of one
// noise. Plain arithmetic on what has come in full. Window thread only.
#pragma once

#include <map>

#include "view/painting.h"
#include "view/view.h"
#include "widgets/picture_renderer.h"

namespace stepwise::app {

// x(sigma) = picture + sigma n, where n is the noise that a start at the level `first` is made of:
// start / first.
Image noised(const Image& picture, const Image& start, double first, double sigma);

// That of one picture of a branch, with the noise that the branch began with, kept while it is
// looked at.
class ForwardProcess {
 public:
  // As x is shown at this step of the branch; nothing until its first step and its last have come
  // in full.
  Shown at(const View& view, const Place& place);
  // Whether they have, of that branch and picture. Call before at().
  bool has(const View& view, BranchId branch, int picture);

 private:
  BranchId branch_ = -1;
  int picture_ = 0;
  Picture finished_, start_;
  std::map<int, Picture> levels_;  // By step, as far as they were asked for.
};

}  // namespace stepwise::app
