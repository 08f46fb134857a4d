#include "view/settled.h"

namespace stepwise::app {

bool animating(const View&, const Ui& ui) { return ui.playhead.playing; }

bool settled(const View& view, const Ui& ui) {
  return view.jobs.empty() && !ui.playhead.playing && !ui.stroke;
}

}  // namespace stepwise::app
