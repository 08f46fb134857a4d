// What of the window can be saved, and the recipes that pictures carry out with them. No drawing
// and no files here: what comes of it is done elsewhere (files/tasks.h). Window thread only.
#pragma once

#include <array>
#include <optional>
#include <string>

#include "files/tasks.h"
#include "view/desk.h"
#include "view/view.h"

namespace stepwise::app {

enum class SaveKind { kPicture, kSheet, kStrip, kAnimation, kNumbers, kSession, kWholeSession };

struct SaveKindInfo {
  SaveKind kind;
  const char* id;     // In the settings.
  const char* label;  // As shown,
  const char* help;   //   with a sentence.
  const char* ending;
};
// In the order of the enumeration.
inline constexpr std::array kSaveKinds = {
    SaveKindInfo{
        SaveKind::kPicture, "picture", "This picture",
        "The picture under the playhead, pixel for pixel, with its recipe: dropped back on "
        "the window it is drawn again.",
        ".png"},
    SaveKindInfo{SaveKind::kSheet, "sheet", "All pictures",
                 "All pictures of the batch at this step, side by side.", ".png"},
    SaveKindInfo{SaveKind::kStrip, "strip", "Its steps",
                 "What the model guesses at each step, side by side.", ".png"},
    SaveKindInfo{SaveKind::kAnimation, "animation", "Animation",
                 "The same one after the other, as a WebP file that browsers and chats play.",
                 ".webp"},
    SaveKindInfo{SaveKind::kNumbers, "numbers", "Numbers",
                 "All pictures at this step as safetensors: images U8 [N, C, H, W] and labels.",
                 ".safetensors"},
    SaveKindInfo{SaveKind::kSession, "session", "Session",
                 "All trees and edits, what is painted and what was chosen: opened again, "
                 "everything is drawn as it was, to the same pixels.",
                 ".stepwise"},
    SaveKindInfo{SaveKind::kWholeSession, "whole_session", "Session with its models",
                 "The same for a friend, who needs nothing else.", ".stepwise"},
};
constexpr auto names_of(SaveKind) {
  std::array<Named<SaveKind>, kSaveKinds.size()> names;
  for (std::size_t i = 0; i < names.size(); ++i) names[i] = {kSaveKinds[i].kind, kSaveKinds[i].id};
  return names;
}
constexpr const SaveKindInfo& info_of(SaveKind kind) { return kSaveKinds[std::size_t(kind)]; }

// How what the playhead stands on was made: all branches from the root of its tree.
PictureRecipe recipe_here(const View& view, const Desk& desk, PictureKind kind);

// The guesses as the branch shows them, as far as they are at hand. Good as long as the view.
GuessAt guesses_of(const View& view, BranchId branch);

// What the file would hold; nothing where no picture has come yet.
std::optional<FileContent> content_of(SaveKind kind, const View& view, const Desk& desk);

// "fashion-mnist-seed-1-picture-3.png"
std::string file_name_of(SaveKind kind, const View& view, const Desk& desk);

}  // namespace stepwise::app
