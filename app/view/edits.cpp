#include "view/edits.h"

#include <utility>

#include "view/follow.h"

namespace stepwise {
namespace {

int label_at(const View& view, const Ui& ui, int picture) {
  const Branch* branch = find_branch(view, ui.playhead.branch);
  if (!branch || picture < 0 || picture >= int(branch->start.labels.size())) return kNoClass;
  return branch->start.labels[picture];
}

Edit edit_of(const Painting& painting, const Ui& ui) {
  const Place& place = painting.place;
  Edit edit;
  edit.branch = place.branch;
  edit.step = place.step;
  edit.picture = place.picture;
  edit.surface = place.surface;
  edit.noise = ui.noise;
  edit.noise_seed = ui.noise_seed;
  edit.painted = image_of(painting.painted);
  return edit;
}

// What the model is told that picture shows when it carries on.
int label_for(const View& view, const Ui& ui, int picture) {
  return ui.sample.label == kAllClasses ? label_at(view, ui, picture) : ui.sample.label;
}

Fork fork_of(const View& view, const Ui& ui, const Painting& painting) {
  Fork fork{ui.model, edit_of(painting, ui), ui.sample};
  fork.settings.label = label_for(view, ui, painting.place.picture);
  return fork;
}

Painting unpainted(const View& view, const Place& place) {
  const Spot spot = lookup(view, place.branch, place.step, place.picture);
  const bool on_noisy = place.surface == Surface::kNoisy;
  const Picture& original = on_noisy ? spot.noisy : spot.guess;
  return {place, original, original, on_noisy ? spot.guess : Picture{}};
}

// The strokes of `in_hand` on one picture.
Picture stroked(const StrokeInHand& in_hand, const Brush& brush, const Picture& before,
                const Picture& original) {
  if (!before) return {};
  const Image& coverage = in_hand.stroke.coverage;
  return picture_of(in_hand.erases ? painted(image_of(before), coverage, image_of(original))
                                   : painted(image_of(before), coverage, brush.value));
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
  const Spot spot = lookup(view, ui.playhead.branch, ui.playhead.step, ui.playhead.picture);
  return spot.owner == now->place.branch ? &*now : nullptr;
}

std::optional<Place> paintable(const View& view, const Ui& ui, Surface surface) {
  const Playhead& at = ui.playhead;
  const Spot spot = lookup(view, at.branch, at.step, at.picture);
  if (!spot || at.step >= last_step(view, ui)) return std::nullopt;
  return Place{spot.owner, at.step, at.picture, surface};
}

void begin_stroke(const View& view, Ui& ui, const Place& place, float x, float y,
                  std::vector<Request>& out) {
  const auto& now = ui.history.current();
  const Painting before = now && now->place == place ? *now : unpainted(view, place);
  ui.stroke = {Stroke(before.painted.height(), before.painted.width(), x, y), before,
               ui.tool == Tool::kEraser};
  ui.history.push(before);
  ui.playhead.playing = false;
  ui.follow.moving = false;
  continue_stroke(view, ui, x, y, out);
}

void continue_stroke(const View& view, Ui& ui, float x, float y, std::vector<Request>& out) {
  if (!ui.stroke) return;
  StrokeInHand& in_hand = *ui.stroke;
  in_hand.stroke.line_to(x, y, ui.brush.size, ui.brush.softness);
  const Painting& before = in_hand.before;
  Painting next = before;
  next.painted = stroked(in_hand, ui.brush, before.painted, before.original);
  const Spot spot = lookup(view, before.place.branch, before.place.step, before.place.picture);
  next.on_guess = stroked(in_hand, ui.brush, before.on_guess, spot.guess);
  ui.history.replace(std::move(next));
  ask_preview(view, ui, out);
}

void end_stroke(Ui& ui) { ui.stroke.reset(); }

void undo(const View& view, Ui& ui, std::vector<Request>& out) {
  end_stroke(ui);
  if (!ui.history.can_undo()) return;
  ui.history.undo();
  take_playhead_along(view, ui);
  ask_preview(view, ui, out);
}

void redo(const View& view, Ui& ui, std::vector<Request>& out) {
  end_stroke(ui);
  if (!ui.history.can_redo()) return;
  ui.history.redo();
  take_playhead_along(view, ui);
  ask_preview(view, ui, out);
}

void discard_painting(Ui& ui) {
  end_stroke(ui);
  if (ui.history.current()) ui.history.push(std::nullopt);
}

void put_right(const View& view, Ui& ui, std::vector<Request>& out) {
  end_stroke(ui);
  const auto& now = ui.history.current();
  if (!now || now->place.surface != Surface::kNoisy || !now->on_guess) return;
  Painting right = *now;
  right.place.surface = Surface::kGuess;
  right.painted = now->on_guess;
  right.on_guess = {};
  right.original = lookup(view, now->place.branch, now->place.step, now->place.picture).guess;
  ui.history.push(std::move(right));
  ui.layer = ui.layer == Layer::kAll ? Layer::kAll : Layer::kGuess;
  ask_preview(view, ui, out);
}

bool can_resample(const View& view, const Ui& ui) {
  if (!paintable(view, ui, Surface::kGuess)) return false;
  if (painting_here(view, ui) || ui.noise == NoiseSource::kFresh) return true;
  const Branch& branch = *find_branch(view, ui.playhead.branch);
  const SampleSettings &old = branch.start.settings, &now = ui.sample;
  return label_for(view, ui, ui.playhead.picture) != label_at(view, ui, ui.playhead.picture) ||
         now.guidance != old.guidance || now.guidance_min != old.guidance_min ||
         now.guidance_max != old.guidance_max || now.sampler != old.sampler ||
         (name_of(now.sampler).fresh == FreshNoise::kEta && now.eta != old.eta) ||
         ui.model != branch.start.model;
}

void resample(const View& view, Ui& ui, std::vector<Request>& out) {
  end_stroke(ui);
  if (!can_resample(view, ui)) return;
  const Painting* here = painting_here(view, ui);
  const Painting painting = here ? *here : unpainted(view, *paintable(view, ui, Surface::kGuess));
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

void keep_preview_true(const View& view, Ui& ui, std::vector<Request>& out) {
  if (ui.previewed_model != ui.model || ui.previewed != ui.sample) ask_preview(view, ui, out);
}

}  // namespace stepwise
