// The worker of the real program: the open model and data set, the tree of branches, the training
// run.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "engine/engine.h"

namespace stepwise {

struct SessionOptions {
  std::string device = "auto";   // auto, cpu or cuda.
  int threads = 0;               // For torch; 0: one per core.
  std::filesystem::path assets;  // What ships with the program: models, classifiers.
};

// Call on the worker thread. Throws Error if the device cannot be used.
std::unique_ptr<Worker> make_session(const SessionOptions& options);

}  // namespace stepwise
