// What the window asks of the disk, and the answers: plain values, done on a thread of their own
// (file_worker.h), since a disk may be slow or far away.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/picture_recipe.h"
#include "formats/safetensors.h"
#include "image/animation.h"
#include "image/picture_file.h"
#include "settings/recipe_book.h"

namespace stepwise::app {

// What a file is to hold. Pictures carry their recipe, which gets the fingerprints of the models'
// weights when it is written.
struct StillFile {
  ByteImage pixels;
  PictureRecipe recipe;
};
struct NumbersFile {
  ByteBatch pictures;
  std::vector<Condition> conditions;
};
struct SessionFile {
  Safetensors file;
  std::map<int, std::filesystem::path> enclosed;  // Folders of models, by their places in the list.
};
using FileContent = std::variant<StillFile, std::vector<AnimationFrame>, NumbersFile, SessionFile>;

// Writes a new file of that name or, where there is one, of the same with a number.
struct SaveFile {
  std::filesystem::path path;
  FileContent content;
};
struct FileSaved {
  std::filesystem::path path;
  std::string note;  // A sentence where something was left out.
};

// Makes a recipe of the user's own, called as it is. Nothing is replaced.
struct SaveRecipe {
  Recipe recipe;
  KnownRecipe parent;
};
struct RecipeSaved {
  KnownRecipe recipe;
};

// What lies in a folder: other folders, and files that can be opened; hidden ones are left out.
struct ListFolder {
  std::filesystem::path folder;
};
struct FolderEntry {
  std::string name;
  bool is_folder = false;
};
struct FolderListed {
  std::filesystem::path folder;      // Absolute.
  std::vector<FolderEntry> entries;  // Folders first, by name.
  bool cut = false;                  // There are more.
  std::string trouble;               // Why it cannot be looked into; empty: it can.
};
inline constexpr std::size_t kMostListed = 2000;

// What somebody has dropped, pasted or named: a path or a file:// address.
struct LookAtFile {
  std::string place;
};
struct PictureFound {
  std::filesystem::path path;
  PictureFile file;
  std::optional<PictureRecipe> recipe;
  std::vector<std::string> notes;  // What is odd, a sentence each.
};
struct ModelFound {
  std::filesystem::path folder;
};
struct RunFoundAt {
  std::filesystem::path folder;
};
struct DataFound {
  std::filesystem::path folder;
};
struct SessionFoundAt {
  std::filesystem::path path;
  std::map<int, std::filesystem::path> models;  // That it enclosed, by their places in the list.
};

// What was tried, why it failed, and what to do.
struct FileTrouble {
  std::string message;
};

using FileTask = std::variant<SaveFile, SaveRecipe, ListFolder, LookAtFile>;
using FileAnswer = std::variant<FileSaved, RecipeSaved, FolderListed, PictureFound, ModelFound,
                                RunFoundAt, DataFound, SessionFoundAt, FileTrouble>;

// Does it now. Any thread.
FileAnswer perform(FileTask task);

// What a text that was dropped or pasted names: "file:///a%20b", "~/a", "'/a b'" as /a b. Empty
// where it names nothing.
std::filesystem::path place_of(std::string_view text);

}  // namespace stepwise::app
