#include "view/follow.h"

#include <algorithm>
#include <ctime>

#include "view/edits.h"
#include "view/layers.h"
#include "view/live.h"
#include "view/returning.h"
#include "view/strokes.h"
#include "view/survival.h"
#include "view/sweep.h"
#include "view/trees.h"

namespace stepwise::app {
namespace {

constexpr double kSecondsPerStep = 0.12;  // While playing, as fast as usual.
constexpr int kRest = 6;                  // Steps that the end is looked at before it loops.

// Where what is painted stays, and there is still much to see: by default from this sigma on.
constexpr double kPaintable = 1;

int first_paintable(const View& view, const Desk& desk, const Branch& branch) {
  if (const auto step = first_step_that_holds(view, branch, desk.brush)) return *step;
  const auto& sigmas = branch.start.sigmas;
  const auto found = std::ranges::find_if(sigmas, [](double sigma) { return sigma <= kPaintable; });
  return std::min(int(found - sigmas.begin()), std::max(0, branch.steps() - 1));
}

// One of several that are begun at once: the playhead went to the first of them already, which is
// also the first to have a frame.
bool is_one_more(const View& view, const Desk& desk, const BranchStarted& start) {
  const Branch* followed = find_branch(view, desk.playhead.branch);
  return desk.follow.moving && followed && followed->newest < 0 && start.parent >= 0 &&
         followed->start.parent == start.parent && followed->start.fork == start.fork;
}

void notice(const View& view, Desk& desk, const Branch& branch) {
  if (hide_live(desk, branch)) return;
  note_in_sweep(desk, branch);
  note_branch(view, desk, branch);
  end_stroke(desk);
  if (is_one_more(view, desk, branch.start)) {
    desk.follow.newest = branch.start.id;
    return;
  }
  if (branch.start.parent < 0)
    desk.begun[branch.start.id] = std::time(nullptr);
  else if (!branch.start.pictures.empty())
    desk.playhead.picture = branch.start.pictures.front();
  const bool first = desk.follow.newest < 0;
  const bool replaces =
      find_branch(view, replaced_by(desk, branch));  // One looks at the same step.
  desk.follow = {branch.start.id, true,
                 first      ? first_paintable(view, desk, branch)
                 : replaces ? std::max(desk.playhead.step, branch.start.fork)
                            : -1};
  desk.playhead.branch = branch.start.id;
  desk.playhead.step = branch.start.fork;
  desk.playhead.playing = false;
}

// The nearest branch that is there: what was forked, or the newest tree.
void leave_what_is_gone(const View& view, Desk& desk) {
  BranchId& at = desk.playhead.branch;
  if (is_coming(view, desk, at)) return;
  while (at >= 0 && !is_there(view, desk, at)) {
    const Branch* branch = find_branch(view, at);
    at = branch ? branch->start.parent : -1;
  }
  if (at >= 0) return;
  const auto trees = roots(view, desk);
  if (!trees.empty()) at = trees.front()->start.id;
}

void go_along(const Branch& branch, Desk& desk) {
  const int until = desk.follow.until < 0 ? branch.steps() : desk.follow.until;
  desk.playhead.step = std::max(desk.playhead.step, std::min(branch.newest, until));
  if (desk.playhead.step >= until || branch.done()) desk.follow.moving = false;
}

void play(const View& view, Desk& desk, double now) {
  const double pace = kSecondsPerStep / desk.play_speed;
  while (desk.playhead.playing && now >= desk.playhead.since + pace) {
    desk.playhead.since += pace;
    if (now - desk.playhead.since > 1) desk.playhead.since = now;  // The window was away.
    if (lookup(view, desk.playhead.branch, desk.playhead.step + 1, desk.playhead.picture)) {
      ++desk.playhead.step;
    } else if (!desk.loop) {
      desk.playhead.playing = false;
    } else if (now >= desk.playhead.since + kRest * pace) {
      desk.playhead.step = 0;
      desk.playhead.since = now;
    } else {
      desk.playhead.since -= pace;  // It rests at the end.
      break;
    }
  }
}

}  // namespace

void follow(const View& view, Desk& desk, double now) {
  for (const Branch& branch : view.branches)
    if (branch.start.id > desk.follow.newest) notice(view, desk, branch);
  leave_what_is_gone(view, desk);
  const Branch* branch = find_branch(view, desk.playhead.branch);
  if (!branch) return;
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
