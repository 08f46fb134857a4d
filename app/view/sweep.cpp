#include "view/sweep.h"

#include <algorithm>
#include <ranges>
#include <utility>

#include "settings/left_out.h"
#include "view/left_out.h"
#include "view/live.h"
#include "view/trees.h"

namespace stepwise::app {
namespace {

constexpr int kGuidances = 9;  // 0, 1, ... 8.
constexpr int kMostClasses = 40;
constexpr int kMostLeftOut = 40;  // That are left out; of more, some that are evenly spread.

// What a tree of a sweep differs in.
struct Variation {
  Sweep::Tree tree;
  ModelId model = kNoModel;
  SampleSettings settings;
  std::vector<Condition> conditions;
};

// The model of the run as it was at a mark: opened already, or asked for.
ModelId model_at(const View& view, Desk& desk, const TrainingMark& mark, const ModelOpened& run,
                 Commands& out) {
  const std::string name = text_of(run.name, ", step ", mark.step);
  // Another run may be called the same, and have a mark at the same step.
  const auto found = std::ranges::find_if(view.models, [&](const ModelOpened& model) {
    return model.name == name && model.folder == run.folder;
  });
  if (found != view.models.end()) return found->id;
  out.push_back(Snapshot{run.id, name, mark.step});
  desk.beside.insert(out.back().id);
  return out.back().id;
}

// One for each mark of the run, the earliest first, and one for how it is now.
std::vector<Variation> marks_of_training(const View& view, Desk& desk, const Variation& base,
                                         Commands& out) {
  const Training& training = view.training;
  const ModelOpened& run = *find_model(view, training.job);
  std::vector<Variation> all;
  const auto add = [&](std::int64_t step, ModelId model) {
    all.push_back(base);
    all.back().model = model;
    all.back().tree = {text_of("step ", step), text_of("By the weights of training step ", step)};
  };
  for (const TrainingMark& mark : training.marks)
    if (!mark.file.empty() && mark.step < training.progress.step)
      add(mark.step, model_at(view, desk, mark, run, out));
  add(training.progress.step, run.id);
  return all;
}

std::vector<Variation> variations(const ModelOpened& model, const Variation& base, SweepKind kind) {
  std::vector<Variation> all;
  const auto vary = [&](std::string value, std::string words) -> Variation& {
    all.push_back(base);
    all.back().tree = {std::move(value), std::move(words)};
    return all.back();
  };
  if (kind == SweepKind::kGuidance)
    for (int w = 0; w < kGuidances; ++w)
      vary(text_of("w = ", w), text_of("Guidance ", w)).settings.guidance = w;
  if (kind == SweepKind::kSamplers)
    for (const SamplerName& sampler : samplers_for(model.degradation))
      vary(short_name(sampler),
           text_of(sampler.label, "\nOrder ", sampler.order, ", ", sampler.evaluations,
                   sampler.evaluations == 1 ? " evaluation" : " evaluations", " a step\n",
                   sampler.source))
          .settings.sampler = sampler.kind;
  if (kind == SweepKind::kClasses)
    for (int i = 0; i < std::min(kMostClasses, int(model.class_names.size())); ++i)
      std::ranges::fill(vary(model.class_names[std::size_t(i)], text_of("Class ", i)).conditions,
                        Condition{i});
  if (kind == SweepKind::kSteps) {
    vary("all steps", "All steps");
    const int last = steps_taken(base.settings) - 2;
    for (int step = 1; step <= last; step += 1 + last / kMostLeftOut)
      vary(text_of("without ", step), text_of("Without step ", step)).settings =
          without_step(base.settings, step);
  }
  return all;
}

// Why the marks of the newest run cannot draw pictures of this model; empty: they can.
std::string obstacle_to_two_clocks(const View& view, const ModelOpened& model) {
  const Training& training = view.training;
  const ModelOpened* run = find_model(view, training.job);
  if (!training.started || !run) return "No run has begun since the launch: see Train (F2).";
  if (run->height != model.height || run->width != model.width || run->channels != model.channels ||
      run->class_names.size() != model.class_names.size() || run->degradation != model.degradation)
    return "The newest run learns other pictures than this one.";
  const bool any = std::ranges::any_of(training.marks,
                                       [](const TrainingMark& mark) { return !mark.file.empty(); });
  return any ? "" : "The newest run has no marks: press Mark in Train while it goes on.";
}

// The root of the tree that the picture under the playhead is of, or nullptr.
const Branch* root_here(const View& view, const Desk& desk) {
  return find_branch(view, root_of(view, desk.playhead.branch));
}

}  // namespace

std::string short_name(const SamplerName& sampler) {
  std::string name(sampler.label);
  for (const std::string_view left_out : {"-Solver", " (flow matching, EDM)"})
    if (const auto at = name.find(left_out); at != name.npos) name.erase(at, left_out.size());
  return name;
}

std::string obstacle_to_sweep(const View& view, const Desk& desk, SweepKind kind) {
  const Branch* root = root_here(view, desk);
  if (!root) return "There is no picture yet.";
  const ModelOpened* model = find_model(view, root->start.model);
  if (!model) return "The model of this picture is closed.";
  if (kind == SweepKind::kSamplers) return "";
  if (kind == SweepKind::kTraining) return obstacle_to_two_clocks(view, *model);
  if (kind == SweepKind::kSteps) return obstacle_to_leaving_out(view, desk, 1);
  if (model->class_names.empty()) return "This model knows no classes.";
  if (kind == SweepKind::kClasses) return "";
  if (!model->has_null_class) return kNoNullClass;
  const bool asked = condition_at(*root, desk.playhead.picture).label.has_value();
  return asked ? "" : "This picture was asked for no class: there is nothing to guide towards.";
}

void begin_sweep(const View& view, Desk& desk, SweepKind kind, Commands& out) {
  if (!obstacle_to_sweep(view, desk, kind).empty()) return;
  const BranchStarted& start = root_here(view, desk)->start;
  const int picture = desk.playhead.picture;
  // Noise is that of a picture's place in its batch: those before it come along.
  Variation base{{}, start.model, start.settings, start.conditions};
  base.settings.count = picture + 1;
  base.conditions.resize(std::size_t(picture) + 1);
  const bool plane = kind == SweepKind::kTraining;
  Sweep sweep{kSweeps[std::size_t(kind)].label, {}, picture, plane};
  auto all = plane ? marks_of_training(view, desk, base, out)
                   : variations(*find_model(view, start.model), base, kind);
  // What was asked for last runs first.
  for (Variation& each : std::views::reverse(all)) {
    out.push_back(Sample{each.model, each.settings, std::move(each.conditions)});
    each.tree.job = out.back().id;
  }
  for (Variation& each : all) sweep.trees.push_back(std::move(each.tree));
  desk.sweep = int(desk.sweeps.size());
  desk.sweeps.push_back(std::move(sweep));
}

void note_in_sweep(Desk& desk, const Branch& branch) {
  const int shown = std::exchange(desk.sweep, -1);
  for (int i = 0; i < int(desk.sweeps.size()); ++i)
    for (Sweep::Tree& tree : desk.sweeps[std::size_t(i)].trees)
      if (tree.root < 0 && tree.job == branch.job && branch.start.parent < 0) {
        tree.root = branch.start.id;
        desk.sweep = shown;
      }
}

const Sweep* sweep_shown(const View& view, const Desk& desk) {
  if (desk.sweep < 0 || desk.sweep >= int(desk.sweeps.size())) return nullptr;
  const Sweep& sweep = desk.sweeps[std::size_t(desk.sweep)];
  const bool any = std::ranges::any_of(sweep.trees, [&](const Sweep::Tree& tree) {
    return tree.root < 0 ? view.jobs.contains(tree.job) : is_there(view, desk, tree.root);
  });
  return any ? &sweep : nullptr;
}

void visit_from_sweep(Desk& desk) { desk.visited_sweep = std::exchange(desk.sweep, -1); }

void close_sweep(Desk& desk) { desk.sweep = desk.visited_sweep = -1; }

const Branch* tree_there(const View& view, const Desk& desk, const Sweep::Tree& tree) {
  return is_there(view, desk, tree.root) ? find_branch(view, tree.root) : nullptr;
}

void look_at_sweep(Desk& desk, BranchId root) {
  const Sweep* sweep = sweep_of(desk, root);
  desk.sweep = sweep ? int(sweep - desk.sweeps.data()) : -1;
}

const Sweep* sweep_of(const Desk& desk, BranchId root) {
  for (const Sweep& sweep : desk.sweeps)
    for (const Sweep::Tree& tree : sweep.trees)
      if (root >= 0 && tree.root == root) return &sweep;
  return nullptr;
}

bool goes_on_with_sweep(const Desk& desk, BranchId root) {
  const Sweep* sweep = sweep_of(desk, root);
  const Change* latest = desk.history.undoable();
  return sweep && latest && !desk.history.redoable() && latest->what == kSweepRun &&
         sweep_of(desk, latest->to->branch) == sweep;
}

std::vector<BranchId> together_with(const Desk& desk, BranchId branch) {
  std::vector<BranchId> all;
  if (const Sweep* sweep = sweep_of(desk, branch))
    for (const Sweep::Tree& tree : sweep->trees)
      if (tree.root >= 0) all.push_back(tree.root);
  if (all.empty()) all.push_back(branch);
  return all;
}

HowFar how_far(const View& view, const Desk& desk, const Branch& branch) {
  const int steps = branch.steps(), at = std::max(branch.newest, 0);
  const float fraction = steps > 0 ? float(at) / float(steps) : 0;
  const std::string words = text_of("step ", at, " of ", steps);
  const Sweep* sweep = sweep_of(desk, branch.root);
  if (!sweep) return {words, fraction};
  const auto done = std::ranges::count_if(sweep->trees, [&](const Sweep::Tree& tree) {
    const Branch* root = find_branch(view, tree.root);
    return root && root->done();
  });
  const std::size_t count = sweep->trees.size();
  if (branch.done()) return {words, fraction};
  return {text_of(done, " of ", count, " done, ", words), (float(done) + fraction) / float(count)};
}

Place place_in_sweep(const View& view, const Desk& desk, const Sweep& sweep, const Branch& root) {
  const Branch* here = find_branch(view, desk.playhead.branch);
  int step = root.steps();
  if (here) {
    const int at = std::clamp(desk.playhead.step, 0, here->steps());
    step = nearest_step(root, here->start.sigmas[std::size_t(at)]);
  }
  return {root.start.id, std::min(step, std::max(0, root.newest)), sweep.picture};
}

}  // namespace stepwise::app
