#include "view/edits.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "view/follow.h"

namespace stepwise::app {
namespace {

Condition condition_at(const View& view, const Ui& ui, int picture) {
  const Branch* branch = find_branch(view, ui.playhead.branch);
  return branch ? condition_at(*branch, picture) : Condition{};
}

Edit edit_of(const Painting& painting, const Ui& ui) {
  const Place& place = painting.place;
  return {place.branch, place.step, place.picture, ui.noise, ui.noise_seed, painting.layers};
}

// What the model is told that picture shows when it carries on.
Condition condition_for(const View& view, const Ui& ui, int picture) {
  return ui.condition.value_or(condition_at(view, ui, picture));
}

Fork fork_of(const View& view, const Ui& ui, const Painting& painting) {
  return {ui.model, edit_of(painting, ui), ui.sample,
          condition_for(view, ui, painting.place.picture)};
}

// Before the first stroke: what is locked stays so.
Painting unpainted(const View& view, const Place& place) {
  Painting painting{place, {}};
  if (const Branch* branch = find_branch(view, place.branch))
    std::ranges::copy_if(
        branch->start.layers, std::back_inserter(painting.layers),
        [](const Layer& layer) { return !std::holds_alternative<Paint>(layer.what); });
  return painting;
}

PaintedPictures painted_pictures(const View& view, const std::optional<Painting>& painting) {
  PaintedPictures all;
  if (!painting) return all;
  const auto& [place, layers] = *painting;
  const PictureAtStep spot = lookup(view, place.branch, place.step, place.picture);
  if (!spot) return all;
  all.of = spot.guess;
  if (paints_on(layers, Surface::kGuess))
    all.guess = picture_of(painted(image_of(spot.guess), layers, Surface::kGuess));
  if (!spot.noisy || !paints_on(layers, Surface::kNoisy)) return all;
  // Paint on the guess moves the noisy picture by as much.
  Image noisy = image_of(spot.noisy);
  if (all.guess) {
    const Image after = image_of(all.guess), before = image_of(spot.guess);
    for (std::size_t i = 0; i < noisy.pixels.size(); ++i)
      noisy.pixels[i] += after.pixels[i] - before.pixels[i];
  }
  all.noisy = picture_of(painted(noisy, layers, Surface::kNoisy));
  return all;
}

// The newest state of the history is another one.
void show_painting(const View& view, Ui& ui, std::vector<Request>& out) {
  ui.painted = painted_pictures(view, ui.history.current());
  ask_preview(view, ui, out);
}

void take_playhead_along(const View& view, Ui& ui) {
  const auto& now = ui.history.current();
  if (now && !painting_here(view, ui))
    go_to(view, ui, now->place.branch, now->place.step, now->place.picture);
}

}  // namespace

const Painting* painting_here(const View& view, const Ui& ui) {
  const auto& now = ui.history.current();
  if (!now || now->place.step != ui.playhead.step || now->place.picture != ui.playhead.picture)
    return nullptr;
  const PictureAtStep spot =
      lookup(view, ui.playhead.branch, ui.playhead.step, ui.playhead.picture);
  return spot.owner == now->place.branch ? &*now : nullptr;
}

std::optional<Place> paintable(const View& view, const Ui& ui) {
  const Playhead& at = ui.playhead;
  const PictureAtStep spot = lookup(view, at.branch, at.step, at.picture);
  if (!spot || at.step >= last_step(view, ui)) return std::nullopt;
  return Place{spot.owner, at.step, at.picture};
}

void begin_stroke(const View& view, Ui& ui, const Place& place, Surface surface, Point at,
                  std::vector<Request>& out) {
  const ToolInfo& tool = kTools[std::size_t(ui.tool)];
  if (!tool.layer) return;
  const auto& now = ui.history.current();
  Painting painting = now && now->place == place ? *now : unpainted(view, place);
  painting.layers.push_back(
      {{{at}, ui.brush.size, ui.brush.softness}, tool.layer(ui.brush, surface)});
  ui.history.push(std::move(painting));
  ui.stroke = surface;
  ui.playhead.playing = false;
  ui.follow.moving = false;
  show_painting(view, ui, out);
}

void continue_stroke(const View& view, Ui& ui, Point to, std::vector<Request>& out) {
  if (!ui.stroke) return;
  Painting next = *ui.history.current();
  next.layers.back().stroke.path.push_back(to);
  ui.history.replace(std::move(next));
  show_painting(view, ui, out);
}

void end_stroke(Ui& ui) { ui.stroke.reset(); }

void undo(const View& view, Ui& ui, std::vector<Request>& out) {
  end_stroke(ui);
  if (!ui.history.can_undo()) return;
  ui.history.undo();
  take_playhead_along(view, ui);
  show_painting(view, ui, out);
}

void redo(const View& view, Ui& ui, std::vector<Request>& out) {
  end_stroke(ui);
  if (!ui.history.can_redo()) return;
  ui.history.redo();
  take_playhead_along(view, ui);
  show_painting(view, ui, out);
}

void discard_painting(Ui& ui) {
  end_stroke(ui);
  if (ui.history.current()) ui.history.push(std::nullopt);
  ui.painted = {};
}

void repaint_on_guess(const View& view, Ui& ui, std::vector<Request>& out) {
  end_stroke(ui);
  const auto& now = ui.history.current();
  if (!now || !paints_on(now->layers, Surface::kNoisy)) return;
  Painting right = *now;
  for (Layer& layer : right.layers)
    if (auto* paint = std::get_if<Paint>(&layer.what)) paint->surface = Surface::kGuess;
  ui.history.push(std::move(right));
  ui.quantity = ui.quantity == Quantity::kAll ? Quantity::kAll : Quantity::kGuess;
  show_painting(view, ui, out);
}

bool can_resample(const View& view, const Ui& ui) {
  if (!paintable(view, ui)) return false;
  if (painting_here(view, ui) || ui.noise == NoiseSource::kFresh) return true;
  const Branch& branch = *find_branch(view, ui.playhead.branch);
  const SampleSettings &old = branch.start.settings, &now = ui.sample;
  return condition_for(view, ui, ui.playhead.picture) !=
             condition_at(branch, ui.playhead.picture) ||
         now.guidance != old.guidance || now.guidance_min != old.guidance_min ||
         now.guidance_max != old.guidance_max || now.sampler != old.sampler ||
         (name_of(now.sampler).fresh == FreshNoise::kEta && now.eta != old.eta) ||
         ui.model != branch.start.model;
}

void resample(const View& view, Ui& ui, std::vector<Request>& out) {
  end_stroke(ui);
  if (!can_resample(view, ui)) return;
  const Painting* here = painting_here(view, ui);
  const Painting painting = here ? *here : unpainted(view, *paintable(view, ui));
  out.push_back(Resample{fork_of(view, ui, painting)});
  ++ui.forks;
  if (ui.noise == NoiseSource::kFresh) ++ui.noise_seed;  // The next one is another one.
  if (here) ui.history.push(std::nullopt);               // The new branch has it now.
}

void ask_preview(const View& view, Ui& ui, std::vector<Request>& out) {
  const auto& now = ui.history.current();
  if (!now) return;
  // Only the newest of a frame is worth an answer.
  std::erase_if(out, [](const Request& r) { return std::holds_alternative<Preview>(r.command); });
  out.push_back(Preview{fork_of(view, ui, *now)});
  ui.preview_asked = out.back().id;
  ui.previewed_model = ui.model;
  ui.previewed = ui.sample;
}

void keep_painting_true(const View& view, Ui& ui) {
  const Painting* painting = painting_here(view, ui);
  if (!painting) return;
  const auto& [branch, step, picture] = painting->place;
  if (lookup(view, branch, step, picture).guess != ui.painted.of)
    ui.painted = painted_pictures(view, *painting);
}

void keep_preview_true(const View& view, Ui& ui, std::vector<Request>& out) {
  if (ui.previewed_model != ui.model || ui.previewed != ui.sample) ask_preview(view, ui, out);
}

}  // namespace stepwise::app
