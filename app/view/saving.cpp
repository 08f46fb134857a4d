#include "view/saving.h"

#include <algorithm>
#include <cctype>

#include "view/saved.h"

namespace stepwise::app {
namespace {

constexpr int kAnimationSide = 256;              // Pixels, about.
constexpr int kFrameTime = 90, kEndTime = 1600;  // Milliseconds.

RecipeModel recipe_model(const View& view, ModelId id) {
  const auto origin = view.origins.find(id);
  if (origin == view.origins.end()) return {id, "a model that is closed", {}, ""};
  const ModelOrigin& from = origin->second;
  if (from.live) return {id, from.name, {}, ""};  // Its folder holds another by now.
  if (!from.parts.empty()) return {id, from.name, {}, "", from.parts, from.how};
  return {id, from.name, from.folder, from.sha256};
}

// Behind those that it combines.
void name_model(const View& view, ModelId id, PictureRecipe& recipe) {
  const auto known = std::ranges::find(recipe.models, id, &RecipeModel::id);
  if (known != recipe.models.end()) return;
  const RecipeModel model = recipe_model(view, id);
  for (const ModelId part : model.parts) name_model(view, part, recipe);
  recipe.models.push_back(model);
}

// Run to its end: what is shown of it may have come later than was first asked for.
PastBranch past_branch(const Branch& branch) {
  PastBranch past{branch.start.id, branch.start.begun};
  std::visit([](auto& begun) { begun.until = -1; }, past.begun);
  return past;
}

std::vector<AnimationFrame> animation(const PictureRecipe& recipe, const GuessAt& guess_at) {
  std::vector<AnimationFrame> frames;
  for (int step = 0; step <= kSteps.max; ++step) {
    const auto guess = guess_at(step, recipe.pictures.front());
    if (!guess) continue;
    const int scale = std::max(1, kAnimationSide / std::max(guess->height, guess->width));
    frames.push_back({enlarged(*guess, scale), kFrameTime});
  }
  if (!frames.empty()) frames.back().milliseconds = kEndTime;
  return frames;
}

std::optional<NumbersFile> numbers(const PictureRecipe& recipe, const GuessAt& guess_at) {
  NumbersFile numbers;
  ByteBatch& all = numbers.pictures;
  for (const int picture : recipe.pictures) {
    const auto guess = guess_at(recipe.step, picture);
    if (!guess) return std::nullopt;
    all.count += 1;
    all.height = guess->height, all.width = guess->width, all.channels = guess->channels;
    all.pixels.insert(all.pixels.end(), guess->pixels.begin(), guess->pixels.end());
  }
  numbers.conditions = root_of(recipe).conditions;
  return numbers;
}

PictureKind picture_kind_of(SaveKind kind) {
  if (kind == SaveKind::kPicture) return PictureKind::kPicture;
  return kind == SaveKind::kStrip || kind == SaveKind::kAnimation ? PictureKind::kStrip
                                                                  : PictureKind::kSheet;
}

bool is_session(SaveKind kind) {
  return kind == SaveKind::kSession || kind == SaveKind::kWholeSession;
}

SessionFile session(SaveKind kind, const View& view, const Desk& desk) {
  const Saved all = saved(view, desk);
  SessionFile file{tensors_of(all), {}};
  if (kind == SaveKind::kSession) return file;
  for (std::size_t i = 0; i < all.models.size(); ++i)
    if (!all.models[i].folder.empty()) file.enclosed[int(i)] = all.models[i].folder;
  return file;
}

// Letters, digits and dashes.
std::string plain(const std::string& name) {
  constexpr std::size_t kLongest = 60;
  std::string words;
  for (const char c : name.substr(0, kLongest)) {
    const bool letter = std::isalnum(static_cast<unsigned char>(c));
    if (letter || (!words.empty() && words.back() != '-'))
      words += letter ? char(std::tolower(static_cast<unsigned char>(c))) : '-';
  }
  while (words.ends_with('-')) words.pop_back();
  return words.empty() ? "picture" : words;
}

}  // namespace

GuessAt guesses_of(const View& view, BranchId branch) {
  return [&view, branch](int step, int picture) -> std::optional<ByteImage> {
    const Branch* shown = find_branch(view, branch);
    if (!shown || step > shown->steps()) return std::nullopt;
    const PictureAtStep at = lookup(view, branch, step, picture);
    const Branch* owner = find_branch(view, at.owner);
    if (!at || !owner) return std::nullopt;
    // Where the step is not kept, what is there to look at is an earlier one.
    if (!owner->guesses[std::size_t(step)] && !find_full(view, {at.owner, step}))
      return std::nullopt;
    return to_bytes(image_of(at.guess));
  };
}

PictureRecipe recipe_here(const View& view, const Desk& desk, PictureKind kind) {
  PictureRecipe recipe;
  for (const Branch* at = find_branch(view, desk.playhead.branch); at;
       at = find_branch(view, at->start.parent)) {
    recipe.branches.insert(recipe.branches.begin(), past_branch(*at));
    name_model(view, at->start.model, recipe);
  }
  recipe.kind = kind;
  recipe.step = desk.playhead.step;
  if (kind == PictureKind::kSheet)
    for (int i = 0; i < batch_size(view, desk.playhead.branch); ++i) recipe.pictures.push_back(i);
  else
    recipe.pictures = {desk.playhead.picture};
  while (recipe.columns * recipe.columns < int(recipe.pictures.size())) ++recipe.columns;
  return recipe;
}

std::optional<FileContent> content_of(SaveKind kind, const View& view, const Desk& desk) {
  if (is_session(kind)) return session(kind, view, desk);
  const GuessAt guess_at = guesses_of(view, desk.playhead.branch);
  if (!guess_at(desk.playhead.step, desk.playhead.picture)) return std::nullopt;
  PictureRecipe recipe = recipe_here(view, desk, picture_kind_of(kind));
  if (kind == SaveKind::kAnimation) return animation(recipe, guess_at);
  if (kind == SaveKind::kNumbers) return numbers(recipe, guess_at);
  ByteImage pixels = laid_out(recipe, guess_at);
  return StillFile{std::move(pixels), std::move(recipe)};
}

std::string file_name_of(SaveKind kind, const View& view, const Desk& desk) {
  const Playhead& at = desk.playhead;
  const Branch* branch = find_branch(view, at.branch);
  if (!branch) return std::string("picture") + info_of(kind).ending;
  if (is_session(kind))
    return text_of("session-of-", view.branches.size(), "-branches", info_of(kind).ending);
  const ModelOpened* model = find_model(view, branch->start.model);
  std::string name =
      text_of(plain(model ? model->name : ""), "-seed-", branch->start.settings.seed);
  const bool of_all = kind == SaveKind::kSheet || kind == SaveKind::kNumbers;
  if (!of_all) name += text_of("-picture-", at.picture + 1);
  const bool of_steps = kind == SaveKind::kStrip || kind == SaveKind::kAnimation;
  if (of_steps) name += "-steps";
  if (!of_steps && at.step < branch->steps()) name += text_of("-step-", at.step);
  return name + info_of(kind).ending;
}

}  // namespace stepwise::app
