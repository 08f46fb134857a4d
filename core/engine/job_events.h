// What any work may tell while it runs and at its end.
#pragma once

#include <string>

#include "fields.h"

namespace stepwise {

// Between "fine" and "refused": something was left out, replaced or is suspicious, and the work
// went on. What, with which value, and what to do. The log, the top bar and stderr show it.
struct Warning {
  std::string text;
};
STEPWISE_FIELDS(Warning, text)

// How far a job is, for those that know.
struct Progress {
  double fraction = 0;  // Of the work, 0 to 1.
  std::string words;    // What it does just now.
};
STEPWISE_FIELDS(Progress, fraction, words)

// A job has ended: nothing more comes from it.
struct Finished {
  double seconds = 0;      // That it worked; what it waited for others does not count.
  bool cancelled = false;  // Before its end, as asked.
};
STEPWISE_FIELDS(Finished, seconds, cancelled)

// A job has ended by an error.
struct Failed {
  std::string what;     // What was tried.
  std::string message;  // Why not, and what to do.
};
STEPWISE_FIELDS(Failed, what, message)

}  // namespace stepwise
