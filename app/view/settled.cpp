#include "view/settled.h"

namespace stepwise::app {

bool animating(const View&, const Desk& desk) { return desk.playhead.playing; }

bool settled(const View& view, const Desk& desk) {
  return view.jobs.empty() && !desk.playhead.playing && !desk.stroke;
}

}  // namespace stepwise::app
