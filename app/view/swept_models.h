// Models that a sweep opened by itself, one for each mark of a run: they go again when it does. No
// drawing here. Window thread only.
#pragma once

#include "view/desk.h"
#include "view/view.h"

namespace stepwise::app {

// Closes those of Desk::beside that nothing has a use for, once no work is on its way: their sweep
// is not looked at any more, nothing else was drawn with them, and the playhead stands on none of
// their pictures. One that was chosen to draw with is the user's from then on, and stays.
void close_swept_models(const View& view, Desk& desk, Commands& out);

}  // namespace stepwise::app
