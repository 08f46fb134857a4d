// What the workspace of training holds. Window thread only.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/events.h"
#include "settings/recipe.h"
#include "settings/source.h"
#include "view/curves.h"
#include "view/level_map.h"
#include "view/view.h"
#include "widgets/plot_zoom.h"

namespace stepwise::app {

struct TrainSettings {
  DataSource data{.by_hand = true};
  Recipe recipe;            // The one of its name, changed by hand or not.
  bool from_model = false;  // Begins with the weights of the model in use.
  bool all_fields = false;  // They are shown.
  bool log_loss = true;     // Axes of the loss plot.
  bool log_steps = false;
  float smoothing = 0.97f;        // Of the loss curve: share of the past in the moving mean.
  bool levels_over_time = false;  // How losses by noise level are shown.
  bool trial_open = false;        // What a trial is asked for with.
  std::string against;  // The recipe that one is tried against; empty: as it stands itself.
  int pairs = TryRecipes().pairs;  // Runs of each.
  std::string left;  // The folder of the run that the program was closed on; empty: none.
};
void visit_fields(FieldsOf<TrainSettings> auto& t, auto visit) {
  visit("data", t.data);
  visit("recipe", t.recipe);
  visit("from_model", t.from_model);
  visit("all_fields", t.all_fields);
  visit("log_loss", t.log_loss);
  visit("log_steps", t.log_steps);
  visit("smoothing", t.smoothing, Range<float>{0, 0.9999f});
  visit("levels_over_time", t.levels_over_time);
  visit("trial_open", t.trial_open);
  visit("against", t.against);
  visit("pairs", t.pairs, kTrialPairs);
  visit("left", t.left);
}

// What has all of the centre to itself.
enum class Enlarged : std::uint8_t { kNothing, kGallery, kLoss, kLevels, kRate, kNorm, kDistance };

// What a LookAtLevels is to ask for.
struct LevelsWish {
  int bin = -1;  // Of noise levels; -1: nothing.
  std::optional<std::int64_t> at = {};
};

// A recipe that is about to be saved.
struct RecipeNaming {
  bool open = false;
  bool appeared = false;  // The keys were given to its field.
  std::string name;
};

struct TrainUi : TrainSettings {
  std::vector<Recipe> set_aside;  // As they were changed before another one was chosen.
  RecipeNaming naming;
  JobId asked = kNoJob;         // The last Train.
  double half_life = 0.1;       // Of the average that is asked for next.
  double multiplier = 1;        // Of the learning rate, as on screen
  double multiplier_asked = 1;  //   and as the worker was told.
  // The levels that a run is to learn most from, while a hand still moves them.
  std::optional<Range<double>> levels_drawn;
  int gallery = -1;      // Which gallery is shown; -1: the newest.
  bool playing = false;  // It goes on by itself,
  double since = 0;      //   and last did so then: seconds of ImGui::GetTime().
  Enlarged enlarged = Enlarged::kNothing;
  Curves curves;
  LevelMap level_map;
  PlotView loss_plot, rate_plot, norm_plot{.log_y = true}, distance_plot{.log_y = true};
  PlotView planned_plot;     // Of the learning rate, before there is a run.
  LevelsWish levels_wanted;  // Pressed just now.
  // The newest mark up to the column of the map of losses that was pressed last; none: there was
  // none.
  std::optional<std::int64_t> levels_then;
  // Test pictures with their noise levels, in the order that they are shown in; empty: as they
  // come.
  std::vector<std::pair<int, double>> levels_order;
  JobId levels_closed = kNoJob;  // The LookAtLevels that nobody wants to see any more.
  JobId trial_asked = kNoJob;    // The last TryRecipes,
  JobId trial_closed = kNoJob;   //   and the one that nobody wants to see any more.
  PlotView trial_levels, trial_losses{.log_y = true};
  JobId rate_asked = kNoJob;  // The last FindRate.
  PlotView searched_plot{.log_x = true};
};

// The slider of the learning rate stands where the run has it.
void adopt_run(const TrainingStarted& run, TrainUi& ui);

// The program closes: a run that goes on is remembered, for it is saved then. Where it is found at
// the next launch, the log says so.
void leave_run(const View& view, TrainUi& ui);
void recall_run(const RunSummary& found, View& view, TrainUi& ui);

}  // namespace stepwise::app
