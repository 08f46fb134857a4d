#include "view/layers.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include "view/edit_parts.h"
#include "view/edits.h"
#include "view/strokes.h"
#include "view/trees.h"

namespace stepwise::app {
namespace {

// In the order of LayerKind and of Shape.
constexpr std::array kLayerKinds = {"Paint", "Stamp",  "Smudge", "Lock",
                                    "Erase", "Rewind", "Class",  "Wish"};
constexpr std::array kShapes = {"stroke", "outline", "gradient", "all", "fill"};
static_assert(kLayerKinds.size() == std::variant_size_v<LayerKind>);
static_assert(kShapes.size() == std::variant_size_v<Shape>);

bool was_forked(const View& view, const Desk& desk, BranchId branch) {
  return std::ranges::any_of(view.branches, [&](const Branch& other) {
    return other.start.parent == branch && is_there(view, desk, other.start.id);
  });
}

}  // namespace

std::string name_of(const Layer& layer) {
  return text_of(kLayerKinds[layer.what.index()], ", ", kShapes[layer.shape.index()]);
}

Layers with_toggled(Layers layers, int i) {
  bool& hidden = layers[std::size_t(i)].hidden;
  hidden = !hidden;
  return layers;
}

Layers without(Layers layers, int i) {
  layers.erase(layers.begin() + i);
  return layers;
}

Layers with_moved(Layers layers, int from, int to) {
  const auto first = layers.begin() + std::min(from, to),
             last = layers.begin() + std::max(from, to);
  std::rotate(first, from < to ? first + 1 : last, last + 1);
  return layers;
}

void change_layers(const View& view, Desk& desk, Layers layers, std::string what, Commands& out) {
  end_stroke(desk);
  const Painting* painting = painting_here(view, desk);
  if (!painting) return;
  const Place place = painting->place;
  Change& change = begin_change(view, desk, place, std::move(what));
  const Branch* branch = find_branch(view, place.branch);
  // Without layers a painting is still one where it takes away what the branch has locked.
  if (layers.empty() && !(branch && !branch->start.layers.empty()))
    std::erase_if(change.after.paintings, [&](const Painting& p) { return p.place == place; });
  else
    painting_at(view, place, change.after).layers = std::move(layers);
  show_painting(view, desk, out);
}

bool has_layers(const Branch& branch) {
  return !branch.start.layers.empty() && std::holds_alternative<Resample>(branch.start.begun);
}

void change_branch_layers(const View& view, Desk& desk, const Branch& branch, Layers layers,
                          Commands& out) {
  end_stroke(desk);
  note_choices(view, desk);
  if (!has_layers(branch)) return;
  Resample again = std::get<Resample>(branch.start.begun);
  again.fork.edit.layers = std::move(layers);
  again.until = -1;
  out.push_back(std::move(again));
  desk.replacing[out.back().id] = branch.start.id;
}

BranchId replaced_by(const Desk& desk, const Branch& branch) {
  const auto found = desk.replacing.find(branch.job);
  return found == desk.replacing.end() ? -1 : found->second;
}

void put_in_place(const View& view, const Desk& desk, const Branch& branch, BranchId old,
                  Change& change) {
  const BranchId id = branch.start.id;
  change.what = "change of layers";
  change.from = Place{old, desk.playhead.step, desk.playhead.picture};
  change.to = Place{id, desk.playhead.step, desk.playhead.picture};
  if (was_forked(view, desk, old)) return;
  for (Painting& painting : change.after.paintings)
    if (painting.place.branch == old) painting.place.branch = id;
  change.after.deleted.insert(old);
  change.after.stands_for[id] = old;
  if (const auto name = change.after.names.find(old); name != change.after.names.end())
    change.after.names[id] = name->second;
}

}  // namespace stepwise::app
