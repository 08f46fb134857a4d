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

// The models of a recipe, opened. Each folder is opened once: opened again, it would take the place
// of what was there.
class ModelsAgain {
 public:
  ModelsAgain(const fs::path& instead, Headless& worker) : instead_(instead), worker_(worker) {}

  void open(const RecipeModel& named) {
    const bool combines = !named.parts.empty() && instead_.empty();
    ids_[named.id] = combines ? combined(named) : opened(named);
  }
  ModelId at(ModelId named) const { return ids_.at(named); }

 private:
  ModelId combined(const RecipeModel& named) const {
    Combine combine{{}, *named.how, named.name};
    for (const ModelId part : named.parts) combine.models.push_back(at(part));
    const Request request = combine;
    worker_.run(request, [](const Event&) {});
    return request.id;
  }

  ModelId opened(const RecipeModel& named) {
    const fs::path folder = instead_.empty() ? named.folder : instead_;
    require(!folder.empty(), "The recipe's model '", named.name,
            "' came from no folder: it was in training, or made of what was. Name one with "
            "--model.");
    const auto [at, is_new] = folders_.try_emplace(folder);
    if (is_new)
      at->second =
          in_context(text_of("The recipe's model '", named.name,
                             "' cannot be opened; name one with --model, or put it there. "),
                     [&] { return worker_.open_model(folder).id; });
    if (!named.sha256.empty() && weights_sha256(folder) != named.sha256)
      warn(text_of("The weights in '", folder.string(),
                   "' are not those that the picture was drawn with."));
    return at->second;
  }

  const fs::path& instead_;
  Headless& worker_;
  std::map<ModelId, ModelId> ids_;
  std::map<fs::path, ModelId> folders_;
};

}  // namespace

ByteImage drawn_again(const PictureRecipe& recipe, const fs::path& model, Headless& worker) {
  ModelsAgain models(model, worker);
  for (const RecipeModel& named : recipe.models) models.open(named);
  const auto branches = branches_again(recipe, 0, [&](ModelId id) { return models.at(id); });
  Guesses guesses;
  worker.run(Restore{branches, BranchId(branches.size())}, std::ref(guesses));
  return laid_out(
      recipe, [&](int step, int picture) { return guesses.at(branches.back().id, step, picture); });
}

}  // namespace stepwise
