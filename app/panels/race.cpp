#include "panels/race.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "panels/paint_parts.h"
#include "panels/part.h"
#include "panels/sampler_words.h"
#include "settings/race.h"
#include "view/sweep.h"
#include "widgets/controls.h"
#include "widgets/image_grid.h"
#include "widgets/plot.h"
#include "widgets/ticks.h"

namespace stepwise::app {
namespace {

constexpr Range<float> kTiles{44, 150};  // Points.
constexpr float kLeastPlot = 120;

// A dot before its name says which line is its.
ImU32 color_of(const RaceUi& ui, SamplerKind sampler) {
  const auto& all = ui.asked->samplers;
  return hue(int(std::ranges::find(all, sampler) - all.begin()));
}

const RacerShown* racer_of(const RaceShown* race, SamplerKind sampler) {
  if (!race) return nullptr;
  const auto found = std::ranges::find(race->racers, sampler, &RacerShown::sampler);
  return found == race->racers.end() ? nullptr : &*found;
}

void cancel(const View& view, const RaceUi& ui, Commands& out) {
  if (view.jobs.contains(ui.job)) out.push_back(Cancel{ui.job});
}

bool header() {
  const float close = px(64), left = ImGui::GetWindowContentRegionMax().x - close;
  text("Race", colors.text, Font::kTitle);
  ImGui::SameLine(0, px(16));
  text(shortened("Who comes nearest to the exact way?", left - ImGui::GetCursorPosX() - px(8)),
       colors.dim);
  ImGui::SameLine(left);
  const bool pressed = plain_button("Close", close);
  tooltip("Back to the picture.", "Esc");
  return pressed;
}

void evaluations_row(RaceUi& ui) {
  ImGui::AlignTextToFramePadding();
  text("Evaluations", colors.dim);
  ImGui::SameLine(0, px(8));
  std::vector<std::string> words;
  std::vector<const char*> labels;
  for (const int choice : kRaceChoices) words.push_back(text_of(choice));
  for (const std::string& each : words) labels.push_back(each.c_str());
  int chosen = int(std::ranges::find(kRaceChoices, ui.evaluations) - kRaceChoices.begin());
  if (segments("evaluations", chosen, labels, px(150)))
    ui.evaluations = kRaceChoices[std::size_t(chosen)];
  tooltip(
      "How often each sampler may ask the model: one that asks twice a step has half the steps.");
}

void sampler_entries(RaceUi& ui, const std::vector<SamplerKind>& able) {
  for (const SamplerName& sampler : kSamplers) {
    if (!can_race(sampler)) continue;
    const auto at = std::ranges::find(ui.samplers, sampler.kind);
    const bool can = std::ranges::count(able, sampler.kind) > 0;
    bool runs = at != ui.samplers.end();
    ImGui::BeginDisabled(runs ? ui.samplers.size() == 1
                              : !can || ui.samplers.size() == kMostRacers);
    if (ImGui::Checkbox(std::string(sampler.label).c_str(), &runs))
      runs ? ui.samplers.push_back(sampler.kind) : void(ui.samplers.erase(at));
    ImGui::EndDisabled();
    tooltip(can ? words_of(sampler).c_str()
                : text_of("It cannot come to just ", ui.evaluations, " evaluations.").c_str());
  }
}

void samplers_button(RaceUi& ui) {
  if (plain_button("Samplers")) ImGui::OpenPopup("racers");
  tooltip("Who races: all without fresh noise can, eight at once.");
  if (!ImGui::BeginPopup("racers")) return;
  sampler_entries(ui, racers_for(ui.asked ? ui.asked->settings : SampleSettings(), ui.evaluations));
  ImGui::EndPopup();
}

void stop_or_again(const View& view, RaceUi& ui, Commands& out) {
  const auto job = view.jobs.find(ui.job);
  if (job != view.jobs.end()) {
    if (plain_button(
            text_of("Stop, ", std::lround(100 * job->second.fraction), " %###stop").c_str()))
      cancel(view, ui, out), ui.stopped = true;
  } else if (ui.stopped && plain_button("Race again")) {
    ui.asked.reset();
    ui.stopped = false;
  }
}

void controls(const View& view, RaceUi& ui, Commands& out) {
  evaluations_row(ui);
  ImGui::SameLine(0, px(12));
  samplers_button(ui);
  ImGui::SameLine(0, px(12));
  stop_or_again(view, ui, out);
}

void curves(const RaceShown* race, RaceUi& ui, float height) {
  Plot plot;
  plot.title = "From guess to exact end (RMS)";
  plot.x_name = "evaluations";
  plot.x = {1, double(ui.asked->evaluations)};
  plot.empty = "First a long run finds where the exact way ends. Then the race begins.";
  if (race)
    for (const RacerShown& racer : race->racers)
      plot.lines.push_back({.label = short_name(name_of(racer.sampler)),
                            .x = racer.evaluations,
                            .y = racer.distances,
                            .color = color_of(ui, racer.sampler),
                            .dots = true});
  draw_plot("race", {0, height}, plot, ui.plot);
}

// The first tile is the end of the long run, the others are the racers.
struct Tiles {
  const RaceShown* race;
  const RaceUi& ui;
  int picture;

  SamplerKind sampler(int i) const { return ui.asked->samplers[std::size_t(i) - 1]; }
  const RacerShown* racer(int i) const {
    return i == 0 ? race ? &race->reference : nullptr : racer_of(race, sampler(i));
  }
  Shown shown(int i) const {
    const RacerShown* of = racer(i);
    return of ? Shown{picture_at(of->guess, picture)} : Shown{};
  }
  std::string caption(int i) const {
    if (i == 0) return "Exact";
    const RacerShown* of = racer(i);
    return of ? format_number(distance_of(*of), 2) : short_name(name_of(sampler(i)));
  }
  std::string help(int i) const {
    const RacerShown* of = racer(i);
    if (!of || !of->guess) return i == 0 ? "Where the exact way ends." : "It has not begun yet.";
    const SamplerName& name = name_of(of->sampler);
    if (i == 0)
      return text_of("Where the exact way ends, as far as ", of->steps, " steps of ", name.label,
                     " tell.");
    return text_of(name.label, ", ", of->steps, " steps: ", format_number(distance_of(*of)),
                   " from the exact end (RMS), over ", of->guess->count(),
                   " pictures. Press it to draw with it from now on.");
  }
};

void row_of(const Tiles& tiles, Ui& ui, PictureRenderer& pictures) {
  ImageGrid grid;
  grid.count = grid.columns = 1 + int(tiles.ui.asked->samplers.size());
  grid.gap = px(8);
  const ImVec2 room = ImGui::GetContentRegionAvail();
  const float wide = (room.x + grid.gap) / float(grid.count) - grid.gap;
  grid.tile = std::floor(std::min(wide, room.y - caption_height()));
  grid.picture = [&](int i) { return tiles.shown(i); };
  grid.caption = [&](int i) { return tiles.caption(i); };
  grid.help = [&](int i) { return tiles.help(i); };
  grid.more = [&](int i, ImVec2 corner) {
    if (i == 0) return;
    ImGui::GetWindowDrawList()->AddRectFilled(corner, {corner.x + grid.tile, corner.y + px(3)},
                                              color_of(tiles.ui, tiles.sampler(i)));
  };
  const int clicked = image_grid("racers", grid, pictures);
  const RacerShown* chosen = clicked > 0 ? tiles.racer(clicked) : nullptr;
  if (!chosen) return;
  ui.sample.sampler = chosen->sampler;
  ui.sample.steps = chosen->steps;
}

}  // namespace

const RaceShown* race_shown(const View& view, const RaceUi& ui) {
  return ui.job != kNoJob && view.race.job == ui.job ? &view.race : nullptr;
}

void update_race(const View& view, Ui& all, Commands& out) {
  RaceUi& ui = all.race;
  const auto wanted = race_here(view, all, ui.samplers, ui.evaluations);
  if (wanted == ui.asked || !wanted || wanted->samplers.empty()) return;
  cancel(view, ui, out);
  out.push_back(*wanted);
  ui.job = out.back().id;
  ui.asked = wanted;
  ui.stopped = false;
}

void close_race(const View& view, Ui& ui, Commands& out) {
  cancel(view, ui.race, out);
  ui.race.shown = false;
  if (view.jobs.contains(ui.race.job)) ui.race.asked.reset();
}

void race_panel(const View& view, Ui& ui, PictureRenderer& pictures, Commands& out) {
  update_race(view, ui, out);
  const bool close = header();
  controls(view, ui.race, out);
  if (ui.race.asked) {
    const RaceShown* race = race_shown(view, ui.race);
    const float room = ImGui::GetContentRegionAvail().y;
    const float below = std::clamp(room * 0.3f, px(kTiles.min), px(kTiles.max)) + caption_height();
    curves(race, ui.race, std::max(px(kLeastPlot), room - below - px(12)));
    row_of({race, ui.race, std::min(ui.playhead.picture, ui.race.asked->settings.count - 1)}, ui,
           pictures);
  } else {
    caption("There is no picture to race for. Its model is closed, or nothing was drawn yet.");
  }
  if (close) close_race(view, ui, out);
}

}  // namespace stepwise::app
