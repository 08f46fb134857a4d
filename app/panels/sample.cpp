#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "first_of.h"
#include "panels/begin.h"
#include "panels/by_hand.h"
#include "panels/panels.h"
#include "panels/sample_parts.h"
#include "panels/terms.h"
#include "view/live.h"
#include "view/sweep.h"
#include "widgets/form.h"
#include "widgets/ticks.h"

namespace stepwise::app {
namespace {

// Models trained by other programs know no picture without a class, nor guidance away from one.
bool has_null_class(const ModelOpened* model) { return !model || model->has_null_class; }

// "All ten, in turn", "Any" where the model knows it, then the classes by name; nothing where it
// knows none.
void class_row(const View& view, const ModelOpened* model, std::optional<Condition>& condition) {
  if (model && model->class_names.empty()) return condition.reset();
  std::vector<std::string> names{"All classes in turn"};
  std::vector<std::optional<Condition>> choices{std::nullopt};
  if (has_null_class(model))
    names.push_back("Any (no class asked for)"), choices.push_back(Condition{});
  const int classes = model ? int(model->class_names.size()) : 0;
  for (int i = 0; i < classes; ++i)
    names.push_back(class_name(view, model->id, {i})), choices.push_back(Condition{i});
  const auto found = std::ranges::find(choices, condition);
  int chosen = found == choices.end() ? 0 : int(found - choices.begin());
  choice_row(
      "Class", chosen, names,
      "What the pictures should show. All classes deals them out one by one: class k = i mod "
      "classes for picture i.");
  condition = choices[std::size_t(chosen)];
}

void pictures_rows(const View& view, const ModelOpened* model, Ui& ui) {
  SampleSettings& s = ui.sample;
  heading("Pictures");
  class_row(view, model, ui.condition);
  slider_row("Count", s.count, {kCount.min, 100}, s.count == 1 ? "%d picture" : "%d pictures",
             "How many are drawn together, N. Picture k is the same in a batch of any size.", true,
             kUnitWidth);
  seed_row("Seed", s.seed, help_of("seed").c_str());
}

void guidance_rows(const ModelOpened* model, SampleSettings& s) {
  heading("Guidance");
  if (model && model->class_names.empty()) {
    s.guidance = 1;
    caption("This model knows no classes: there is nothing to guide towards.");
    return;
  }
  if (!has_null_class(model)) {
    s.guidance = 1;
    caption(kNoNullClass);
    return;
  }
  slider_row(
      "Strength", s.guidance, kGuidance, "%.2f",
      help_of("w", "At 1 the model is left alone; above it, classes get clearer and less varied.")
          .c_str());
  if (s.guidance == 1 || !undoes_noise(model)) return;
  if (s.guidance_shape.empty())
    range_row("Acts on", s.guidance_min, s.guidance_max, kSigma,
              "Guidance acts only at noise levels σ in this interval; elsewhere w = 1.");
  guidance_by_hand(s);
}

void memory_rows(const View& view, Ui& ui) {
  heading("Memory");
  slider_row("Steps take", ui.frame_mebibytes, {kFrameMebibytes.min, 16384}, "up to %d MB",
             "What all steps of all branches may take. Of more than that only some are kept; the "
             "others are computed again, to the bit, when you look at them. Where that is not "
             "enough, the oldest trees without a star go.",
             true, kUnitWidth);
  caption(text_of("In use: ", (view.frame_bytes + kMebibyte - 1) / kMebibyte, " MB"));
}

// What the pictures of the next tree will be asked to show.
std::vector<Condition> conditions_asked(const View& view, const Ui& ui) {
  const ModelOpened* model = find_model(view, ui.model);
  return dealt(ui.condition, model ? int(model->class_names.size()) : 0, ui.sample.count);
}

// Leaves every branch where it is.
void stop_sampling(const View& view, Commands& out) {
  for (const Branch& branch : view.branches)
    if (is_running(view, branch)) out.push_back(Cancel{branch.job});
}

// The branch under the playhead if it stopped on its way, or nullptr.
const Branch* paused_branch(const View& view, const Ui& ui) {
  const Branch* branch = find_branch(view, ui.playhead.branch);
  return branch && !branch->done() && !is_running(view, *branch) ? branch : nullptr;
}

// Frames up to `step` come and take the playhead along.
void go_on(const Branch& branch, int step, Ui& ui, Commands& out) {
  const bool to_end = step >= branch.steps();
  out.push_back(Continue{branch.start.id, to_end ? -1 : step});
  ui.follow.moving = true;
  ui.follow.until = to_end ? -1 : step;
}

// One more step of the branch under the playhead; where that is finished or missing, the first
// frame of a new tree.
void step_once(const View& view, Ui& ui, Commands& out) {
  if (const Branch* branch = paused_branch(view, ui))
    go_on(*branch, branch->newest + 1, ui, out);
  else if (!running_in_sight(view, ui))
    out.push_back(new_tree(view, ui, 0));
}

// Up to the step under the playhead: goes on with a branch that stopped before it, else starts a
// new tree.
void run_to_playhead(const View& view, Ui& ui, Commands& out) {
  const Branch* branch = paused_branch(view, ui);
  const int step = ui.playhead.step;
  if (branch && branch->newest < step)
    go_on(*branch, step, ui, out);
  else
    out.push_back(new_tree(view, ui, std::min(step, steps_taken(ui.sample))));
}

// The latest frame of the branch that runs or was left standing under the playhead.
void progress(const View& view, const Ui& ui) {
  const Branch* branch = running_in_sight(view, ui);
  if (!branch) branch = find_branch(view, ui.playhead.branch);
  if (!branch) return;
  const auto [words, fraction] = how_far(view, ui, *branch);
  const std::string right = branch->done()              ? format_duration(branch->seconds)
                            : is_running(view, *branch) ? "running"
                                                        : "stopped here";
  progress_bar(fraction, words.c_str(), right.c_str());
}

// One button, which is dead for a moment when it has become the other: a press meant for what was
// there before does nothing.
void stop_or_go_on(const View& view, Ui& ui, Commands& out, float width) {
  constexpr double kDead = 0.5;  // Seconds.
  const bool running = running_in_sight(view, ui) != nullptr;
  if (std::exchange(ui.stoppable, running) != running) ui.stoppable_since = ImGui::GetTime();
  const bool alive = ImGui::GetTime() - ui.stoppable_since >= kDead;
  if (running) {
    if (plain_button("Stop", width) && alive) stop_sampling(view, out);
    tooltip("Ends the run at this step; it can go on from here.");
  } else {
    const Branch* paused = paused_branch(view, ui);
    if (plain_button("Continue", width, paused) && alive) go_on(*paused, paused->steps(), ui, out);
    tooltip("Runs the branch under the playhead on to its end.");
  }
}

void live_row(Ui& ui) {
  check_row("Live", ui.draws_live,
            "Each change of a setting below draws the pictures again at once, from the same noise. "
            "How they were before stands beside them.");
}

void buttons(const View& view, Ui& ui, Commands& out, bool valid) {
  const bool ready = valid && find_model(view, ui.model) && !running_in_sight(view, ui);
  const float gap = ImGui::GetStyle().ItemSpacing.x;
  const float all = ImGui::GetContentRegionAvail().x;
  const float half = std::floor((all - gap) / 2);
  if (primary_button("Run", half, ready)) out.push_back(new_tree(view, ui));
  tooltip("Draws new pictures from noise, all the way. Those before stay in the history below.");
  ImGui::SameLine(0, gap);
  stop_or_go_on(view, ui, out, all - half - gap);
  if (plain_button("One step", half, ready)) step_once(view, ui, out);
  tooltip("Moves on by one noise level and stops again.");
  ImGui::SameLine(0, gap);
  if (plain_button("To the playhead", all - half - gap, ready)) run_to_playhead(view, ui, out);
  tooltip("Stops at the step the timeline shows, so that you can change the picture there.");
}

void defaults_button(const ModelOpened* model, SampleSettings& s) {
  if (plain_button("Model's defaults", -1, model)) s = model->defaults;
  tooltip("Puts back the settings this model samples best with.");
}

}  // namespace

std::string trouble_with(const SampleSettings& settings) {
  try {
    check(settings);
    return {};
  } catch (const Error& error) {
    return error.what();
  }
}

Sample new_tree(const View& view, const Ui& ui, int until) {
  return {ui.model, ui.sample, conditions_asked(view, ui), until};
}

void sample_panel(const View& view, Ui& ui, PictureRenderer& pictures, Commands& out) {
  const std::string trouble = trouble_with(ui.sample);
  buttons(view, ui, out, trouble.empty());
  progress(view, ui);
  if (trouble.empty()) {
    const int evaluations = evaluations_per_picture(heeded(ui.sample, conditions_asked(view, ui)));
    caption(text_of(evaluations, evaluations == 1 ? " network evaluation" : " network evaluations",
                    " per picture"));
  } else {
    caption(trouble, colors.bad);
  }
  live_row(ui);
  begin_panel(view, ui, pictures, out);
  change_panel(view, ui, pictures, out);
  trees_panel(view, ui, pictures, out);
  const ModelOpened* model = find_model(view, ui.model);
  pictures_rows(view, model, ui);
  guidance_rows(model, ui.sample);
  way_rows(model, ui.sample);
  defaults_button(model, ui.sample);
  memory_rows(view, ui);
}

}  // namespace stepwise::app
