#include "view/saved.h"

#include <algorithm>
#include <map>
#include <ranges>
#include <set>
#include <utility>

#include "engine/session_json.h"
#include "error.h"
#include "view/edits.h"
#include "view/returning.h"

namespace stepwise::app {
namespace {

// The list of models, and where each stands in it.
class ModelList {
 public:
  explicit ModelList(const View& view) : view_(view) {}

  // Its place and 1; 0 where nothing is known of it.
  ModelId place_of(ModelId id) {
    const auto origin = view_.origins.find(id);
    if (origin == view_.origins.end()) return kNoModel;
    if (const auto known = places_.find(id); known != places_.end()) return known->second;
    SessionModel model{origin->second.name, origin->second.folder, origin->second.sha256, {}, {}};
    for (const ModelId part : origin->second.parts) model.parts.push_back(int(place_of(part)) - 1);
    if (!model.parts.empty()) model.how = origin->second.how;
    model.teacher = origin->second.teacher;
    models.push_back(std::move(model));
    return places_[id] = models.size();
  }

  std::vector<SessionModel> models;

 private:
  const View& view_;
  std::map<ModelId, ModelId> places_;
};

// As it was asked for, or as far as it was let run.
Begun begun_as_far(const View& view, const Branch& branch) {
  Begun begun = branch.start.begun;
  std::visit(
      [&](auto& asked) {
        const bool went_on = branch.newest > asked.until;
        if (!branch.done() && !is_running(view, branch))
          asked.until = std::max(branch.newest, branch.start.fork);
        else if (asked.until >= 0 && went_on)
          asked.until = -1;
      },
      begun);
  return begun;
}

// Those that are there and those that are to come back, by their ids.
std::vector<SessionBranch> all_branches(const View& view, const Desk& desk) {
  std::vector<SessionBranch> all;
  for (const Branch& branch : view.branches)
    all.push_back({branch.start.id, begun_as_far(view, branch), branch.sha256});
  for (const SessionBranch& branch : desk.returning.branches)
    if (!find_branch(view, branch.id)) all.push_back(branch);
  std::ranges::sort(all, {}, &SessionBranch::id);
  return all;
}

// Without those that were deleted long ago; what the others were forked from stays.
void forget_old(std::vector<SessionBranch>& all, const Work& now) {
  std::set<BranchId> there, kept;
  for (const SessionBranch& branch : all)
    if (is_present(branch, there, now)) there.insert(branch.id);
  int deleted = 0;
  for (const SessionBranch& branch : std::views::reverse(all)) {
    const bool keep =
        there.contains(branch.id) || kept.contains(branch.id) || ++deleted <= kMaxDeleted;
    if (!keep) continue;
    kept.insert(branch.id);
    kept.insert(parent_of(branch));
  }
  std::erase_if(all, [&](const SessionBranch& branch) { return !kept.contains(branch.id); });
}

std::vector<BranchNote> notes_of(const std::vector<SessionBranch>& branches, const Desk& desk) {
  std::vector<BranchNote> notes;
  const Work& now = desk.history.now();
  for (const SessionBranch& branch : branches) {
    BranchNote note{branch.id,
                    {},
                    desk.starred.contains(branch.id),
                    now.deleted.contains(branch.id) || branch.id > now.newest,
                    0};
    if (const auto name = now.names.find(branch.id); name != now.names.end())
      note.name = name->second;
    if (const auto begun = desk.begun.find(branch.id); begun != desk.begun.end())
      note.begun = begun->second;
    if (note != BranchNote{branch.id, {}}) notes.push_back(std::move(note));
  }
  return notes;
}

constexpr Range<int> kSavedSteps{0, kSteps.max};
constexpr Range<int> kSavedPictures{0, kCount.max};

void check(const Place& place) {
  kSavedSteps.check("the step of a painting or of the playhead", place.step);
  kSavedPictures.check("the picture of a painting or of the playhead", place.picture);
}

}  // namespace

void check(const Saved& saved) {
  stepwise::check(static_cast<const SavedSession&>(saved));
  const SavedDesk& desk = saved.desk;
  check(desk.playhead);
  for (const Painting& painting : desk.paintings) {
    check(painting.place);
    stepwise::check(painting.layers);
  }
  stepwise::check(desk.choices.sample);
  require(desk.choices.model <= saved.models.size(), "its choice of a model is ",
          desk.choices.model, " of ", saved.models.size(), ".");
}

Saved saved(const View& view, const Desk& desk) {
  Saved saved;
  const Work& now = desk.history.now();
  ModelList models(view);
  saved.branches = all_branches(view, desk);
  // Those that nobody asked for are of no use.
  std::erase_if(saved.branches, [](const SessionBranch& branch) {
    const auto* sample = std::get_if<Sample>(&branch.begun);
    return sample && sample->conditions.empty();
  });
  forget_old(saved.branches, now);
  for (SessionBranch& branch : saved.branches)
    set_model(branch.begun, models.place_of(model_in(branch.begun)));
  const Playhead& at = desk.playhead;
  saved.desk = {{at.branch, at.step, at.picture},
                now.paintings,
                notes_of(saved.branches, desk),
                desk.sweeps,
                choices_of(desk),
                desk.noise_seed};
  saved.desk.choices.model = models.place_of(desk.model);
  saved.models = std::move(models.models);
  return saved;
}

Saved read_saved(const std::filesystem::path& file) { return session_as<Saved>(file); }

Safetensors tensors_of(const Saved& saved) { return session_tensors(value_of(saved)); }

std::string encode(const Saved& saved) { return encode_session(value_of(saved)); }

void identify_models(const View& view, Desk& desk, Commands& out) {
  for (const auto& [id, origin] : view.origins) {
    const bool open = find_model(view, id) != nullptr;
    if (!open || origin.live || origin.folder.empty() || !origin.parts.empty()) continue;
    if (origin.sha256.empty() && desk.identified.insert(id).second)
      out.push_back(IdentifyModel{id});
  }
}

}  // namespace stepwise::app
