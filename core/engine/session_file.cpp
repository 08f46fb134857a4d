#include "engine/session_file.h"

#include <algorithm>
#include <set>

#include "engine/session_json.h"
#include "error.h"
#include "formats/packed_json.h"
#include "formats/safetensors_header.h"
#include "image/sha256.h"

namespace stepwise {
namespace {

constexpr const char* kFormat = "stepwise session";
constexpr int kVersion = 1;
constexpr const char* kSessionTensor = "session";
constexpr std::size_t kMaxModels = 1000, kMaxSaved = 1 << 20;
constexpr Range<BranchId> kBranchIds{0, 1 << 30};
constexpr Range<int> kPictures{0, kCount.max - 1};
constexpr Range<int> kStepRange{0, kSteps.max};

void check(const SessionModel& model, int place) {
  for (const int part : model.parts)
    require(part >= 0 && part < place, "model ", place, " combines model ", part,
            ", which does not come before it.");
  require(model.parts.empty() || model.how, "model ", place,
          " combines others, but does not say how.");
}

void check(const Sample& sample, const std::set<BranchId>&) {
  stepwise::check(sample.settings);
  require(int(sample.conditions.size()) == sample.settings.count, "it has ",
          sample.conditions.size(), " conditions for ", sample.settings.count, " pictures.");
}

void check(const Resample& fork, const std::set<BranchId>& before) {
  const Edit& edit = fork.fork.edit;
  require(before.contains(edit.branch), "it is forked from branch ", edit.branch,
          ", which does not come before it.");
  kStepRange.check("the step of its edit", edit.step);
  kPictures.check("the picture of its edit", edit.picture);
  stepwise::check(fork.fork.settings);
  stepwise::check(edit.layers);
}

}  // namespace

void check(const SavedSession& session) {
  require(session.models.size() <= kMaxModels && session.branches.size() <= kMaxSaved, "it has ",
          session.models.size(), " models and ", session.branches.size(),
          " branches, more than anyone needs.");
  for (std::size_t i = 0; i < session.models.size(); ++i) check(session.models[i], int(i));
  std::set<BranchId> before;
  for (const auto& [id, begun, sha256] : session.branches) {
    in_context(text_of("branch ", id, ": "), [&] {
      kBranchIds.check("its id", id);
      require(before.empty() || *before.rbegin() < id, "it stands behind branch ",
              before.empty() ? 0 : *before.rbegin(), ", but ids rise.");
      const ModelId model = model_in(begun);
      require(model <= session.models.size(), "it is of model ", model, " of ",
              session.models.size(), ".");
      std::visit([&](const auto& asked) { check(asked, before); }, begun);
    });
    before.insert(id);
  }
}

Safetensors session_tensors(const nlohmann::json& session) {
  return {packed(session, kSessionTensor), {{"format", kFormat}, {"version", text_of(kVersion)}}};
}

std::string encode_session(const nlohmann::json& session) {
  return encode_safetensors(session_tensors(session));
}

nlohmann::json session_json(const std::filesystem::path& path) {
  const SafetensorsFile file(path);
  const auto said = [&](const char* key) {
    const auto found = file.metadata().find(key);
    return found == file.metadata().end() ? std::string() : found->second;
  };
  require(said("format") == kFormat, "Cannot read '", file.name(),
          "': it is a safetensors file, but no session of Stepwise.");
  const std::string version = said("version");
  require(version == text_of(kVersion), "Cannot read '", file.name(), "': its version is ",
          in_quotes(version), ", and this program reads version ", kVersion,
          ". A newer Stepwise may have written it.");
  return unpacked(file, kSessionTensor);
}

SavedSession read_session(const std::filesystem::path& file) {
  return session_as<SavedSession>(file);
}

void set_model(Begun& begun, ModelId model) {
  if (auto* sample = std::get_if<Sample>(&begun))
    sample->model = model;
  else
    std::get<Resample>(begun).fork.model = model;
}

std::vector<PastBranch> past_branches(const SavedSession& session,
                                      const std::vector<ModelId>& models) {
  std::vector<PastBranch> past;
  for (const SessionBranch& branch : session.branches) {
    past.push_back({branch.id, branch.begun});
    const ModelId place = model_in(branch.begun);
    set_model(past.back().begun,
              place >= 1 && place <= models.size() ? models[std::size_t(place - 1)] : kNoModel);
  }
  return past;
}

std::string short_fingerprint(const std::vector<SessionBranch>& branches) {
  std::string all;
  for (const SessionBranch& branch : branches)
    if (!branch.sha256.empty()) all += text_of(branch.id, ' ', branch.sha256, '\n');
  return sha256(all).substr(0, 8);
}

}  // namespace stepwise
