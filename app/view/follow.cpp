#include "view/follow.h"

#include <algorithm>

namespace stepwise::app {
namespace {

constexpr double kSecondsPerStep = 0.12;  // While playing.

void notice_new_branches(const View& view, Ui& ui) {
  if (view.branches.empty()) return;
  const Branch& newest = view.branches.back();
  const bool new_tree = view.trees != ui.follow.trees_seen;
  if (!new_tree && newest.start.id <= ui.follow.newest) return;
  if (new_tree) {
    // The very first picture rests half-way, where there is most to see and to paint.
    ui.follow.until = ui.follow.trees_seen == 0 ? newest.steps() / 2 : -1;
    ui.history.clear();
    ui.painted = {};
    ui.stroke.reset();
    const int count = batch_size(view, newest.start.id);
    ui.playhead.picture = std::clamp(ui.playhead.picture, 0, std::max(0, count - 1));
  } else {
    ui.follow.until = -1;
    if (!newest.start.pictures.empty()) ui.playhead.picture = newest.start.pictures.front();
  }
  ui.follow.trees_seen = view.trees;
  ui.follow.newest = newest.start.id;
  ui.follow.moving = true;
  ui.playhead.branch = newest.start.id;
  ui.playhead.step = newest.start.fork;
  ui.playhead.playing = false;
}

void go_along(const Branch& branch, Ui& ui) {
  const int until = ui.follow.until < 0 ? branch.steps() : ui.follow.until;
  ui.playhead.step = std::max(ui.playhead.step, std::min(branch.newest, until));
  if (ui.playhead.step >= until || branch.done()) ui.follow.moving = false;
}

void play(const View& view, Ui& ui, double now) {
  while (ui.playhead.playing && now >= ui.playhead.since + kSecondsPerStep) {
    ui.playhead.since += kSecondsPerStep;
    if (now - ui.playhead.since > 1) ui.playhead.since = now;  // The window was away.
    if (!lookup(view, ui.playhead.branch, ui.playhead.step + 1, ui.playhead.picture)) {
      ui.playhead.playing = false;
    } else {
      ++ui.playhead.step;
    }
  }
}

}  // namespace

void follow(const View& view, Ui& ui, double now) {
  notice_new_branches(view, ui);
  const Branch* branch = find_branch(view, ui.playhead.branch);
  if (!branch) {
    if (view.branches.empty()) return;
    branch = &view.branches.back();
    ui.playhead.branch = branch->start.id;
  }
  if (ui.follow.moving) go_along(*branch, ui);
  if (ui.playhead.playing) play(view, ui, now);
  ui.playhead.step = std::clamp(ui.playhead.step, 0, branch->steps());
  const int count = batch_size(view, ui.playhead.branch);
  ui.playhead.picture = std::clamp(ui.playhead.picture, 0, std::max(0, count - 1));
}

int last_step(const View& view, const Ui& ui) {
  const Branch* branch = find_branch(view, ui.playhead.branch);
  return branch ? branch->steps() : 0;
}

void go_to(const View& view, Ui& ui, int step) {
  ui.playhead.step = std::clamp(step, 0, last_step(view, ui));
  ui.playhead.playing = false;
  ui.follow.moving = false;
}

void go_to(const View& view, Ui& ui, BranchId branch, int step, int picture) {
  ui.playhead.branch = branch;
  ui.playhead.picture = std::clamp(picture, 0, std::max(0, batch_size(view, branch) - 1));
  go_to(view, ui, step);
}

int picture_of(const Branch& branch, int wanted) {
  const std::vector<int>& own = branch.start.pictures;
  const bool has = std::find(own.begin(), own.end(), wanted) != own.end();
  return has || own.empty() ? wanted : own.front();
}

void go_to_picture(const View& view, Ui& ui, int picture) {
  const int count = batch_size(view, ui.playhead.branch);
  ui.playhead.picture = std::clamp(picture, 0, std::max(0, count - 1));
  const Branch* branch = find_branch(view, ui.playhead.branch);
  while (branch && branch->start.parent >= 0 &&
         picture_of(*branch, ui.playhead.picture) != ui.playhead.picture)
    branch = find_branch(view, branch->start.parent);
  if (branch) ui.playhead.branch = branch->start.id;
}

void toggle_playing(const View& view, Ui& ui, double now) {
  ui.playhead.playing = !ui.playhead.playing;
  if (!ui.playhead.playing) return;
  ui.follow.moving = false;
  ui.playhead.since = now;
  if (!lookup(view, ui.playhead.branch, ui.playhead.step + 1, ui.playhead.picture))
    ui.playhead.step = 0;
}

}  // namespace stepwise::app
