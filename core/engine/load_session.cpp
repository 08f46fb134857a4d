#include "engine/load_session.h"

#include <dlfcn.h>

#include <filesystem>

#include "error.h"

namespace stepwise {
namespace {

// In lib/stepwise beside the program's folder when installed, or where it was built.
std::filesystem::path session_library() {
  const std::filesystem::path built = STEPWISE_SESSION_LIBRARY;
  std::error_code ignored;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", ignored).parent_path();
  const auto installed = program / ".." / "lib" / "stepwise" / built.filename();
  return std::filesystem::exists(installed, ignored) ? installed : built;
}

}  // namespace

std::unique_ptr<Worker> load_session(const SessionOptions& options) {
  return load_session(options, session_library());
}

std::unique_ptr<Worker> load_session(const SessionOptions& options,
                                     const std::filesystem::path& library) {
  // Never unloaded: torch has threads of its own. What it brings must not meet the like of it that
  // graphics drivers bring.
  void* loaded = dlopen(library.c_str(), RTLD_NOW | RTLD_LOCAL);
  require(loaded != nullptr, "Cannot load what computes: ", dlerror());
  using Make = Worker* (*)(const SessionOptions&);
  const auto make = reinterpret_cast<Make>(dlsym(loaded, "stepwise_make_session"));
  require(make != nullptr, "Cannot load what computes: ", dlerror());
  return std::unique_ptr<Worker>(make(options));
}

}  // namespace stepwise
