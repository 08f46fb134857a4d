// What the processes that train one model tell each other before the first step. Worker thread
// only.
#pragma once

#include "training/processes.h"
#include "training/run_head.h"

namespace stepwise {

// The run that the first one leads. All must call it.
RunHead run_of_first(Processes& processes, const RunHead& own = {});

}  // namespace stepwise
