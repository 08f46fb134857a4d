// Work that takes its time, cut into pieces, so that the worker can read its mail between them.
// Worker thread.
#pragma once

#include "engine/events.h"

namespace stepwise {

class Job {
 public:
  virtual ~Job() = default;
  // One short piece of work; false when that was the last. One that throws has ended.
  virtual bool step(const Emit& emit) = 0;
  // It is to end before its end: what would be lost is saved.
  virtual void cancel(const Emit&) {}
  // The same, while somebody waits for the program to close.
  virtual void leave(const Emit&) {}
  // It will not be stepped until it is told to go on.
  virtual void pause(bool, const Emit&) {}
};

}  // namespace stepwise
