#include "engine/load_session.h"

#include <dlfcn.h>

#include "error.h"

namespace stepwise {

std::unique_ptr<Worker> load_session(const SessionOptions& options) {
  // Never unloaded: torch has threads of its own.
  void* library = dlopen(STEPWISE_SESSION_LIBRARY, RTLD_NOW | RTLD_LOCAL);
  require(library != nullptr, "Cannot load what computes: ", dlerror());
  using Make = Worker* (*)(const SessionOptions&);
  const auto make = reinterpret_cast<Make>(dlsym(library, "stepwise_make_session"));
  require(make != nullptr, "Cannot load what computes: ", dlerror());
  return std::unique_ptr<Worker>(make(options));
}

}  // namespace stepwise
