#include "engine/picture_recipe.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "error.h"
#include "first_of.h"
#include "formats/json_picture.h"
#include "image/picture_file.h"
#include "image/sheet.h"
#include "settings/json.h"
#include "settings/left_out.h"

namespace stepwise {
namespace {

constexpr std::size_t kMaxBranches = 1000;
constexpr int kMaxParts = 64;  // Of a model, with those of its parts: each runs for every guess.

// A batch of those that are at hand, in their order.
ImageBatch batch_of(const std::vector<ByteImage>& pictures) {
  ImageBatch batch;
  for (const ByteImage& picture : pictures) {
    const Image floats = to_floats(picture);
    batch.count += 1;
    batch.height = floats.height, batch.width = floats.width, batch.channels = floats.channels;
    batch.pixels.insert(batch.pixels.end(), floats.pixels.begin(), floats.pixels.end());
  }
  return batch;
}

// Empty unless all are.
std::vector<ByteImage> all_at(int step, const PictureRecipe& recipe, const GuessAt& guess_at) {
  std::vector<ByteImage> all;
  for (const int picture : recipe.pictures) {
    std::optional<ByteImage> guess = guess_at(step, picture);
    if (!guess) return {};
    all.push_back(std::move(*guess));
  }
  return all;
}

ByteImage strip(const PictureRecipe& recipe, const GuessAt& guess_at) {
  std::vector<ImageBatch> frames;
  for (int step = 0; step <= kSteps.max; ++step)
    if (const auto all = all_at(step, recipe, guess_at); !all.empty())
      frames.push_back(batch_of(all));
  return film_strip(frames);
}

// What a model combines comes before it.
void check_models(const std::vector<RecipeModel>& models) {
  std::map<ModelId, int> made_of;
  for (const RecipeModel& model : models) {
    int parts = model.parts.empty() ? 1 : 0;
    for (const ModelId part : model.parts) {
      require(made_of.contains(part), "The recipe's model '", model.name, "' combines a model ",
              part, ", which does not come before it.");
      parts += made_of.at(part);
    }
    require(parts <= kMaxParts, "The recipe's model '", model.name, "' combines ", parts,
            " models, more than the ", kMaxParts, " that can be.");
    require(model.parts.empty() || model.how, "The recipe's model '", model.name,
            "' combines others, but the recipe does not say how.");
    made_of[model.id] = parts;
  }
}

// The i-th branch: its model is there, and from the second on it is forked from the one before.
void check_branch(const PictureRecipe& recipe, std::size_t i) {
  const ModelId model = model_in(recipe.branches[i].begun);
  require(std::ranges::find(recipe.models, model, &RecipeModel::id) != recipe.models.end(),
          "The recipe names a model ", model, ", but does not say which that is.");
  if (i == 0) return;
  const auto* resample = std::get_if<Resample>(&recipe.branches[i].begun);
  require(resample && resample->fork.edit.branch == recipe.branches[i - 1].id, "Branch ", i + 1,
          " of the recipe is not forked from the one before it.");
  check(resample->fork.settings);
  check(resample->fork.edit.layers);
}

std::string words_of(const Autoguidance& how) { return text_of("autoguidance ", how.weight); }
std::string words_of(const Experts& how) {
  return text_of("handing over at sigma ", joined(how.boundaries));
}

// ", of A and B: autoguidance 2"
std::string parts_words(const RecipeModel& model, const std::vector<RecipeModel>& models) {
  const auto name = [&](ModelId part) {
    return std::ranges::find(models, part, &RecipeModel::id)->name;
  };
  return text_of(", of ", joined(model.parts, name, " and "), ": ",
                 std::visit([](const auto& how) { return words_of(how); }, *model.how));
}

std::string model_words(const RecipeModel& model, const std::vector<RecipeModel>& models) {
  std::string words = model.name;
  if (!model.parts.empty()) words += parts_words(model, models);
  if (!model.folder.empty()) words += text_of(", ", model.folder.string());
  if (!model.sha256.empty()) words += text_of(", sha256 ", model.sha256);
  return words;
}

constexpr std::size_t kMostNamed = 10;

// "class 7", "class 0, class 1 and 8 more", "no class"
std::string shown_words(const PictureRecipe& recipe) {
  std::vector<std::string> words;
  for (const int picture : recipe.pictures) {
    const auto label = root_of(recipe).conditions[std::size_t(picture)].label;
    words.push_back(label ? text_of("class ", *label) : "no class");
  }
  return first_of(words, kMostNamed);
}

std::string edit_words(const Fork& fork) {
  std::map<std::string, int> layers;
  for (const Layer& layer : fork.edit.layers)
    ++layers[std::visit([]<class T>(const T&) { return std::string(type_name<T>()); }, layer.what)];
  std::string words = text_of("at step ", fork.edit.step, " of picture ", fork.edit.picture + 1);
  for (const auto& [name, count] : layers) words += text_of(", ", count, " ", name);
  if (fork.edit.noise == NoiseSource::kFresh) words += ", fresh noise";
  return words;
}

}  // namespace

void check(const PictureRecipe& recipe) {
  require(recipe.version == kRecipeVersion, "The recipe is of version ", recipe.version,
          ", but this program reads version ", kRecipeVersion, ". Use a newer one.");
  check_models(recipe.models);
  const std::size_t branches = recipe.branches.size();
  require(branches >= 1 && branches <= kMaxBranches, "The recipe has ", branches, " branches.");
  require(std::holds_alternative<Sample>(recipe.branches.front().begun),
          "The recipe does not begin with pictures from noise.");
  const Sample& sample = root_of(recipe);
  check(sample.settings);
  const auto count = int(sample.conditions.size());
  require(count == sample.settings.count, "The recipe is of ", sample.settings.count,
          " pictures, but says what ", count, " show.");
  kSteps.check("The step of the recipe", std::max(1, recipe.step));
  kCount.check("The columns of the recipe", recipe.columns);
  require(!recipe.pictures.empty(), "The recipe shows no picture.");
  for (const int picture : recipe.pictures)
    require(picture >= 0 && picture < count, "The recipe shows picture ", picture, " of ", count,
            ".");
  for (std::size_t i = 0; i < branches; ++i) check_branch(recipe, i);
}

const Sample& root_of(const PictureRecipe& recipe) {
  return std::get<Sample>(recipe.branches.front().begun);
}

std::vector<PastBranch> branches_again(const PictureRecipe& recipe, BranchId first,
                                       const std::function<ModelId(ModelId)>& model_of) {
  std::vector<PastBranch> branches;
  for (PastBranch branch : recipe.branches) {
    branch.id = first + BranchId(branches.size());
    if (auto* sample = std::get_if<Sample>(&branch.begun)) {
      sample->model = model_of(sample->model);
    } else {
      Fork& fork = std::get<Resample>(branch.begun).fork;
      fork.model = model_of(fork.model);
      fork.edit.branch = branch.id - 1;
    }
    branches.push_back(std::move(branch));
  }
  return branches;
}

std::string text_of_recipe(const PictureRecipe& recipe) {
  nlohmann::json value = value_of(recipe);
  pixels_to_text(value);
  return text_of_json(value);
}

PictureRecipe recipe_of_text(std::string_view text, const std::string& file) {
  nlohmann::json value = parse_object(text, file);
  pixels_from_text(value);
  PictureRecipe recipe;
  read_value(value, recipe, {file, "all of it"});
  check(recipe);
  return recipe;
}

ByteImage laid_out(const PictureRecipe& recipe, const GuessAt& guess_at) {
  if (recipe.kind == PictureKind::kStrip) return strip(recipe, guess_at);
  const std::vector<ByteImage> all = all_at(recipe.step, recipe, guess_at);
  require(!all.empty(), "Step ", recipe.step, " has not been computed yet.");
  if (recipe.kind == PictureKind::kPicture) return all.front();
  return contact_sheet(batch_of(all), recipe.columns);
}

std::vector<std::pair<std::string, std::string>> words_for(const PictureRecipe& recipe) {
  const SampleSettings& s = root_of(recipe).settings;
  std::vector<std::pair<std::string, std::string>> words;
  for (const RecipeModel& model : recipe.models)
    words.emplace_back("model", model_words(model, recipe.models));
  words.emplace_back("shows",
                     text_of(id_of(recipe.kind), " of ", recipe.pictures.size(), " of ", s.count,
                             " pictures, step ", recipe.step, " of ", steps_taken(s)));
  words.emplace_back("asked for", shown_words(recipe));
  words.emplace_back(
      "settings",
      text_of(name_of(s.sampler).label, ", ", s.steps, " steps", left_out_words(s), ", sigma ",
              s.sigma_max, s.begin == Beginning::kGaussian ? " of a gaussian to " : " to ",
              s.sigma_min, ", guidance ", s.guidance, ", seed ", s.seed));
  for (const PastBranch& branch : recipe.branches)
    if (const auto* resample = std::get_if<Resample>(&branch.begun))
      words.emplace_back("edit", edit_words(resample->fork));
  return words;
}

PixelDifference difference(const ByteImage& a, const ByteImage& b) {
  PixelDifference found;
  found.same_size = a.height == b.height && a.width == b.width;
  found.pixels = std::int64_t(a.height) * a.width;
  if (!found.same_size) return found;
  const ByteImage of_a = rgba_of(a), of_b = rgba_of(b);
  for (std::size_t i = 0; i < of_a.pixels.size(); i += 4) {
    int largest = 0;
    for (std::size_t c = i; c < i + 4; ++c)
      largest = std::max(largest, std::abs(int(of_a.pixels[c]) - int(of_b.pixels[c])));
    found.differing += largest > 0;
    found.largest = std::max(found.largest, largest);
  }
  return found;
}

std::string words_for(const PixelDifference& difference) {
  if (!difference.same_size) return "the size is another one";
  if (difference.none()) return "the same pixels";
  return text_of(difference.differing, " of ", difference.pixels, " pixels differ, by at most ",
                 difference.largest, " of 255");
}

}  // namespace stepwise
