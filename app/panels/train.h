// What the workspace of training holds. Window thread only.
#pragma once

#include "engine/events.h"
#include "settings/recipe.h"
#include "settings/source.h"
#include "view/curves.h"
#include "widgets/plot_zoom.h"

namespace stepwise::app {

struct TrainSettings {
  DataSource data;
  Recipe recipe = recipe_of("quick");
  bool log_loss = true;  // Axes of the loss plot.
  bool log_steps = false;
  float smoothing = 0.97f;  // Of the loss curve: share of the past in the moving mean.
};
void visit_fields(FieldsOf<TrainSettings> auto& t, auto visit) {
  visit("data", t.data);
  visit("recipe", t.recipe);
  visit("log_loss", t.log_loss);
  visit("log_steps", t.log_steps);
  visit("smoothing", t.smoothing, Range<float>{0, 0.9999f});
}

struct TrainUi : TrainSettings {
  double multiplier = 1;        // Of the learning rate, as on screen
  double multiplier_asked = 1;  //   and as the worker was told.
  int gallery = -1;             // Which gallery is shown; -1: the newest.
  Curves curves;
  PlotView loss_plot, rate_plot, norm_plot{.log_y = true};
};

// The slider of the learning rate stands where the run has it.
void adopt_run(const TrainingStarted& run, TrainUi& ui);

}  // namespace stepwise::app
