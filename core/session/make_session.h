// The worker of the real program, without the headers of what it is made of.
#pragma once

#include <memory>

#include "engine/engine.h"

namespace stepwise {

// Call on the worker thread. Throws Error if the device cannot be used.
std::unique_ptr<Worker> make_session(const SessionOptions& options);

}  // namespace stepwise
