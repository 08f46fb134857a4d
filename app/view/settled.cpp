#include "view/settled.h"

#include <algorithm>

namespace stepwise {

bool animating(const View&, const Ui& ui) { return ui.playhead.playing; }

bool settled(const View& view, const Ui& ui) {
  const bool failed = std::any_of(view.log.begin(), view.log.end(), [](const LogLine& line) {
    return line.level == LogLevel::kError;
  });
  if (running_branch(view) || view.evaluating) return false;
  if (ui.playhead.playing || ui.stroke) return false;
  if (failed) return true;  // What failed may be what the rest waits for.
  const bool opened = view.model && view.data && !view.branches.empty();
  const bool previewed =
      ui.preview_asked == 0 || (view.preview && view.preview->id == ui.preview_asked);
  const bool inspected =
      ui.tab != Tab::kNoiseLab || (view.inspected && view.inspected->answer.id == ui.lab.asked);
  return opened && previewed && inspected;
}

}  // namespace stepwise
