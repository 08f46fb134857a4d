// A session on disk: all that its pictures need to be drawn again, in one file, NAME.stepwise. It
// is a safetensors file (formats/packed_json.h); its metadata say format "stepwise session" and the
// version, and its tensors are
//
//   session            JSON: `models` and `branches` as below, and `desk`, which is the window's
//   pictures/0, ...    what is stamped, masked or begun with: [height, width, channels] of F32
//   models/0/FILE ...  the files of the models' folders, where they are enclosed: bytes, U8
//
// Frames are not stored: a branch begun again gives the same pixels on the same build, and its
// fingerprint tells whether it did. Any thread.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "engine/commands.h"

namespace stepwise {

inline constexpr const char* kSessionExtension = ".stepwise";

// What runs branches: a folder, several models of the list that were made into one, or what is made
// of the data set that is open.
struct SessionModel {
  std::string name;                     // As shown.
  std::filesystem::path folder;         // Where it lay; empty: it lay in none.
  std::string sha256;                   // Of its weights, see weights_sha256(); empty: not known.
  std::vector<int> parts;               // Places of models before it in the list that it combines,
  std::optional<Combination> how = {};  //   and how.
  std::optional<Teacher> teacher = {};
  bool operator==(const SessionModel&) const = default;
};
STEPWISE_FIELDS(SessionModel, name, folder, sha256, parts, how, teacher)

struct SessionBranch {
  BranchId id = 0;
  Begun begun;         // Its model is a place in the list of models, and 1.
  std::string sha256;  // Of its finished pictures, see pixels_sha256(); empty: not finished.
  bool operator==(const SessionBranch&) const = default;
};
STEPWISE_FIELDS(SessionBranch, id, begun, sha256)

struct SavedSession {
  std::vector<SessionModel> models;
  std::vector<SessionBranch> branches;  // Ids rise, so parents come before their forks.
  bool operator==(const SavedSession&) const = default;
};
STEPWISE_FIELDS(SavedSession, models, branches)

// Throws Error naming the first value out of range, or branch or model that refers to none.
void check(const SavedSession& session);

// Throws Error for a file that is no session, or one of a later version; see also check().
SavedSession read_session(const std::filesystem::path& file);

// The branches, with the ids of these models in place of their places in the list.
std::vector<PastBranch> past_branches(const SavedSession& session,
                                      const std::vector<ModelId>& models);
// `model` as that which runs it.
void set_model(Begun& begun, ModelId model);

// One fingerprint of all finished pictures, for people to compare: eight hexadecimal digits.
std::string short_fingerprint(const std::vector<SessionBranch>& branches);

}  // namespace stepwise
