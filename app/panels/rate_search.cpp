#include "panels/rate_search.h"

#include <algorithm>
#include <cmath>

#include "panels/job_bar.h"
#include "panels/recipe_form.h"
#include "widgets/plot.h"

namespace stepwise::app {
namespace {

void progress_of_search(const Progress& at, JobId job, Commands& out) {
  job_bar(at);
  if (plain_button("Stop the search", -1)) out.push_back(Cancel{job});
}

void find_button(TrainUi& ui, float width, Commands& out) {
  const bool can = !ui.data.place.empty() && trouble_with(ui.recipe).empty();
  if (plain_button("Find learning rate", width, can)) {
    out.push_back(FindRate{ui.recipe, ui.data});
    ui.rate_asked = out.back().id;
  }
  tooltip(
      "Trains a new network for up to a hundred steps while the learning rate rises, and shows "
      "where the loss falls and where it grows. Nothing is saved.",
      "stepwise find-rate");
}

void use_button(double rate, TrainUi& ui) {
  const std::string words = "Use " + format_number(rate);
  if (plain_button(words.c_str(), -1, ui.recipe.learning_rate != rate))
    ui.recipe.learning_rate = rate;
  tooltip("Makes it the learning rate of the recipe on screen.");
}

std::string found_words(const RateShown& shown) {
  if (shown.job == kNoJob) return "";
  return shown.finished ? words_for(shown.search) : "The search was stopped before its end.";
}

}  // namespace

void rate_search_form(const View& view, TrainUi& ui, Commands& out) {
  if (const auto job = view.jobs.find(ui.rate_asked); job != view.jobs.end())
    return progress_of_search(job->second, job->first, out);
  if (view.training.running) return;
  const double found = view.rate.search.suggestion;
  const float gap = ImGui::GetStyle().ItemSpacing.x, all = ImGui::GetContentRegionAvail().x;
  find_button(ui, found > 0 ? std::floor((all - gap) / 2) : -1, out);
  if (found > 0) {
    ImGui::SameLine(0, gap);
    use_button(found, ui);
  }
  if (const std::string words = found_words(view.rate); !words.empty()) caption(words);
  failure_caption(view, ui.rate_asked);
}

bool shows_rate_search(const View& view) {
  return view.rate.job > view.training.job && !view.rate.search.points.empty();
}

void rate_search_plot(const RateShown& shown, TrainUi& ui, ImVec2 size, bool* large) {
  const RateSearch& search = shown.search;
  const RatePoint* least = least_of(search);
  std::vector<double> rates;
  std::vector<float> losses;
  for (const RatePoint& point : search.points) {
    rates.push_back(point.rate);
    // One step behind the end it may be a thousand times as much, and hide all others.
    const double most = least ? kRateDiverged * least->smoothed : point.smoothed;
    losses.push_back(float(std::min(point.smoothed, most)));
  }
  Plot plot;
  plot.title = "Loss by learning rate, smoothed";
  plot.x_name = "learning rate";
  plot.x.add(search.from);
  plot.lines = {{"loss", rates, losses, hue(0), 2, false}};
  if (search.suggestion > 0) {
    plot.x.add(search.suggestion);
    plot.marks = {{search.suggestion, "suggested: " + format_number(search.suggestion)}};
  }
  plot.large = large;
  draw_plot("rate search", size, plot, ui.searched_plot);
}

}  // namespace stepwise::app
