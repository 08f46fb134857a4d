#include "view/follow.h"

#include <algorithm>

namespace stepwise::app {
namespace {

constexpr double kSecondsPerStep = 0.12;  // While playing.

void notice_new_branches(const View& view, Desk& desk) {
  if (view.branches.empty()) return;
  const Branch& newest = view.branches.back();
  const bool new_tree = view.trees != desk.follow.trees_seen;
  if (!new_tree && newest.start.id <= desk.follow.newest) return;
  if (new_tree) {
    // The very first picture rests half-way, where there is most to see and to paint.
    desk.follow.until = desk.follow.trees_seen == 0 ? newest.steps() / 2 : -1;
    desk.history.clear();
    desk.painted = {};
    desk.stroke.reset();
    const int count = batch_size(view, newest.start.id);
    desk.playhead.picture = std::clamp(desk.playhead.picture, 0, std::max(0, count - 1));
  } else {
    desk.follow.until = -1;
    if (!newest.start.pictures.empty()) desk.playhead.picture = newest.start.pictures.front();
  }
  desk.follow.trees_seen = view.trees;
  desk.follow.newest = newest.start.id;
  desk.follow.moving = true;
  desk.playhead.branch = newest.start.id;
  desk.playhead.step = newest.start.fork;
  desk.playhead.playing = false;
}

void go_along(const Branch& branch, Desk& desk) {
  const int until = desk.follow.until < 0 ? branch.steps() : desk.follow.until;
  desk.playhead.step = std::max(desk.playhead.step, std::min(branch.newest, until));
  if (desk.playhead.step >= until || branch.done()) desk.follow.moving = false;
}

void play(const View& view, Desk& desk, double now) {
  while (desk.playhead.playing && now >= desk.playhead.since + kSecondsPerStep) {
    desk.playhead.since += kSecondsPerStep;
    if (now - desk.playhead.since > 1) desk.playhead.since = now;  // The window was away.
    if (!lookup(view, desk.playhead.branch, desk.playhead.step + 1, desk.playhead.picture)) {
      desk.playhead.playing = false;
    } else {
      ++desk.playhead.step;
    }
  }
}

}  // namespace

void follow(const View& view, Desk& desk, double now) {
  notice_new_branches(view, desk);
  const Branch* branch = find_branch(view, desk.playhead.branch);
  if (!branch) {
    if (view.branches.empty()) return;
    branch = &view.branches.back();
    desk.playhead.branch = branch->start.id;
  }
  if (desk.follow.moving) go_along(*branch, desk);
  if (desk.playhead.playing) play(view, desk, now);
  desk.playhead.step = std::clamp(desk.playhead.step, 0, branch->steps());
  const int count = batch_size(view, desk.playhead.branch);
  desk.playhead.picture = std::clamp(desk.playhead.picture, 0, std::max(0, count - 1));
}

int last_step(const View& view, const Desk& desk) {
  const Branch* branch = find_branch(view, desk.playhead.branch);
  return branch ? branch->steps() : 0;
}

void go_to(const View& view, Desk& desk, int step) {
  desk.playhead.step = std::clamp(step, 0, last_step(view, desk));
  desk.playhead.playing = false;
  desk.follow.moving = false;
}

void go_to(const View& view, Desk& desk, BranchId branch, int step, int picture) {
  desk.playhead.branch = branch;
  desk.playhead.picture = std::clamp(picture, 0, std::max(0, batch_size(view, branch) - 1));
  go_to(view, desk, step);
}

int picture_of(const Branch& branch, int wanted) {
  const std::vector<int>& own = branch.start.pictures;
  const bool has = std::find(own.begin(), own.end(), wanted) != own.end();
  return has || own.empty() ? wanted : own.front();
}

void go_to_picture(const View& view, Desk& desk, int picture) {
  const int count = batch_size(view, desk.playhead.branch);
  desk.playhead.picture = std::clamp(picture, 0, std::max(0, count - 1));
  const Branch* branch = find_branch(view, desk.playhead.branch);
  while (branch && branch->start.parent >= 0 &&
         picture_of(*branch, desk.playhead.picture) != desk.playhead.picture)
    branch = find_branch(view, branch->start.parent);
  if (branch) desk.playhead.branch = branch->start.id;
}

void toggle_playing(const View& view, Desk& desk, double now) {
  desk.playhead.playing = !desk.playhead.playing;
  if (!desk.playhead.playing) return;
  desk.follow.moving = false;
  desk.playhead.since = now;
  if (!lookup(view, desk.playhead.branch, desk.playhead.step + 1, desk.playhead.picture))
    desk.playhead.step = 0;
}

}  // namespace stepwise::app
