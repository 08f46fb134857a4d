#include "panels/ui_file.h"

#include "settings/json_value.h"

namespace stepwise::app {

using nlohmann::json;

namespace {

template <class Base, class Whole>
auto& part_of(Whole& whole) {
  return static_cast<std::conditional_t<std::is_const_v<Whole>, const Base, Base>&>(whole);
}

}  // namespace

static void visit_fields(FieldsOf<Ui> auto& ui, auto visit) {
  visit_fields(part_of<Settings>(ui), visit);
  visit("workspace", ui.workspace);
  visit("timeline_height", ui.timeline.height, kTimelineHeights);
  visit("window_width", ui.window_width, Range<int>{320, 16384});
  visit("window_height", ui.window_height, Range<int>{240, 16384});
  visit("scale", ui.scale, kUiScale);
  visit("light", ui.light);
  visit("tour_known", ui.tour.known);
  visit("train", part_of<TrainSettings>(ui.train));
  visit("lab", part_of<LabSettings>(ui.lab));
  visit("runs", part_of<RunsSettings>(ui.runs));
  visit("measured", ui.runs.measured, kMeasured);
  visit("recent_models", ui.models.recent);
  visit("save_folder", ui.files.folder);
}

std::string to_json(const Ui& ui) {
  return value_of(ui).dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

void restore(std::string_view text, Ui& ui) {
  const json all = json::parse(text, nullptr, false);
  if (all.is_object()) read_value(all, ui, {"the settings", "all of it", true});
}

}  // namespace stepwise::app
