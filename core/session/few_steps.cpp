#include "session/few_steps.h"

#include <utility>

#include "error.h"
#include "formats/layout.h"

namespace stepwise {
namespace {

// Throws Error where looks ahead of the model cannot be left to these.
void check_few_steps(const Model& model, const OpenedModel& tuned) {
  const Model& few_steps = *tuned.model;
  require(!model.schedule.has_severity() && !few_steps.schedule.has_severity(),
          "They are for models that undo noise, and for nothing else.");
  require(few_steps.shape == model.shape, "They draw pictures of ",
          torch::IntArrayRef(few_steps.shape), ", but the model draws some of ",
          torch::IntArrayRef(model.shape), " (channels, height, width).");
  require(few_steps.classes.count == model.classes.count &&
              few_steps.classes.has_null == model.classes.has_null,
          "They know other classes: ", few_steps.classes.count, " of them, and the model ",
          model.classes.count, '.');
  require(tuned.announcement.defaults.sampler == SamplerKind::kConsistency,
          "They are not tuned for few steps: train them with the recipe few-steps.");
  require(tuned.folder.is_finite, "Some of their numbers are not finite.");
}

void give_few_steps(OpenedModel& model, const OpenedModel& tuned) {
  check_few_steps(*model.model, tuned);
  Model whole = *model.model;
  whole.few_steps = tuned.model;
  model.model = std::make_shared<const Model>(std::move(whole));
  model.announcement.has_few_steps = true;
}

}  // namespace

bool add_few_steps(OpenedModel& model, Opening& opening, const Emit& emit) {
  const std::filesystem::path folder = model.folder.path / kFewSteps;
  std::error_code not_there;
  if (!std::filesystem::is_directory(folder, not_there)) return false;
  try {
    if (!opening) opening = opening_alone(folder, model.model->device);
    const std::optional<OpenedModel> tuned = opening(emit);
    if (tuned) give_few_steps(model, *tuned);
    return !tuned;
  } catch (const Error& e) {
    model.folder.notes.push_back(text_of("The few-step weights in '", folder.string(),
                                         "' are left out: previews take all steps. ", e.what()));
    return false;
  }
}

}  // namespace stepwise
