#include "view/returning.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <utility>

#include "error.h"
#include "view/edits.h"
#include "view/follow.h"
#include "view/trees.h"

namespace stepwise::app {
namespace {

// Every branch of the session is called by an id so much higher.
void shift(Saved& session, BranchId by) {
  const auto move = [by](BranchId& id) { id += id < 0 ? 0 : by; };
  for (SessionBranch& branch : session.branches) {
    move(branch.id);
    if (auto* fork = std::get_if<Resample>(&branch.begun)) move(fork->fork.edit.branch);
  }
  SavedDesk& desk = session.desk;
  move(desk.playhead.branch);
  for (Painting& painting : desk.paintings) move(painting.place.branch);
  for (BranchNote& note : desk.notes) move(note.id);
  for (Sweep& sweep : desk.sweeps)
    for (Sweep::Tree& tree : sweep.trees) move(tree.root);
}

// Above all ids that there are, and that what is on its way may get.
BranchId free_id(const View& view, const Desk& desk) {
  BranchId newest = std::max(desk.history.now().newest, desk.follow.newest);
  if (!view.branches.empty()) newest = std::max(newest, view.branches.back().start.id);
  for (const SessionBranch& branch : desk.returning.branches) newest = std::max(newest, branch.id);
  return newest + 1 + BranchId(view.jobs.size());
}

// A model that is open, or is being opened, from that folder.
ModelId model_from(const View& view, const std::filesystem::path& folder) {
  for (const auto& [id, origin] : view.origins) {
    const bool here = find_model(view, id) || view.jobs.contains(id);
    if (here && !origin.live && origin.parts.empty() && origin.folder == folder) return id;
  }
  return kNoModel;
}

// What each is called here; those that are not open are opened.
std::vector<ModelId> models_for(const Saved& session, const View& view, Commands& out) {
  std::vector<ModelId> ids;
  std::map<std::filesystem::path, ModelId> asked;
  for (const SessionModel& model : session.models) {
    ModelId id = kNoModel;
    if (!model.parts.empty()) {
      std::vector<ModelId> parts;
      for (const int part : model.parts) parts.push_back(ids[std::size_t(part)]);
      out.push_back(Combine{parts, *model.how, model.name});
      id = out.back().id;
    } else if (model.teacher) {
      out.push_back(OpenTeacher{*model.teacher});
      id = out.back().id;
    } else if (!model.folder.empty()) {
      id = model_from(view, model.folder);
      if (id == kNoModel && !asked.contains(model.folder)) {
        out.push_back(OpenModel{model.folder});
        asked[model.folder] = out.back().id;
      }
      if (id == kNoModel) id = asked[model.folder];
    }
    ids.push_back(id);
  }
  return ids;
}

BranchId newest_of(const Saved& session) {
  return session.branches.empty() ? -1 : session.branches.back().id;
}

// What the session says of its branches becomes part of the work.
void take_notes(const Saved& session, Desk& desk, Work& work) {
  for (const BranchNote& note : session.desk.notes) {
    if (!note.name.empty()) work.names[note.id] = note.name;
    if (note.starred) desk.starred.insert(note.id);
    if (note.begun != 0) desk.begun[note.id] = std::time_t(note.begun);
  }
  work.newest = std::max(work.newest, newest_of(session));
  std::ranges::copy(session.desk.paintings, std::back_inserter(work.paintings));
}

void delete_as_noted(const Saved& session, Work& work) {
  for (const BranchNote& note : session.desk.notes)
    if (note.deleted) work.deleted.insert(note.id);
}

// What was chosen, as far as it is here.
void take_choices(const Saved& session, const std::vector<ModelId>& models, Desk& desk) {
  const Choices& choices = session.desk.choices;
  if (choices.model != kNoModel) {
    desk.model = models[std::size_t(choices.model - 1)];
    desk.sampled_model = session.models[std::size_t(choices.model - 1)].folder.string();
  }
  desk.sample = choices.sample;
  desk.condition = choices.condition;
  desk.noise = choices.noise;
  desk.noise_seed = std::max(desk.noise_seed, session.desk.noise_seed);
}

void begin_history(const Saved& session, Desk& desk) {
  Work work;
  work.choices = choices_of(desk);
  take_notes(session, desk, work);
  desk.history.start_from(std::move(work));
  Work after = desk.history.now();
  delete_as_noted(session, after);
  if (after.deleted.empty()) return;
  desk.history.begin("deletions of before", after.newest).after.deleted = after.deleted;
}

void add_to_history(const Saved& session, const View& view, Desk& desk, const Place& from) {
  note_choices(view, desk);
  Change& change = desk.history.begin("opening of a session", free_id(view, desk) - 1);
  change.from = from;
  change.to = session.desk.playhead;
  take_notes(session, desk, change.after);
  delete_as_noted(session, change.after);
  change.after.choices = choices_of(desk);
}

// Those that are there and were not asked for, by the roots of their trees.
std::map<BranchId, std::vector<SessionBranch>> wanted(const View& view, const Desk& desk) {
  std::map<BranchId, std::vector<SessionBranch>> trees;
  std::map<BranchId, BranchId> roots;
  std::set<BranchId> there;
  for (const Branch& branch : view.branches)
    if (is_there(view, desk, branch.start.id)) {
      there.insert(branch.start.id);
      roots[branch.start.id] = branch.root;
    }
  for (const SessionBranch& branch : desk.returning.branches) {
    if (there.contains(branch.id) || !is_present(branch, there, desk.history.now())) continue;
    there.insert(branch.id);
    const BranchId parent = parent_of(branch);
    const BranchId root = roots[branch.id] = parent < 0 ? branch.id : roots[parent];
    if (!desk.returning.asked.contains(branch.id)) trees[root].push_back(branch);
  }
  return trees;
}

// What leads to that branch, before its siblings.
void put_first(std::vector<SessionBranch>& tree, BranchId last) {
  std::set<BranchId> path;
  for (auto branch = tree.rbegin(); branch != tree.rend(); ++branch)
    if (branch->id == last || path.contains(branch->id))
      path.insert(branch->id), path.insert(parent_of(*branch));
  std::ranges::stable_partition(
      tree, [&](const SessionBranch& branch) { return path.contains(branch.id); });
}

}  // namespace

BranchId parent_of(const SessionBranch& branch) {
  const auto* fork = std::get_if<Resample>(&branch.begun);
  return fork ? fork->fork.edit.branch : -1;
}

bool is_present(const SessionBranch& branch, const std::set<BranchId>& there, const Work& now) {
  const BranchId parent = parent_of(branch);
  return branch.id <= now.newest && !now.deleted.contains(branch.id) &&
         (parent < 0 || there.contains(parent));
}

void bring_back(Saved session, const View& view, Desk& desk, Commands& out, bool first) {
  const Place from{desk.playhead.branch, desk.playhead.step, desk.playhead.picture};
  if (!first) shift(session, free_id(view, desk));
  const std::vector<ModelId> models = models_for(session, view, out);
  if (!first) note_choices(view, desk);
  take_choices(session, models, desk);
  if (first)
    begin_history(session, desk);
  else
    add_to_history(session, view, desk, from);
  Returning& returning = desk.returning;
  returning.models.insert(models.begin(), models.end());
  for (SessionBranch& branch : session.branches) {
    const ModelId place = model_in(branch.begun);
    set_model(branch.begun, place == kNoModel ? place : models[std::size_t(place - 1)]);
    if (!branch.sha256.empty()) returning.fingerprints[branch.id] = branch.sha256;
    returning.branches.push_back(std::move(branch));
  }
  std::ranges::copy(session.desk.sweeps, std::back_inserter(desk.sweeps));
  const BranchId newest = desk.history.now().newest;
  desk.follow = {std::max(desk.follow.newest, newest), false, -1};
  out.push_back(Restore{{}, newest + 1});
  const Place& to = session.desk.playhead;
  desk.playhead.branch = to.branch;
  desk.playhead.step = to.step;
  desk.playhead.picture = to.picture;
  desk.playhead.playing = false;
}

void use_enclosed(const std::map<int, std::filesystem::path>& models, const View& view,
                  Saved& session) {
  for (const auto& [place, folder] : models) {
    if (place >= int(session.models.size())) continue;
    SessionModel& model = session.models[std::size_t(place)];
    const auto here = view.origins.find(model_from(view, model.folder));
    const bool same =
        here != view.origins.end() && !model.sha256.empty() && here->second.sha256 == model.sha256;
    if (!same) model.folder = folder;
  }
}

void ask_for_returning(const View& view, Desk& desk, Commands& out) {
  Returning& returning = desk.returning;
  if (returning.branches.empty()) return;
  std::erase_if(returning.branches,
                [&](const SessionBranch& branch) { return find_branch(view, branch.id); });
  auto trees = wanted(view, desk);
  const auto ask = [&](std::vector<SessionBranch> tree) {
    put_first(tree, desk.playhead.branch);
    Restore restore;
    for (SessionBranch& branch : tree) restore.branches.push_back({branch.id, branch.begun});
    out.push_back(std::move(restore));
    for (const SessionBranch& branch : tree) returning.asked[branch.id] = out.back().id;
  };
  // The worker runs first what was asked for last.
  std::vector<SessionBranch> looked_at;
  for (auto& [root, tree] : trees) {
    const bool here =
        std::ranges::find(tree, desk.playhead.branch, &SessionBranch::id) != tree.end();
    here ? void(looked_at = std::move(tree)) : ask(std::move(tree));
  }
  if (!looked_at.empty()) ask(std::move(looked_at));
}

bool is_coming(const View& view, const Desk& desk, BranchId id) {
  const auto& branches = desk.returning.branches;
  if (std::ranges::find(branches, id, &SessionBranch::id) == branches.end()) return false;
  const auto asked = desk.returning.asked.find(id);
  if (asked != desk.returning.asked.end()) return view.jobs.contains(asked->second);
  const Work& now = desk.history.now();
  return id <= now.newest && !now.deleted.contains(id);
}

bool is_anything_coming(const View& view, const Desk& desk) {
  return std::ranges::any_of(desk.returning.branches, [&](const SessionBranch& branch) {
    return is_coming(view, desk, branch.id);
  });
}

Fidelity fidelity(const View& view, const Desk& desk) {
  Fidelity found;
  for (const auto& [id, sha256] : desk.returning.fingerprints)
    if (const Branch* branch = find_branch(view, id); branch && branch->done())
      ++(branch->sha256 == sha256 ? found.same : found.different);
  return found;
}

std::string words_for_fidelity(const View& view, const Desk& desk) {
  const auto [same, different] = fidelity(view, desk);
  const int all = same + different;
  if (all == 0) return "";
  std::vector<SessionBranch> branches;
  for (const auto& [id, sha256] : desk.returning.fingerprints)
    if (const Branch* branch = find_branch(view, id)) branches.push_back({id, {}, branch->sha256});
  const std::string of = text_of(all, all == 1 ? " finished branch" : " finished branches");
  if (different == 0)
    return text_of(of, " came back, the same pixels as when saved (", short_fingerprint(branches),
                   ").");
  return text_of(of, " came back, ", different,
                 " with other pixels than when saved: another build, device or model.");
}

}  // namespace stepwise::app
