// How a picture was made, as it stands in the picture's own file (image/png.h): all that it takes
// to draw it again, to the bit where the program and the machine are the same. Plain values; any
// thread.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/commands.h"
#include "fields.h"
#include "image/image.h"

namespace stepwise {

// A model by the id that the commands of a recipe call it by.
struct RecipeModel {
  ModelId id = kNoModel;
  std::string name;                     // As shown; it decides nothing.
  std::filesystem::path folder;         // Where it lay; empty: it came from no folder.
  std::string sha256;                   // Of its weights, see weights_sha256(); empty: not known.
  std::vector<ModelId> parts = {};      // Models before it in the list that it combines,
  std::optional<Combination> how = {};  //   and how.
};
STEPWISE_FIELDS(RecipeModel, id, name, folder, sha256, parts, how)

// What a file shows of it: one picture, several side by side, or each through its steps.
enum class PictureKind { kPicture, kSheet, kStrip };
inline constexpr std::array kPictureKinds = {
    Named<PictureKind>{PictureKind::kPicture, "picture"},
    Named<PictureKind>{PictureKind::kSheet, "sheet"},
    Named<PictureKind>{PictureKind::kStrip, "strip"},
};
constexpr const auto& names_of(PictureKind) { return kPictureKinds; }

struct PictureRecipe {
  int version = 1;  // Of what is listed here.
  std::vector<RecipeModel> models;
  std::vector<PastBranch> branches;  // From the root to the one shown, each forked from the last.
  PictureKind kind = PictureKind::kPicture;
  std::vector<int> pictures;  // Those shown, of the batch.
  int step = 0;               // That they are shown at, but for strips.
  int columns = 1;            // Of a sheet.
};
STEPWISE_FIELDS(PictureRecipe, version, models, branches, kind, pictures, step, columns)

inline constexpr int kRecipeVersion = 1;

// Throws Error naming what is out of range or does not fit the rest.
void check(const PictureRecipe& recipe);

// What was asked for at the root. The recipe must be one that check() takes.
const Sample& root_of(const PictureRecipe& recipe);

// The same branches, called `first` and so on, by models of other ids: `model_of` knows them.
std::vector<PastBranch> branches_again(const PictureRecipe& recipe, BranchId first,
                                       const std::function<ModelId(ModelId)>& model_of);

// As JSON, and back: throws Error, naming the file, for what is no recipe.
std::string text_of_recipe(const PictureRecipe& recipe);
PictureRecipe recipe_of_text(std::string_view text, const std::string& file);

// What it tells to a person: a name and a value each. Classes are numbers: their names are the
// model's.
std::vector<std::pair<std::string, std::string>> words_for(const PictureRecipe& recipe);

// The guess for a picture of the batch at a step, as the last branch shows it; none where it is not
// at hand.
using GuessAt = std::function<std::optional<ByteImage>(int step, int picture)>;

// What the file shows, pixel by pixel. Strips show the steps that are at hand. Throws Error where
// nothing is.
ByteImage laid_out(const PictureRecipe& recipe, const GuessAt& guess_at);

// How far two pictures of any channels are apart.
struct PixelDifference {
  bool same_size = true;
  std::int64_t pixels = 0, differing = 0;
  int largest = 0;  // Of 255.
  bool none() const { return same_size && differing == 0; }
};
PixelDifference difference(const ByteImage& a, const ByteImage& b);

// "the same pixels", "12 of 784 pixels differ, by at most 1 of 255".
std::string words_for(const PixelDifference& difference);

}  // namespace stepwise
