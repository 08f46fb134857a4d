// The race of samplers in the place of the canvas, as somebody looks at it. Window thread only.
#pragma once

#include <optional>
#include <vector>

#include "view/race.h"
#include "widgets/plot_zoom.h"

namespace stepwise::app {

struct Ui;

struct RaceUi {
  bool shown = false;
  int evaluations = 13;  // Of each.
  std::vector<SamplerKind> samplers{kUsualRacers.begin(), kUsualRacers.end()};
  JobId job = kNoJob;         // The last Race,
  std::optional<Race> asked;  //   and what it asked; none: nothing, or it was stopped.
  bool stopped = false;       // Before its end: it does not begin by itself.
  PlotView plot{.log_y = true};
};

// Asks for a race where what is to be seen is another one than before, and ends the one before.
// Call once per frame while it is shown.
void update_race(const View& view, Ui& ui, Commands& out);

// Takes it away, and ends what still runs of it.
void close_race(const View& view, Ui& ui, Commands& out);

// What has come of the last race; nullptr: nothing yet.
const RaceShown* race_shown(const View& view, const RaceUi& ui);

}  // namespace stepwise::app
