#include "view/marks.h"

#include <algorithm>

#include "painting/level_map.h"
#include "painting/shares.h"
#include "view/edits.h"

namespace stepwise::app {
namespace {

// Layers over the picture under the playhead.
struct Seen {
  const Painting* painting = nullptr;
  const Branch* branch = nullptr;  // The one that computed the picture.
  int height = 0, width = 0;

  const Layers& layers() const { return painting ? painting->layers : branch->start.layers; }
};

std::optional<Seen> seen_here(const View& view, const Desk& desk) {
  const Playhead& at = desk.playhead;
  const PictureAtStep spot = lookup(view, at.branch, at.step, at.picture);
  if (!spot) return std::nullopt;
  return Seen{painting_here(view, desk), find_branch(view, spot.owner), spot.guess.height(),
              spot.guess.width()};
}

// What a branch that has gone back has not let go of yet at that step.
void add_held(Image& mask, const Branch& branch, int step) {
  const auto* begun = std::get_if<Resample>(&branch.start.begun);
  if (!begun || step >= begun->fork.edit.step) return;
  const Edit& edit = begun->fork.edit;
  const Image levels = levels_by(edit.layers, mask.height, mask.width);
  for (std::size_t i = 0; i < levels.pixels.size(); ++i)
    if (step_back(branch.start.sigmas, levels.pixels[i], edit.step) > step) mask.pixels[i] = 1;
}

}  // namespace

Image held_here(const View& view, const Desk& desk) {
  const auto seen = seen_here(view, desk);
  if (!seen) return {};
  Image mask = locked_by(seen->layers(), seen->height, seen->width);
  if (seen->painting || !rewinds(seen->layers())) return mask;
  if (mask.empty()) mask = Image(seen->height, seen->width, 1);
  add_held(mask, *seen->branch, desk.playhead.step);
  return mask;
}

Image levels_here(const View& view, const Desk& desk) {
  const auto seen = seen_here(view, desk);
  if (!seen || !seen->painting) return {};
  return levels_by(seen->layers(), seen->height, seen->width);
}

std::vector<MarkedRegion> regions_here(const View& view, const Desk& desk) {
  const auto seen = seen_here(view, desk);
  if (!seen) return {};
  const Condition own = condition_at(*seen->branch, desk.playhead.picture);
  std::vector<MarkedRegion> regions;
  for (const auto& [condition, part] : shares_by(seen->layers(), own, seen->height, seen->width))
    if (condition != own)
      regions.push_back({condition.label.value_or(-1),
                         class_name(view, seen->branch->start.model, condition), part});
  return regions;
}

}  // namespace stepwise::app
