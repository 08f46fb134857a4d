// How far work is that the worker does. Window thread only.
#pragma once

#include <cmath>

#include "engine/job_events.h"
#include "widgets/controls.h"
#include "widgets/ticks.h"

namespace stepwise::app {

// A bar with what it does just now and its share, which is never rounded up to all.
inline void job_bar(const Progress& at) {
  progress_bar(float(at.fraction), at.words.c_str(),
               format_percent(std::floor(100 * at.fraction) / 100).c_str());
}

}  // namespace stepwise::app
