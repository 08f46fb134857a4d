#include "panels/upkeep.h"

#include <algorithm>
#include <utility>

#include "view/compare.h"
#include "view/live.h"
#include "view/quantities.h"
#include "view/returning.h"
#include "view/swept_models.h"
#include "view/trees.h"
#include "view/variations.h"

namespace stepwise::app {
namespace {

// A step that has come, by the branch that computed it, unless it is among them.
void add(const View& view, BranchId branch, int step, int picture,
         std::vector<StepOfBranch>& steps) {
  const StepOfBranch of{lookup(view, branch, step, picture).owner, step};
  if (of.branch >= 0 && std::ranges::find(steps, of) == steps.end()) steps.push_back(of);
}

// Whether the worker has all steps: of more than half of what they may take some are dropped, and
// to compute those again costs what is at work.
bool all_are_kept(const View& view, const Ui& ui) {
  return view.frame_bytes <= ui.frame_mebibytes * kMebibyte / 2;
}

// The ends of a branch always are.
bool is_wanted(const View& view, const Ui& ui, const StepOfBranch& of) {
  const Branch& branch = *find_branch(view, of.branch);
  return of.step == branch.start.fork || of.step == branch.newest || all_are_kept(view, ui);
}

// Whether one more would be kept without another having to go.
bool has_room(const View& view) {
  std::int64_t bytes = 0, largest = 0;
  for (const FullStep& full : view.full_steps) {
    bytes += full.bytes();
    largest = std::max(largest, full.bytes());
  }
  return bytes + largest <= kMaxFullBytes;
}

// Floats of two pictures for each byte that there is to look at.
std::int64_t bytes_in_full(const View& view, const StepOfBranch& of) {
  const Branch& branch = *find_branch(view, of.branch);
  const Pictures& newest = branch.guesses[std::size_t(branch.newest)];
  return newest ? newest->bytes() * std::int64_t(2 * sizeof(float)) : 0;
}

std::optional<StepOfBranch> missing(const View& view, const std::vector<StepOfBranch>& steps) {
  const auto found =
      std::ranges::find_if(steps, [&](const StepOfBranch& of) { return !find_full(view, of); });
  return found == steps.end() ? std::nullopt : std::optional(*found);
}

void fetch_steps(const View& view, Ui& ui, Commands& out) {
  if (view.jobs.contains(ui.fetching)) return;
  auto wanted = missing(view, steps_on_screen(view, ui));
  if (!wanted) wanted = missing(view, steps_shown_small(view, ui));
  if (!wanted && has_room(view) && all_are_kept(view, ui))
    wanted = missing(view, steps_around(view, ui));
  if (!wanted || std::exchange(ui.fetched, *wanted) == *wanted) return;
  out.push_back(FetchFrame{wanted->branch, wanted->step});
  ui.fetching = out.back().id;
}

bool runs(const View& view, BranchId root) {
  return std::ranges::any_of(
      view.branches, [&](const Branch& b) { return b.root == root && is_running(view, b); });
}

// Trees that may go where memory is short, first those that are not there any more, then the oldest
// without a star. What is shown or runs stays.
std::optional<BranchId> tree_to_close(const View& view, const Ui& ui) {
  const std::int64_t budget = ui.frame_mebibytes * kMebibyte;
  std::optional<BranchId> oldest;
  for (const Branch& branch : view.branches) {
    const BranchId root = branch.start.id;
    if (branch.start.parent >= 0 || root == root_of(view, ui.playhead.branch)) continue;
    const bool there = is_there(view, ui, root);
    const bool may_go =
        there ? !oldest && !has_favourites(view, ui, root) && view.frame_bytes > budget
              : view.frame_bytes > budget / 2;
    if (!may_go || runs(view, root)) continue;
    if (!there) return root;
    oldest = root;
  }
  return oldest;
}

void close_trees(const View& view, Ui& ui, Commands& out) {
  if (view.jobs.contains(ui.closing)) return;
  const auto root = tree_to_close(view, ui);
  if (!root || std::exchange(ui.closed, *root) == *root) return;
  out.push_back(CloseTree{*root});
  ui.closing = out.back().id;
}

void limit_frames(Ui& ui, Commands& out) {
  if (ui.frame_mebibytes == ui.frame_mebibytes_asked) return;
  ui.frame_mebibytes_asked = ui.frame_mebibytes;
  out.push_back(LimitFrames{ui.frame_mebibytes * kMebibyte});
}

// Others may have made or taken away some while the list was out of sight.
void list_runs(Ui& ui, Commands& out) {
  const bool here = ui.workspace == "runs";
  if (std::exchange(ui.runs.entered, here) || !here || ui.runs.root.empty()) return;
  out.push_back(ListRuns{ui.runs.root});
}

}  // namespace

std::vector<StepOfBranch> steps_on_screen(const View& view, const Ui& ui) {
  std::vector<StepOfBranch> steps;
  const Playhead& at = ui.playhead;
  add(view, at.branch, at.step, at.picture, steps);
  if (ui.quantity == Quantity::kChange || ui.quantity == Quantity::kAll)
    add(view, at.branch, at.step - 1, at.picture, steps);
  if (needs_full(ui.quantity))
    for (int i = 0; i < batch_size(view, at.branch); ++i) add(view, at.branch, at.step, i, steps);
  if (const auto other = ui.compare ? other_here(view, ui) : std::nullopt)
    add(view, other->place.branch, other->place.step, other->place.picture, steps);
  if (const auto place = place_to_come(view, ui))
    add(view, place->branch, place->step, place->picture, steps);
  if (ui.workspace == "lab" && !ui.lab.from_test_set)
    if (const Branch* shown = find_branch(view, at.branch))
      add(view, at.branch, shown->steps(), at.picture, steps);
  return steps;
}

std::vector<StepOfBranch> steps_shown_small(const View& view, const Ui& ui) {
  std::vector<Place> places = ui.shown_small;
  std::ranges::stable_partition(
      places, [&](const Place& place) { return place.branch == ui.playhead.branch; });
  std::vector<StepOfBranch> steps;
  for (const Place& place : places) add(view, place.branch, place.step, place.picture, steps);
  const std::vector<StepOfBranch> before = steps_on_screen(view, ui);
  std::erase_if(steps, [&](const StepOfBranch& of) {
    return std::ranges::find(before, of) != before.end() || !is_wanted(view, ui, of);
  });
  std::int64_t bytes = 0;
  const auto fits = [&](const StepOfBranch& of) {
    bytes += bytes_in_full(view, of);
    return bytes <= kMaxFullBytes;
  };
  if (!std::ranges::all_of(before, fits)) return {};
  steps.erase(std::ranges::find_if_not(steps, fits), steps.end());
  return steps;
}

std::vector<StepOfBranch> steps_around(const View& view, const Ui& ui) {
  constexpr int kAround = 24;
  std::vector<StepOfBranch> steps;
  const Playhead& at = ui.playhead;
  for (int distance = 1; distance <= kAround; ++distance)
    for (const int step : {at.step + distance, at.step - distance})
      add(view, at.branch, step, at.picture, steps);
  return steps;
}

void upkeep(const View& view, Ui& ui, Commands& out) {
  ask_for_returning(view, ui, out);
  fetch_steps(view, ui, out);
  close_trees(view, ui, out);
  close_swept_models(view, ui, out);
  limit_frames(ui, out);
  list_runs(ui, out);
}

}  // namespace stepwise::app
