// stepwise replay: the branches of a session drawn again, without a window, and whether their
// pictures come out as they were.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>

#include "commands/command.h"
#include "commands/print_json.h"
#include "engine/enclosed_models.h"
#include "engine/run_folder.h"
#include "engine/session_file.h"
#include "error.h"
#include "image/output.h"
#include "image/png.h"
#include "image/sheet.h"

namespace stepwise {
namespace {

namespace fs = std::filesystem;

struct ReplayOptions {
  fs::path session, out;
  bool check = false, json = false;
};

// A branch and the fingerprint of its pictures, as it comes out now; empty: it has no end.
struct Replayed {
  SessionBranch saved;
  std::string sha256;
  int last_step = 0;

  bool was_finished() const { return !saved.sha256.empty(); }
  bool same() const { return saved.sha256 == sha256; }
};

ModelId combined(const SessionModel& model, const std::vector<ModelId>& before, Headless& worker) {
  Combine combine{{}, *model.how, model.name};
  for (const int part : model.parts) combine.models.push_back(before[std::size_t(part)]);
  const Request request = combine;
  worker.run(request, [](const Event&) {});
  return request.id;
}

// Of the data set that the window opens by itself.
ModelId made(Teacher teacher, Headless& worker) {
  worker.run(OpenData{}, [](const Event&) {});
  const Request request = OpenTeacher{teacher};
  worker.run(request, [](const Event&) {});
  return request.id;
}

ModelId opened(const SessionModel& model, Headless& worker) {
  if (model.teacher) return made(*model.teacher, worker);
  require(!model.folder.empty(), "The session has branches of the model '", model.name,
          "', which lay in no folder: they cannot be drawn again.");
  const ModelId id = worker.open_model(model.folder).id;
  ModelIdentified found;
  worker.run(IdentifyModel{id}, keep(found));
  if (!model.sha256.empty() && found.sha256 != model.sha256)
    warn(text_of("The weights in '", model.folder.string(),
                 "' are not those that the session was saved with."));
  return id;
}

// What each model of the session is called here; a folder is opened once.
std::vector<ModelId> models_of(const SavedSession& session, Headless& worker) {
  std::vector<ModelId> ids;
  std::map<fs::path, ModelId> folders;
  for (const SessionModel& model : session.models) {
    const bool is_open = model.parts.empty() && !model.teacher && folders.contains(model.folder);
    ids.push_back(is_open               ? folders[model.folder]
                  : model.parts.empty() ? opened(model, worker)
                                        : combined(model, ids, worker));
    if (model.parts.empty()) folders[model.folder] = ids.back();
  }
  return ids;
}

std::vector<Replayed> replayed(const SavedSession& session, Headless& worker) {
  std::vector<Replayed> all;
  std::map<BranchId, std::string> fingerprints;
  std::map<BranchId, int> last_steps;
  const std::vector<PastBranch> past = past_branches(session, models_of(session, worker));
  const BranchId end = past.empty() ? 0 : past.back().id + 1;
  worker.run_with_bar(Restore{past, end}, [&](const Event& event) {
    if (const auto* start = std::get_if<BranchStarted>(&event))
      last_steps[start->id] = int(start->sigmas.size()) - 1;
    const auto* frame = std::get_if<FrameReady>(&event);
    if (frame && !frame->sha256.empty()) fingerprints[frame->branch] = frame->sha256;
  });
  for (const SessionBranch& branch : session.branches)
    all.push_back({branch, fingerprints[branch.id], last_steps[branch.id]});
  return all;
}

void write_pictures(const fs::path& folder, const std::vector<Replayed>& branches,
                    Headless& worker) {
  std::error_code failed;  // Then no file can be written either, and that says why.
  fs::create_directories(folder, failed);
  for (const Replayed& branch : branches) {
    if (branch.sha256.empty()) continue;
    const BranchId id = branch.saved.id;
    FrameFetched frame;
    worker.run(FetchFrame{id, branch.last_step}, keep(frame));
    const int columns = int(std::ceil(std::sqrt(frame.noisy.count)));
    const Written written = write_output(folder / text_of("branch-", id, ".png"),
                                         png_of(contact_sheet(frame.noisy, columns)));
    if (!written.note.empty()) warn(written.note);
  }
}

std::vector<SessionBranch> as_they_are(const std::vector<Replayed>& branches) {
  std::vector<SessionBranch> now;
  for (const Replayed& branch : branches) {
    now.push_back(branch.saved);
    now.back().sha256 = branch.sha256;
  }
  return now;
}

nlohmann::ordered_json json_of(const std::vector<Replayed>& branches, bool same) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const Replayed& branch : branches)
    list.push_back({{"id", branch.saved.id},
                    {"sha256", branch.sha256},
                    {"saved_sha256", branch.saved.sha256}});
  return {{"pixels", short_fingerprint(as_they_are(branches))}, {"same", same}, {"branches", list}};
}

void print(const std::vector<Replayed>& branches, bool same) {
  const auto finished = std::ranges::count_if(branches, &Replayed::was_finished);
  std::printf("%zu branches, %td of them finished when saved\n", branches.size(), finished);
  for (const Replayed& branch : branches)
    if (branch.was_finished() && !branch.same())
      std::printf("branch %d: other pictures than when saved\n", branch.saved.id);
  std::printf("%s pixels %s when saved (%s)\n", same ? "the same" : "other", same ? "as" : "than",
              short_fingerprint(as_they_are(branches)).c_str());
}

void replay(const ReplayOptions& o, const SessionOptions& options) {
  SavedSession session = read_session(o.session);
  for (const auto& [place, folder] : take_out_models(o.session, models_folder()))
    if (place < int(session.models.size())) session.models[std::size_t(place)].folder = folder;
  if (!o.out.empty()) check_output_folder(o.out);
  Headless worker(options);
  const std::vector<Replayed> branches = replayed(session, worker);
  if (!o.out.empty()) write_pictures(o.out, branches, worker);
  const bool same = std::ranges::all_of(
      branches, [](const Replayed& b) { return !b.was_finished() || b.same(); });
  o.json ? print_json(json_of(branches, same)) : print(branches, same);
  if (o.check && !same) throw CLI::RuntimeError(1);
}

}  // namespace

void add_replay(CLI::App& app, const SessionOptions& options) {
  auto o = std::make_shared<ReplayOptions>();
  CLI::App* sub = app.add_subcommand(
      "replay", "Draw a session again, and tell whether its pictures come out the same");
  sub->add_option("session", o->session, "A .stepwise file")->required()->type_name("SESSION");
  sub->add_flag("--check", o->check, "Fail where the pixels are others than when it was saved");
  sub->add_option("--out", o->out, "Write the finished pictures of each branch there")
      ->type_name("DIR");
  sub->add_flag("--json", o->json, "Print JSON");
  sub->callback([o, &options] { replay(*o, options); });
}

}  // namespace stepwise
