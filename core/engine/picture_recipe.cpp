#include "engine/picture_recipe.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "error.h"
#include "first_of.h"
#include "image/picture_file.h"
#include "image/sheet.h"
#include "settings/json.h"

namespace stepwise {
namespace {

constexpr int kMaxForks = 1000;

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
  for (int step = 0; step <= recipe.sample.settings.steps; ++step)
    if (const auto all = all_at(step, recipe, guess_at); !all.empty())
      frames.push_back(batch_of(all));
  return film_strip(frames);
}

void check_model(const PictureRecipe& recipe, ModelId id) {
  require(std::ranges::find(recipe.models, id, &RecipeModel::id) != recipe.models.end(),
          "The recipe names a model ", id, ", but does not say which that is.");
}

std::string model_words(const RecipeModel& model) {
  std::string words = model.name;
  if (!model.folder.empty()) words += text_of(", ", model.folder.string());
  if (!model.sha256.empty()) words += text_of(", sha256 ", model.sha256);
  return words;
}

constexpr std::size_t kMostNamed = 10;

// "class 7", "class 0, class 1 and 8 more", "no class"
std::string shown_words(const PictureRecipe& recipe) {
  std::vector<std::string> words;
  for (const int picture : recipe.pictures) {
    const auto label = recipe.sample.conditions[std::size_t(picture)].label;
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
  check(recipe.sample.settings);
  const auto count = int(recipe.sample.conditions.size());
  require(count == recipe.sample.settings.count, "The recipe is of ", recipe.sample.settings.count,
          " pictures, but says what ", count, " show.");
  require(recipe.forks.size() <= kMaxForks, "The recipe has ", recipe.forks.size(), " edits.");
  const Range<int> steps{0, recipe.sample.settings.steps}, pictures{0, count - 1};
  steps.check("The step of the recipe", recipe.step);
  require(!recipe.pictures.empty(), "The recipe shows no picture.");
  for (const int picture : recipe.pictures) pictures.check("A picture of the recipe", picture);
  kCount.check("The columns of the recipe", recipe.columns);
  check_model(recipe, recipe.sample.model);
  for (const Fork& fork : recipe.forks) {
    check_model(recipe, fork.model);
    check(fork.settings);
    check(fork.edit.layers);
    steps.check("The step of an edit", fork.edit.step);
    pictures.check("The picture of an edit", fork.edit.picture);
  }
}

std::string text_of_recipe(const PictureRecipe& recipe) { return text_of_json(value_of(recipe)); }

PictureRecipe recipe_of_text(std::string_view text, const std::string& file) {
  return read_object<PictureRecipe>(text, file);
}

ByteImage laid_out(const PictureRecipe& recipe, const GuessAt& guess_at) {
  if (recipe.kind == PictureKind::kStrip) return strip(recipe, guess_at);
  const std::vector<ByteImage> all = all_at(recipe.step, recipe, guess_at);
  require(!all.empty(), "Step ", recipe.step, " has not been computed yet.");
  if (recipe.kind == PictureKind::kPicture) return all.front();
  return contact_sheet(batch_of(all), recipe.columns);
}

std::vector<std::pair<std::string, std::string>> words_for(const PictureRecipe& recipe) {
  const SampleSettings& s = recipe.sample.settings;
  std::vector<std::pair<std::string, std::string>> words;
  for (const RecipeModel& model : recipe.models) words.emplace_back("model", model_words(model));
  words.emplace_back("shows", text_of(id_of(recipe.kind), " of ", recipe.pictures.size(), " of ",
                                      s.count, " pictures, step ", recipe.step, " of ", s.steps));
  words.emplace_back("asked for", shown_words(recipe));
  words.emplace_back("settings",
                     text_of(name_of(s.sampler).label, ", ", s.steps, " steps, sigma ", s.sigma_max,
                             " to ", s.sigma_min, ", guidance ", s.guidance, ", seed ", s.seed));
  for (const Fork& fork : recipe.forks) words.emplace_back("edit", edit_words(fork));
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
