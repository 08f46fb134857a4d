#include "view/desk.h"

namespace stepwise::app {

bool settled(const View& view, const Desk& desk) {
  return view.jobs.empty() && !desk.playhead.playing && !desk.stroke;
}

void adopt_model(const ModelOpened& model, Desk& desk) {
  desk.model = model.id;
  const std::string folder = model.folder.string();
  const bool has_scheduler = model.defaults.grid == GridKind::kModel;
  const bool had_scheduler = desk.sample.grid == GridKind::kModel;
  const bool unsuited = !suits(desk.sample.sampler, model.degradation);
  if (unsuited || (folder != desk.sampled_model && (has_scheduler || had_scheduler)))
    desk.sample = model.defaults;
  desk.sample.border = model.boundaries.size() == 1 ? model.boundaries.front() : 0;
  desk.sampled_model = folder;
}

void forget_model(const View& view, Desk& desk) {
  if (find_model(view, desk.model)) return;
  desk.model = kNoModel;
  if (!view.models.empty()) adopt_model(view.models.back(), desk);
}

}  // namespace stepwise::app
