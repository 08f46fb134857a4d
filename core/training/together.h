// What the processes that train one model tell each other. Each function must be called by all.
// Worker thread only.
#pragma once

#include "training/gradients.h"
#include "training/processes.h"
#include "training/run_head.h"

namespace stepwise {

// What the first one alone decides of a step.
struct Word {
  double factor = 1;      // Of the learning rates.
  bool farewell = false;  // There are no more steps.
};
Word word_of_first(Processes& processes, const Word& own);

// The run that the first one leads.
RunHead run_of_first(Processes& processes, const RunHead& own = {});

// Adds up what each computed of its share of the batch.
void add_up(Processes& processes, Gradients& gradients);

}  // namespace stepwise
