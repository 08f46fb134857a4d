#include "panels/sampling.h"

#include <algorithm>

namespace stepwise::app {
namespace {

// Frames up to `step` come and take the playhead along.
void go_on(const Branch& branch, int step, Ui& ui, Commands& out) {
  const bool to_end = step >= branch.steps();
  out.push_back(Continue{branch.start.id, to_end ? -1 : step});
  ui.follow.moving = true;
  ui.follow.until = to_end ? -1 : step;
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

std::vector<Condition> conditions_asked(const View& view, const Ui& ui) {
  const ModelOpened* model = find_model(view, ui.model);
  return dealt(ui.condition, model ? int(model->class_names.size()) : 0, ui.sample.count);
}

Sample new_tree(const View& view, const Ui& ui, int until) {
  return {ui.model, ui.sample, conditions_asked(view, ui), until};
}

void stop_sampling(const View& view, Commands& out) {
  for (const Branch& branch : view.branches)
    if (is_running(view, branch)) out.push_back(Cancel{branch.job});
}

const Branch* paused_branch(const View& view, const Ui& ui) {
  const Branch* branch = find_branch(view, ui.playhead.branch);
  return branch && !branch->done() && !is_running(view, *branch) ? branch : nullptr;
}

void go_on(const View& view, Ui& ui, Commands& out) {
  if (const Branch* branch = paused_branch(view, ui)) go_on(*branch, branch->steps(), ui, out);
}

void step_once(const View& view, Ui& ui, Commands& out) {
  if (const Branch* branch = paused_branch(view, ui))
    go_on(*branch, branch->newest + 1, ui, out);
  else if (!running_branch(view))
    out.push_back(new_tree(view, ui, 0));
}

void run_to_playhead(const View& view, Ui& ui, Commands& out) {
  const Branch* branch = paused_branch(view, ui);
  const int step = ui.playhead.step;
  if (branch && branch->newest < step)
    go_on(*branch, step, ui, out);
  else
    out.push_back(new_tree(view, ui, std::min(step, ui.sample.steps)));
}

}  // namespace stepwise::app
