#include "view/left_out.h"

#include <cmath>

#include "settings/left_out.h"
#include "view/compare.h"
#include "view/trees.h"

namespace stepwise::app {
namespace {

// Whether two trees draw this picture from the same noise with the same settings, `settings` taken
// for those of the first.
bool draws_the_same(const BranchStarted& a, const SampleSettings& settings, const BranchStarted& b,
                    int picture) {
  SampleSettings of_b = b.settings;
  of_b.count = settings.count;
  const auto i = std::size_t(picture);
  return a.model == b.model && settings == of_b && i < a.conditions.size() &&
         i < b.conditions.size() && a.conditions[i] == b.conditions[i];
}

}  // namespace

std::string obstacle_to_leaving_out(const View& view, const Desk& desk, int step) {
  const Branch* root = find_branch(view, root_of(view, desk.playhead.branch));
  const auto* sample = root ? std::get_if<Sample>(&root->start.begun) : nullptr;
  if (!sample) return "There is no picture yet.";
  if (sample->start) return "Only pictures that began with noise can be drawn without a step.";
  if (!find_model(view, root->start.model)) return "The model of this picture is closed.";
  if (root->steps() != steps_taken(sample->settings) || step < 1 || step > root->steps() - 2)
    return "The first level and the last two are part of every way.";
  return "";
}

void leave_out_step(const View& view, Desk& desk, int step, Commands& out) {
  if (!obstacle_to_leaving_out(view, desk, step).empty()) return;
  const BranchId root = root_of(view, desk.playhead.branch);
  Sample sample = std::get<Sample>(find_branch(view, root)->start.begun);
  sample.settings = without_step(sample.settings, step);
  sample.until = -1;
  out.push_back(std::move(sample));
  desk.compare.chosen = root;
  desk.compare.picture = desk.playhead.picture;
}

std::vector<double> missed_without(const View& view, const Desk& desk) {
  const Branch* root = find_branch(view, root_of(view, desk.playhead.branch));
  if (!root || !root->done()) return {};
  const int picture = desk.playhead.picture, last = root->steps();
  std::vector<double> missed(std::size_t(last) + 1, NAN);
  for (int step = 1; step <= last - 2; ++step) {
    const SampleSettings without = without_step(root->start.settings, step);
    for (const Branch* other : roots(view, desk))
      if (other->done() && draws_the_same(root->start, without, other->start, picture))
        missed[std::size_t(step)] =
            rms_apart(lookup(view, root->start.id, last, picture).guess,
                      lookup(view, other->start.id, other->steps(), picture).guess);
  }
  return missed;
}

}  // namespace stepwise::app
