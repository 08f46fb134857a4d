#include "view/edits.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "painting/level_map.h"
#include "settings/json_value.h"
#include "view/edit_parts.h"
#include "view/follow.h"
#include "view/layers.h"
#include "view/strokes.h"
#include "view/sweep.h"
#include "view/trees.h"

namespace stepwise::app {
namespace {

// What the model is told that picture shows when it carries on.
Condition condition_for(const View& view, const Desk& desk, int picture) {
  if (desk.condition) return *desk.condition;
  const Branch* branch = find_branch(view, desk.playhead.branch);
  return branch ? condition_at(*branch, picture) : Condition{};
}

Fork fork_of(const View& view, const Desk& desk, const Painting& painting) {
  const auto& [branch, step, picture] = painting.place;
  return {desk.model,
          {branch, step, picture, desk.noise, desk.noise_seed, painting.layers, desk.fill},
          desk.sample,
          condition_for(view, desk, picture)};
}

// Before the first stroke: what is locked stays so.
Painting unpainted(const View& view, const Place& place) {
  Painting painting{place, {}};
  if (const Branch* branch = find_branch(view, place.branch))
    std::ranges::copy_if(branch->start.layers, std::back_inserter(painting.layers),
                         [](const Layer& layer) {
                           return !std::holds_alternative<Paint>(layer.what) &&
                                  !std::holds_alternative<Stamp>(layer.what) &&
                                  !std::holds_alternative<Smudge>(layer.what) &&
                                  !std::holds_alternative<Rewind>(layer.what);
                         });
  return painting;
}

// The guess with the layers on it. While a stroke goes on, those below it are painted once.
Image painted_guess(const Picture& of, const Layers& layers, PaintedBelow* below) {
  const Image original = image_of(of);
  if (!below || layers.empty()) return painted(original, layers, Surface::kGuess);
  if (below->of != of) {
    const Layers all_but_one(layers.begin(), layers.end() - 1);
    *below = {of, painted(original, all_but_one, Surface::kGuess)};
  }
  return painted(below->guess, original, layers.back(), Surface::kGuess);
}

PaintedPictures painted_pictures(const View& view, const Painting* painting,
                                 PaintedBelow* below = nullptr) {
  PaintedPictures all;
  if (!painting) return all;
  const auto& [place, layers] = *painting;
  const PictureAtStep spot = lookup(view, place.branch, place.step, place.picture);
  if (!spot) return all;
  all.of = spot.guess;
  if (paints_on(layers, Surface::kGuess))
    all.guess = picture_of(painted_guess(spot.guess, layers, below));
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

// "steps", "sigma max": the first setting that differs.
std::string what_differs(const Choices& a, const Choices& b) {
  if (a.model != b.model) return "choice of a model";
  if (a.condition != b.condition) return "choice of a class";
  if (a.noise != b.noise) return "choice of noise";
  if (a.fill != b.fill) return "choice of filling in";
  const auto before = value_of(a.sample), after = value_of(b.sample);
  for (const auto& [name, value] : before.items()) {
    if (after.at(name) == value) continue;
    std::string words = name;
    std::ranges::replace(words, '_', ' ');
    return "change of " + words;
  }
  return "change of settings";
}

// To where something was or is, if that is still there.
void take_playhead_to(const View& view, Desk& desk, const std::optional<Place>& place) {
  if (!place || !is_there(view, desk, place->branch)) return;
  const PictureAtStep here =
      lookup(view, desk.playhead.branch, desk.playhead.step, desk.playhead.picture);
  const bool seen = is_there(view, desk, desk.playhead.branch) && here.owner == place->branch &&
                    desk.playhead.step == place->step && desk.playhead.picture == place->picture;
  if (!seen) go_to(view, desk, place->branch, place->step, place->picture);
}

// The history stands elsewhere: all else follows.
void take_over(const View& view, Desk& desk, const std::optional<Place>& place, Commands& out) {
  const Choices& then = desk.history.now().choices;
  if (find_model(view, then.model)) desk.model = then.model;
  desk.sample = then.sample;
  desk.condition = then.condition;
  desk.noise = then.noise;
  desk.fill = then.fill;
  take_playhead_to(view, desk, place);
  stop_absent(view, desk, out);
  show_painting(view, desk, out);
}

}  // namespace

BranchId newest_branch(const View& view) {
  return view.branches.empty() ? -1 : view.branches.back().start.id;
}

Change& begin_change(const View& view, Desk& desk, const Place& place, std::string what) {
  note_choices(view, desk);
  Change& change = desk.history.begin(std::move(what), newest_branch(view));
  change.from = change.to = place;
  return change;
}

Painting& painting_at(const View& view, const Place& place, Work& work) {
  const auto found = std::ranges::find(work.paintings, place, &Painting::place);
  if (found != work.paintings.end()) return *found;
  return work.paintings.emplace_back(unpainted(view, place));
}

void show_painting(const View& view, Desk& desk, Commands& out) {
  desk.painted =
      painted_pictures(view, painting_here(view, desk), desk.stroke ? &desk.below : nullptr);
  ask_preview(view, desk, out);
}

Choices choices_of(const Desk& desk) {
  return {desk.model, desk.sample, desk.condition, desk.noise, desk.fill};
}

void note_choices(const View& view, Desk& desk, bool held) {
  const bool goes_on = std::exchange(desk.choosing, desk.choosing && held);
  const Choices now = choices_of(desk);
  const Work& noted = desk.history.now();
  if (now == noted.choices) return;
  if (view.branches.empty() && desk.returning.branches.empty())
    return desk.history.start_from({{}, -1, {}, now});
  if (goes_on) {
    desk.history.amend().after.choices = now;
    return;
  }
  const std::string what = what_differs(noted.choices, now);
  desk.history.begin(what, newest_branch(view)).after.choices = now;
  desk.choosing = held;
}

void note_branch(const View& view, Desk& desk, const Branch& branch) {
  const BranchStarted& start = branch.start;
  if (desk.history.now().newest < 0 && !desk.history.undoable())
    return desk.history.start_from({{}, start.id, {}, choices_of(desk)});
  note_choices(view, desk);
  if (goes_on_with_sweep(desk, start.id)) {
    Change& change = desk.history.amend();
    change.to = Place{start.id, branch.steps(), change.from->picture};
    change.after.newest = start.id;
    return;
  }
  const BranchId old = replaced_by(desk, branch);
  if (find_branch(view, old)) {
    Change& change = desk.history.begin({}, start.id - 1);
    change.after.newest = start.id;
    return put_in_place(view, desk, branch, old, change);
  }
  const Playhead& at = desk.playhead;
  const bool root = start.parent < 0;
  const char* what = sweep_of(desk, start.id) ? kSweepRun : root ? "run" : "edit";
  Change& change = desk.history.begin(what, start.id - 1);
  change.from = Place{at.branch, at.step, at.picture};
  if (const auto* forked = std::get_if<Resample>(&start.begun)) {
    const Edit& edit = forked->fork.edit;
    change.from = Place{edit.branch, edit.step, edit.picture};
  }
  change.to = Place{start.id, branch.steps(), change.from->picture};
  change.after.newest = start.id;
  // The branch has it now.
  std::erase(change.after.paintings, Painting{*change.from, start.layers});
}

const Painting* painting_here(const View& view, const Desk& desk) {
  const Playhead& at = desk.playhead;
  const Place here{lookup(view, at.branch, at.step, at.picture).owner, at.step, at.picture};
  const auto& all = desk.history.now().paintings;
  const auto found = std::ranges::find(all, here, &Painting::place);
  return found == all.end() ? nullptr : &*found;
}

bool goes_back(const View& view, const Desk& desk) {
  const Painting* painting = painting_here(view, desk);
  return desk.tool == Tool::kRewind || (painting && rewinds(painting->layers));
}

std::optional<Place> paintable(const View& view, const Desk& desk) {
  const Playhead& at = desk.playhead;
  const PictureAtStep spot = lookup(view, at.branch, at.step, at.picture);
  if (!spot || (at.step >= last_step(view, desk) && !goes_back(view, desk))) return std::nullopt;
  return Place{spot.owner, at.step, at.picture};
}

void undo(const View& view, Desk& desk, Commands& out) {
  end_stroke(desk);
  note_choices(view, desk);
  if (const Change* change = desk.history.undo()) take_over(view, desk, change->from, out);
}

void redo(const View& view, Desk& desk, Commands& out) {
  end_stroke(desk);
  note_choices(view, desk);
  if (const Change* change = desk.history.redo()) take_over(view, desk, change->to, out);
}

void discard_painting(const View& view, Desk& desk) {
  end_stroke(desk);
  const Painting* painting = painting_here(view, desk);
  if (!painting) return;
  const Place place = painting->place;
  Change& change = begin_change(view, desk, place, "dropping of paint");
  std::erase_if(change.after.paintings, [&](const Painting& p) { return p.place == place; });
  desk.painted = {};
}

void repaint_on_guess(const View& view, Desk& desk, Commands& out) {
  end_stroke(desk);
  const Painting* now = painting_here(view, desk);
  if (!now || !paints_on(now->layers, Surface::kNoisy)) return;
  const Place place = now->place;
  Change& change = begin_change(view, desk, place, "putting right");
  for (Layer& layer : painting_at(view, place, change.after).layers)
    if (auto* paint = std::get_if<Paint>(&layer.what)) paint->surface = Surface::kGuess;
  desk.quantity = desk.quantity == Quantity::kAll ? Quantity::kAll : Quantity::kGuess;
  show_painting(view, desk, out);
}

const Layers* layers_here(const View& view, const Desk& desk) {
  if (const Painting* painting = painting_here(view, desk)) return &painting->layers;
  const Branch* branch = find_branch(view, desk.playhead.branch);
  return branch ? &branch->start.layers : nullptr;
}

bool locks_here(const View& view, const Desk& desk) {
  const Layers* layers = layers_here(view, desk);
  return layers && std::ranges::any_of(*layers, [](const Layer& layer) {
           return !layer.hidden && std::holds_alternative<Lock>(layer.what);
         });
}

bool can_resample(const View& view, const Desk& desk) {
  if (!paintable(view, desk)) return false;
  if (painting_here(view, desk) || desk.noise == NoiseSource::kFresh) return true;
  const Branch& branch = *find_branch(view, desk.playhead.branch);
  const SampleSettings &old = branch.start.settings, &now = desk.sample;
  return condition_for(view, desk, desk.playhead.picture) !=
             condition_at(branch, desk.playhead.picture) ||
         now.guidance != old.guidance || now.guidance_min != old.guidance_min ||
         now.guidance_max != old.guidance_max || now.guidance_shape != old.guidance_shape ||
         now.sampler != old.sampler ||
         (name_of(now.sampler).fresh == FreshNoise::kEta && now.eta != old.eta) ||
         desk.model != branch.start.model ||
         (locks_here(view, desk) && desk.fill != branch.start.fill);
}

void resample(const View& view, Desk& desk, Commands& out) {
  end_stroke(desk);
  if (!can_resample(view, desk)) return;
  const Painting* here = painting_here(view, desk);
  const Painting painting = here ? *here : unpainted(view, *paintable(view, desk));
  out.push_back(Resample{fork_of(view, desk, painting)});
  ++desk.forks;
  // The next one is another one.
  if (desk.noise == NoiseSource::kFresh || rewinds(painting.layers)) ++desk.noise_seed;
}

void ask_preview(const View& view, Desk& desk, Commands& out) {
  const Painting* now = painting_here(view, desk);
  if (!now) return;
  Fork wanted = fork_of(view, desk, *now);
  if (wanted == desk.previewed) return;
  // Only the newest of a frame is worth an answer.
  std::erase_if(out, [](const Request& r) { return std::holds_alternative<Preview>(r.command); });
  out.push_back(Preview{wanted});
  desk.preview_asked = out.back().id;
  desk.previewed = std::move(wanted);
}

void ask_ahead(const View& view, Desk& desk, Commands& out) {
  const bool answered = view.preview && view.preview->job == desk.preview_asked;
  if (!answered || desk.looked_ahead == desk.preview_asked || !painting_here(view, desk)) return;
  desk.looked_ahead = desk.preview_asked;
  out.push_back(LookAhead{desk.previewed});
}

void keep_painting_true(const View& view, Desk& desk) {
  const Painting* painting = painting_here(view, desk);
  if (!painting) return;
  const auto& [branch, step, picture] = painting->place;
  if (lookup(view, branch, step, picture).guess != desk.painted.of)
    desk.painted = painted_pictures(view, painting);
}

}  // namespace stepwise::app
