#include "view/redraw.h"

#include <algorithm>

#include "view/follow.h"
#include "view/saving.h"

namespace stepwise::app {
namespace {

namespace fs = std::filesystem;

// The model that lies in that folder and is open, or what opens it.
JobId opened_from(const fs::path& folder, const View& view, Commands& out) {
  if (const ModelOpened* model = find_model_in(view, folder)) return model->id;
  out.push_back(OpenModel{folder});
  return out.back().id;
}

// The same combination of the same models, which is open, or what makes it.
JobId combined_again(const RecipeModel& model, const std::map<ModelId, JobId>& opening,
                     const View& view, Commands& out) {
  std::vector<ModelId> parts;
  for (const ModelId part : model.parts) parts.push_back(opening.at(part));
  for (const auto& [id, origin] : view.origins)
    if (origin.parts == parts && origin.how == model.how && find_model(view, id)) return id;
  out.push_back(Combine{parts, *model.how, model.name});
  return out.back().id;
}

// An earlier opening from the same folder may have come to another id.
ModelId model_of(const Redraw& redraw, ModelId named, const View& view) {
  const ModelId id = redraw.opening.at(named);
  if (find_model(view, id)) return id;
  const auto& models = redraw.picture.recipe->models;
  const auto wanted = std::ranges::find(models, named, &RecipeModel::id);
  if (wanted->folder.empty()) return kNoModel;
  const ModelOpened* model = find_model_in(view, wanted->folder);
  return model ? model->id : kNoModel;
}

void bring_back(Redraw& redraw, const View& view, const Desk& desk, Commands& out) {
  BranchId newest = view.branches.empty() ? -1 : view.branches.back().start.id;
  for (const SessionBranch& coming : desk.returning.branches) newest = std::max(newest, coming.id);
  // Each job on its way may begin a branch that is not told of yet.
  redraw.first = newest + 1 + BranchId(view.jobs.size());
  const PictureRecipe& recipe = *redraw.picture.recipe;
  out.push_back(Restore{
      branches_again(recipe, redraw.first, [&](ModelId id) { return model_of(redraw, id, view); }),
      redraw.last() + 1});
  redraw.job = out.back().id;
}

void take_settings(const Redraw& redraw, const View& view, Desk& desk) {
  const PictureRecipe& recipe = *redraw.picture.recipe;
  const Sample& sample = root_of(recipe);
  if (const ModelOpened* model = find_model(view, model_of(redraw, sample.model, view)))
    adopt_model(*model, desk);
  desk.sample = sample.settings;
  const Condition first = sample.conditions.front();
  const bool same =
      std::ranges::all_of(sample.conditions, [&](const Condition& c) { return c == first; });
  desk.condition = same ? std::optional(first) : std::nullopt;
}

std::string compared(const Redraw& redraw, const View& view) {
  const std::string name = redraw.picture.path.filename().string();
  try {
    const ByteImage again = laid_out(*redraw.picture.recipe, guesses_of(view, redraw.last()));
    const PixelDifference found = difference(again, redraw.picture.file.pixels);
    return text_of("'", name, "' was drawn again: ", words_for(found),
                   found.none() ? "." : ". Was it changed, or drawn on another machine?");
  } catch (const Error& e) {
    return text_of("'", name, "' was drawn again, but cannot be compared: ", e.what());
  }
}

}  // namespace

std::optional<Redraw> begin_redraw(PictureFound picture, View& view, Commands& out) {
  Redraw redraw;
  redraw.picture = std::move(picture);
  std::map<fs::path, JobId> folders;  // Opened again, one would take the place of what was there.
  for (const RecipeModel& model : redraw.picture.recipe->models) {
    if (!model.parts.empty()) {
      redraw.opening[model.id] = combined_again(model, redraw.opening, view, out);
      continue;
    }
    if (model.folder.empty()) {
      add_log_line(text_of("'", redraw.picture.path.string(),
                           "' cannot be drawn again: its model '", model.name,
                           "' came from no folder, but from training, or is made of the data set."),
                   LogLevel::kWarning, view);
      return std::nullopt;
    }
    const auto [folder, is_new] = folders.try_emplace(model.folder);
    if (is_new) folder->second = opened_from(model.folder, view, out);
    redraw.opening[model.id] = folder->second;
  }
  return redraw;
}

bool go_on(Redraw& redraw, const View& view, Desk& desk, Commands& out, std::string& said) {
  if (redraw.job == kNoJob) {
    for (const auto& [named, opening] : redraw.opening) {
      if (view.jobs.contains(opening)) return false;
      if (model_of(redraw, named, view) != kNoModel) continue;
      said = text_of("'", redraw.picture.path.filename().string(),
                     "' cannot be drawn again: its model does not open.");
      return true;
    }
    bring_back(redraw, view, desk, out);
    return false;
  }
  if (view.jobs.contains(redraw.job)) return false;
  if (!find_branch(view, redraw.last())) {
    said = text_of("'", redraw.picture.path.filename().string(), "' cannot be drawn again.");
    return true;
  }
  take_settings(redraw, view, desk);
  const PictureRecipe& recipe = *redraw.picture.recipe;
  go_to(view, desk, redraw.last(), recipe.step, recipe.pictures.front());
  said = compared(redraw, view);
  return true;
}

}  // namespace stepwise::app
