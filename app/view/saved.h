// What of the view and the desk is worth finding again, as one plain value, and its file: see
// engine/session_file.h. The rest of what the user chose is in the settings of the window. Window
// thread only, but for the file.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "engine/session_file.h"
#include "formats/safetensors.h"
#include "view/desk.h"
#include "view/view.h"

namespace stepwise::app {

struct BranchNote {
  BranchId id = 0;
  std::string name;  // Empty: none was given.
  bool starred = false;
  bool deleted = false;    // Undo brings it back.
  std::int64_t begun = 0;  // Seconds since 1970; 0: not known.
  bool operator==(const BranchNote&) const = default;
};
STEPWISE_FIELDS(BranchNote, id, name, starred, deleted, begun)

struct SavedDesk {
  Place playhead;
  std::vector<Painting> paintings;  // That wait for the model.
  std::vector<BranchNote> notes;    // Of branches of which there is something to say.
  std::vector<Sweep> sweeps;
  Choices choices;  // The model is a place in the list of models, and 1; 0: none.
  std::uint64_t noise_seed = 1;
};
STEPWISE_FIELDS(SavedDesk, playhead, paintings, notes, sweeps, choices, noise_seed)

struct Saved : SavedSession {
  SavedDesk desk;
};
void visit_fields(FieldsOf<Saved> auto& saved, auto visit) {
  using Base = std::conditional_t<std::is_const_v<std::remove_reference_t<decltype(saved)>>,
                                  const SavedSession, SavedSession>;
  visit_fields(static_cast<Base&>(saved), visit);
  visit("desk", saved.desk);
}

// Throws Error like that of SavedSession.
void check(const Saved& saved);

// Branches that are deleted, the newest of which are kept.
inline constexpr int kMaxDeleted = 100;

Saved saved(const View& view, const Desk& desk);

// Throws Error where the file cannot be read.
Saved read_saved(const std::filesystem::path& file);
// What the file holds, and its bytes. Any thread.
Safetensors tensors_of(const Saved& saved);
std::string encode(const Saved& saved);

// Asks for the fingerprints of models that are not known and will be saved.
void identify_models(const View& view, Desk& desk, Commands& out);

}  // namespace stepwise::app
