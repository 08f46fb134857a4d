#include "view/ui_file.h"

#include "settings/json_value.h"
#include "view/quantities.h"

namespace stepwise::app {

using nlohmann::json;

// What is remembered of each, and the ranges beyond which it is not.
static void visit_fields(FieldsOf<TrainUi> auto& t, auto visit) {
  visit("data", t.data);
  visit("recipe", t.recipe);
  visit("log_loss", t.log_loss);
  visit("log_steps", t.log_steps);
  visit("smoothing", t.smoothing, Range<float>{0, 0.9999f});
}

static void visit_fields(FieldsOf<LabUi> auto& l, auto visit) {
  visit("from_test_set", l.from_test_set);
  visit("index", l.index, Range<int>{0, 1 << 30});
  visit("sigma", l.sigma, kSigma);
  visit("seed", l.seed);
  visit("condition", l.condition);
}

static void visit_fields(FieldsOf<Ui> auto& ui, auto visit) {
  visit("layer", ui.quantity);
  visit("tool", ui.tool);
  visit("brush_value", ui.brush.value, kBrushValue);
  visit("brush_size", ui.brush.size, kBrushSize);
  visit("brush_softness", ui.brush.softness, kBrushSoftness);
  visit("noise", ui.noise);
  visit("tab", ui.tab);
  visit("forks", ui.forks, Range<int>{0, 1 << 30});
  visit("window_width", ui.window_width, Range<int>{320, 16384});
  visit("window_height", ui.window_height, Range<int>{240, 16384});
  visit("sample", ui.sample);
  visit("condition", ui.condition);
  visit("sampled_model", ui.sampled_model);
  visit("train", ui.train);
  visit("lab", ui.lab);
  visit("frame_mebibytes", ui.frame_mebibytes, kFrameMebibytes);
  visit("measured", ui.runs.measured, kMeasured);
}

std::string to_json(const Ui& ui) {
  return value_of(ui).dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

void restore(std::string_view text, Ui& ui) {
  const json all = json::parse(text, nullptr, false);
  if (all.is_object()) read_value(all, ui, {"the settings", "all of it", true});
}

}  // namespace stepwise::app
