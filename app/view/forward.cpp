#include "view/forward.h"

#include "view/quantities.h"

namespace stepwise::app {

Image noised(const Image& picture, const Image& start, double first, double sigma) {
  Image x = picture;
  const float share = float(sigma / first);
  for (std::size_t i = 0; i < x.pixels.size(); ++i) x.pixels[i] += share * start.pixels[i];
  return x;
}

bool ForwardProcess::has(const View& view, BranchId id, int picture) {
  if (branch_ != id || picture_ != picture) *this = {};
  branch_ = id;
  picture_ = picture;
  const Branch* branch = find_branch(view, id);
  if (finished_ || !branch || branch->start.sigmas.front() <= 0) return bool(finished_);
  const Picture finished = lookup(view, id, branch->steps(), picture).noisy;
  start_ = lookup(view, id, 0, picture).noisy;
  if (start_) finished_ = finished;
  return bool(finished_);
}

Shown ForwardProcess::at(const View& view, const Place& place) {
  if (!has(view, place.branch, place.picture)) return {};
  const std::vector<double>& sigmas = find_branch(view, place.branch)->start.sigmas;
  const double sigma = sigmas[std::size_t(place.step)];
  Picture& x = levels_[place.step];
  if (!x) x = picture_of(noised(image_of(finished_), image_of(start_), sigmas.front(), sigma));
  return {.plus = x, .range = noisy_range(sigma)};
}

}  // namespace stepwise::app
