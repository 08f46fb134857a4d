// The session of session/make_session.h without linking it: torch and the 200 libraries behind it
// are loaded when the worker thread asks for them, so that a window need not wait for them and
// --help does not either.
#pragma once

#include <filesystem>
#include <memory>

#include "engine/engine.h"

namespace stepwise {

// Call on the worker thread. Throws Error if the library of the session is not beside the program,
// or if the device cannot be used.
std::unique_ptr<Worker> load_session(const SessionOptions& options);
// The same of another library with a stepwise_make_session.
std::unique_ptr<Worker> load_session(const SessionOptions& options,
                                     const std::filesystem::path& library);

}  // namespace stepwise
