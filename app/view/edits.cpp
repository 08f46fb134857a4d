#include "view/edits.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "view/follow.h"

namespace stepwise::app {
namespace {

Condition condition_at(const View& view, const Desk& desk, int picture) {
  const Branch* branch = find_branch(view, desk.playhead.branch);
  return branch ? condition_at(*branch, picture) : Condition{};
}

Edit edit_of(const Painting& painting, const Desk& desk) {
  const Place& place = painting.place;
  return {place.branch, place.step, place.picture, desk.noise, desk.noise_seed, painting.layers};
}

// What the model is told that picture shows when it carries on.
Condition condition_for(const View& view, const Desk& desk, int picture) {
  return desk.condition.value_or(condition_at(view, desk, picture));
}

Fork fork_of(const View& view, const Desk& desk, const Painting& painting) {
  return {desk.model, edit_of(painting, desk), desk.sample,
          condition_for(view, desk, painting.place.picture)};
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
void show_painting(const View& view, Desk& desk, Commands& out) {
  desk.painted = painted_pictures(view, desk.history.current());
  ask_preview(view, desk, out);
}

void take_playhead_along(const View& view, Desk& desk) {
  const auto& now = desk.history.current();
  if (now && !painting_here(view, desk))
    go_to(view, desk, now->place.branch, now->place.step, now->place.picture);
}

}  // namespace

const Painting* painting_here(const View& view, const Desk& desk) {
  const auto& now = desk.history.current();
  if (!now || now->place.step != desk.playhead.step || now->place.picture != desk.playhead.picture)
    return nullptr;
  const PictureAtStep spot =
      lookup(view, desk.playhead.branch, desk.playhead.step, desk.playhead.picture);
  return spot.owner == now->place.branch ? &*now : nullptr;
}

std::optional<Place> paintable(const View& view, const Desk& desk) {
  const Playhead& at = desk.playhead;
  const PictureAtStep spot = lookup(view, at.branch, at.step, at.picture);
  if (!spot || at.step >= last_step(view, desk)) return std::nullopt;
  return Place{spot.owner, at.step, at.picture};
}

void begin_stroke(const View& view, Desk& desk, const Place& place, Surface surface, Point at,
                  Commands& out) {
  const ToolInfo& tool = kTools[std::size_t(desk.tool)];
  if (!tool.layer) return;
  const auto& now = desk.history.current();
  Painting painting = now && now->place == place ? *now : unpainted(view, place);
  painting.layers.push_back(
      {{{at}, desk.brush.size, desk.brush.softness}, tool.layer(desk.brush, surface)});
  desk.history.push(std::move(painting));
  desk.stroke = surface;
  desk.playhead.playing = false;
  desk.follow.moving = false;
  show_painting(view, desk, out);
}

void continue_stroke(const View& view, Desk& desk, Point to, Commands& out) {
  if (!desk.stroke) return;
  Painting next = *desk.history.current();
  next.layers.back().stroke.path.push_back(to);
  desk.history.replace(std::move(next));
  show_painting(view, desk, out);
}

void end_stroke(Desk& desk) { desk.stroke.reset(); }

void undo(const View& view, Desk& desk, Commands& out) {
  end_stroke(desk);
  if (!desk.history.can_undo()) return;
  desk.history.undo();
  take_playhead_along(view, desk);
  show_painting(view, desk, out);
}

void redo(const View& view, Desk& desk, Commands& out) {
  end_stroke(desk);
  if (!desk.history.can_redo()) return;
  desk.history.redo();
  take_playhead_along(view, desk);
  show_painting(view, desk, out);
}

void discard_painting(Desk& desk) {
  end_stroke(desk);
  if (desk.history.current()) desk.history.push(std::nullopt);
  desk.painted = {};
}

void repaint_on_guess(const View& view, Desk& desk, Commands& out) {
  end_stroke(desk);
  const auto& now = desk.history.current();
  if (!now || !paints_on(now->layers, Surface::kNoisy)) return;
  Painting right = *now;
  for (Layer& layer : right.layers)
    if (auto* paint = std::get_if<Paint>(&layer.what)) paint->surface = Surface::kGuess;
  desk.history.push(std::move(right));
  desk.quantity = desk.quantity == Quantity::kAll ? Quantity::kAll : Quantity::kGuess;
  show_painting(view, desk, out);
}

bool can_resample(const View& view, const Desk& desk) {
  if (!paintable(view, desk)) return false;
  if (painting_here(view, desk) || desk.noise == NoiseSource::kFresh) return true;
  const Branch& branch = *find_branch(view, desk.playhead.branch);
  const SampleSettings &old = branch.start.settings, &now = desk.sample;
  return condition_for(view, desk, desk.playhead.picture) !=
             condition_at(branch, desk.playhead.picture) ||
         now.guidance != old.guidance || now.guidance_min != old.guidance_min ||
         now.guidance_max != old.guidance_max || now.sampler != old.sampler ||
         (name_of(now.sampler).fresh == FreshNoise::kEta && now.eta != old.eta) ||
         desk.model != branch.start.model;
}

void resample(const View& view, Desk& desk, Commands& out) {
  end_stroke(desk);
  if (!can_resample(view, desk)) return;
  const Painting* here = painting_here(view, desk);
  const Painting painting = here ? *here : unpainted(view, *paintable(view, desk));
  out.push_back(Resample{fork_of(view, desk, painting)});
  ++desk.forks;
  if (desk.noise == NoiseSource::kFresh) ++desk.noise_seed;  // The next one is another one.
  if (here) desk.history.push(std::nullopt);                 // The new branch has it now.
}

void ask_preview(const View& view, Desk& desk, Commands& out) {
  const auto& now = desk.history.current();
  if (!now) return;
  // Only the newest of a frame is worth an answer.
  std::erase_if(out, [](const Request& r) { return std::holds_alternative<Preview>(r.command); });
  out.push_back(Preview{fork_of(view, desk, *now)});
  desk.preview_asked = out.back().id;
  desk.previewed_model = desk.model;
  desk.previewed = desk.sample;
}

void keep_painting_true(const View& view, Desk& desk) {
  const Painting* painting = painting_here(view, desk);
  if (!painting) return;
  const auto& [branch, step, picture] = painting->place;
  if (lookup(view, branch, step, picture).guess != desk.painted.of)
    desk.painted = painted_pictures(view, *painting);
}

void keep_preview_true(const View& view, Desk& desk, Commands& out) {
  if (desk.previewed_model != desk.model || desk.previewed != desk.sample)
    ask_preview(view, desk, out);
}

}  // namespace stepwise::app
