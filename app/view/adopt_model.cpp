#include "view/adopt_model.h"

namespace stepwise::app {

void adopt_model(const ModelOpened& model, Ui& ui) {
  ui.model = model.id;
  const std::string folder = model.folder.string();
  const bool has_scheduler = model.defaults.grid == GridKind::kModel;
  const bool had_scheduler = ui.sample.grid == GridKind::kModel;
  if (folder != ui.sampled_model && (has_scheduler || had_scheduler)) ui.sample = model.defaults;
  ui.sampled_model = folder;
}

void forget_model(const View& view, Ui& ui) {
  if (find_model(view, ui.model)) return;
  ui.model = kNoModel;
  if (!view.models.empty()) adopt_model(view.models.back(), ui);
}

void adopt_run(const TrainingStarted& run, TrainUi& ui) {
  ui.multiplier = ui.multiplier_asked = run.multiplier;
  ui.gallery = -1;
}

}  // namespace stepwise::app
