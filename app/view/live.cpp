#include "view/live.h"

#include <algorithm>
#include <cmath>
#include <ctime>
#include <limits>
#include <utility>

#include "settings/json_value.h"
#include "view/edits.h"
#include "view/quantities.h"
#include "view/trees.h"
#include "widgets/ticks.h"

namespace stepwise::app {
namespace {

// Fresh noise is for edits alone.
bool draw_the_same(const Choices& a, const Choices& b) {
  return a.model == b.model && a.sample == b.sample && a.condition == b.condition;
}

// The tree that was drawn so already, that of the playhead before others; or nullptr.
const Branch* drawn_already(const View& view, const Desk& desk, const Sample& wanted) {
  const BranchId here = root_of(view, desk.playhead.branch);
  const Branch* found = nullptr;
  for (const Branch* root : roots(view, desk)) {
    const BranchStarted& start = root->start;
    const bool same = start.model == wanted.model && start.settings == wanted.settings &&
                      start.conditions == wanted.conditions && root->done();
    if (same && (!found || start.id == here)) found = root;
  }
  return found;
}

// Somebody starred it, named it, forked it or painted on it.
bool is_chosen(const View& view, const Desk& desk, BranchId root) {
  const auto is_fork = [&](const Branch& b) { return b.root == root && b.start.id != root; };
  const auto is_on_it = [&](const Painting& p) { return root_of(view, p.place.branch) == root; };
  const Work& now = desk.history.now();
  return desk.starred.contains(root) || now.names.contains(root) ||
         std::ranges::any_of(view.branches, is_fork) ||
         std::ranges::any_of(now.paintings, is_on_it);
}

void close_tree(Live& live, BranchId root, Commands& out) {
  live.made.erase(root);
  out.push_back(CloseTree{root});
}

void give_up(Live& live, Commands& out) {
  if (live.job == kNoJob || std::exchange(live.given_up, true)) return;
  out.push_back(Cancel{live.job});
}

// The level that the playhead stands at. Where it has not been moved since, that is the one it is
// to stay near, however coarse the steps were in between.
double level_here(const View& view, const Desk& desk) {
  const Playhead& at = desk.playhead;
  const Live& live = desk.live;
  if (at.branch == live.shown && at.step == live.step) return live.sigma;
  const Branch* branch = find_branch(view, at.branch);
  return branch ? branch->start.sigmas[std::size_t(std::clamp(at.step, 0, branch->steps()))] : 0;
}

// What came so before goes: for good where no undo leads to it. Returns whether that of `from` did.
bool take_away_others(const View& view, Desk& desk, BranchId shown, BranchId from, Commands& out) {
  const std::set<BranchId> made = desk.live.made;
  for (const BranchId id : made) {
    if (id == shown || !is_there(view, desk, id) || is_chosen(view, desk, id)) continue;
    desk.history.mend().after.deleted.insert(id);
    if (!desk.history.is_elsewhere(id)) close_tree(desk.live, id, out);
  }
  return made.contains(from) && !desk.live.made.contains(from);
}

// The tree is seen instead of what was, at the same picture and the same level.
void show(const View& view, Desk& desk, const Branch& root, bool held, Commands& out) {
  Live& live = desk.live;
  Playhead& at = desk.playhead;
  const Place from{at.branch, at.step, at.picture};
  const double sigma = level_here(view, desk);
  note_choices(view, desk, held);
  Change& change = desk.history.mend();
  change.after.deleted.erase(root.start.id);
  const bool ours = !change.from || (change.to && live.made.contains(change.to->branch));
  // A tree that was only passed is not what there was before the change.
  const bool passed = take_away_others(view, desk, root.start.id, root_of(view, from.branch), out);
  if (!passed) live.before = from.branch;
  desk.sweep = -1;  // It is the picture by itself that is drawn again.
  live.shown = at.branch = root.start.id;
  live.step = at.step = nearest_step(root, sigma);
  live.sigma = sigma;
  at.picture = std::clamp(at.picture, 0, batch_size(view, at.branch) - 1);
  desk.follow.moving = false;
  if (!change.from) change.from = from;
  if (ours) change.to = Place{at.branch, at.step, at.picture};
}

// Far enough to be seen: all of it, with what the canvas shows of it, so that nothing flickers; or,
// where that takes long, up to the playhead's level.
bool can_be_seen(const View& view, const Desk& desk, const Branch& root, double now) {
  const int step = nearest_step(root, level_here(view, desk));
  if (now - desk.live.since > kLivePatience) return root.newest >= step;
  const bool in_full = needs_full(desk.quantity) || desk.quantity == Quantity::kAll;
  return root.done() && (!in_full || find_full(view, {root.start.id, step}));
}

// What has come of the Sample on its way.
void take_in(const View& view, Desk& desk, double now, bool held, Commands& out) {
  Live& live = desk.live;
  if (live.job == kNoJob) return;
  const Branch* root = find_branch(view, live.root);
  const auto hidden = [&] { return root && !is_there(view, desk, live.root); };
  if (hidden() && !live.given_up && can_be_seen(view, desk, *root, now))
    show(view, desk, *root, held, out);
  if (view.jobs.contains(live.job)) return;
  if (hidden() && root->done() && !live.given_up) return;
  if (hidden()) close_tree(live, live.root, out);
  live.job = kNoJob;
}

}  // namespace

void draw_live(const View& view, Desk& desk, const Sample& wanted, double now, bool held,
               Commands& out) {
  Live& live = desk.live;
  const Choices chosen = choices_of(desk);
  // What is painted goes first: it shows by itself what the settings make of it.
  const bool busy = desk.stroke || painting_here(view, desk);
  const bool rests = !desk.draws_live || busy || view.branches.empty();
  const bool changed = !rests && !draw_the_same(chosen, live.asked);
  const Branch* drawn = changed ? drawn_already(view, desk, wanted) : nullptr;
  if (busy || drawn) give_up(live, out);
  take_in(view, desk, now, held, out);
  if (rests || drawn) live.asked = chosen;
  if (drawn && drawn->start.id != root_of(view, desk.playhead.branch))
    show(view, desk, *drawn, held, out);
  if (!changed || drawn) return;
  if (live.job != kNoJob && now - live.since > kLivePatience) give_up(live, out);
  if (live.job != kNoJob || running_branch(view) || !find_model(view, wanted.model)) return;
  out.push_back(wanted);
  live.job = out.back().id;
  live.asked = chosen;
  live.since = now;
  live.root = -1;
  live.given_up = false;
}

bool hide_live(Desk& desk, const Branch& branch) {
  Live& live = desk.live;
  const BranchId id = branch.start.id;
  if (live.job == kNoJob || branch.job != live.job) return false;
  live.root = id;
  live.made.insert(id);
  Work& work = desk.history.mend().after;
  for (BranchId later = work.newest + 1; later <= id; ++later) work.deleted.insert(later);
  work.newest = std::max(work.newest, id);
  desk.follow.newest = id;
  desk.begun[id] = std::time(nullptr);
  return true;
}

const Branch* running_in_sight(const View& view, const Desk& desk) {
  const Live& live = desk.live;
  for (const Branch& branch : view.branches)
    if (is_running(view, branch) &&
        (branch.job != live.job || is_there(view, desk, branch.start.id)))
      return &branch;
  return nullptr;
}

std::optional<Place> place_to_come(const View& view, const Desk& desk) {
  const Branch* root = find_branch(view, desk.live.root);
  if (desk.live.job == kNoJob || !root || !root->done()) return std::nullopt;
  return Place{root->start.id, nearest_step(*root, level_here(view, desk)), 0};
}

int nearest_step(const Branch& branch, double sigma) {
  if (!(sigma > 0)) return branch.steps();
  int nearest = 0;
  double least = std::numeric_limits<double>::infinity();
  for (int step = 0; step < branch.steps(); ++step) {
    const double ratio = std::abs(std::log(branch.start.sigmas[std::size_t(step)] / sigma));
    if (ratio < least) least = ratio, nearest = step;
  }
  return nearest;
}

std::optional<Place> place_before(const View& view, const Desk& desk) {
  const Live& live = desk.live;
  const Branch* before = find_branch(view, live.before);
  const bool here = live.shown >= 0 && desk.playhead.branch == live.shown;
  if (!desk.draws_live || !before || !here || live.before == live.shown) return std::nullopt;
  const Place place{live.before, nearest_step(*before, level_here(view, desk)),
                    desk.playhead.picture};
  if (!lookup(view, place.branch, place.step, place.picture)) return std::nullopt;
  return place;
}

std::string words_before(const View& view, const Desk& desk) {
  const Branch* before = find_branch(view, desk.live.before);
  const Branch* now = find_branch(view, desk.live.shown);
  if (!before || !now) return {};
  std::string words;
  int told = 0;
  const auto add = [&](const std::string& name, const std::string& value) {
    if (told++ < 2)
      words += text_of(words.empty() ? "" : ", ", name, name.empty() ? "" : " ", value);
  };
  const int picture = desk.playhead.picture;
  const Condition condition = condition_at(*before, picture);
  if (condition != condition_at(*now, picture))
    add("", class_name(view, before->start.model, condition));
  if (before->start.settings.sampler != now->start.settings.sampler)
    add("", std::string(name_of(before->start.settings.sampler).label));
  const auto was = value_of(before->start.settings), is = value_of(now->start.settings);
  for (const auto& [key, value] : was.items()) {
    if (!value.is_number() || is.at(key) == value) continue;
    std::string name = key;
    std::ranges::replace(name, '_', ' ');
    add(name, format_number(value.get<double>()));
  }
  return words;
}

}  // namespace stepwise::app
