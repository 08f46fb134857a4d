#include "commands/draw_again.h"

#include <algorithm>
#include <map>

#include "error.h"
#include "formats/weights_sha256.h"

namespace stepwise {
namespace {

namespace fs = std::filesystem;

// All guesses of all branches, to be looked up as the last one shows them.
class Guesses {
 public:
  void operator()(const Event& event) {
    if (const auto* started = std::get_if<BranchStarted>(&event)) branches_[started->id] = *started;
    if (const auto* frame = std::get_if<FrameReady>(&event))
      guesses_[{frame->branch, frame->step}] = frame->guess;
  }

  std::optional<ByteImage> at(BranchId branch, int step, int picture) const {
    const auto found = branches_.find(branch);
    if (found == branches_.end()) return std::nullopt;
    const BranchStarted& start = found->second;
    const auto own = std::ranges::find(start.pictures, picture);
    if (step < start.fork || own == start.pictures.end()) return at(start.parent, step, picture);
    const auto guess = guesses_.find({branch, step});
    if (guess == guesses_.end()) return std::nullopt;
    return guess->second.image(int(own - start.pictures.begin()));
  }

 private:
  std::map<BranchId, BranchStarted> branches_;
  std::map<std::pair<BranchId, int>, ByteBatch> guesses_;
};

ModelId open_again(const RecipeModel& named, const fs::path& instead, Headless& worker) {
  const fs::path folder = instead.empty() ? named.folder : instead;
  require(!folder.empty(), "The recipe's model '", named.name,
          "' came from no folder: it was in training, or made of others. Name one with --model.");
  const ModelOpened model = in_context(
      "The recipe's model cannot be opened; name it with --model where it lies elsewhere. ",
      [&] { return worker.open_model(folder); });
  if (!named.sha256.empty() && weights_sha256(folder) != named.sha256)
    warn(text_of("The weights in '", folder.string(),
                 "' are not those that the picture was drawn with."));
  return model.id;
}

}  // namespace

ByteImage drawn_again(const PictureRecipe& recipe, const fs::path& model, Headless& worker) {
  std::map<ModelId, ModelId> models;
  for (const RecipeModel& named : recipe.models)
    models[named.id] = open_again(named, model, worker);
  const auto branches = branches_again(recipe, 0, [&](ModelId id) { return models.at(id); });
  Guesses guesses;
  worker.run(Restore{branches, BranchId(branches.size())}, std::ref(guesses));
  return laid_out(
      recipe, [&](int step, int picture) { return guesses.at(branches.back().id, step, picture); });
}

}  // namespace stepwise
