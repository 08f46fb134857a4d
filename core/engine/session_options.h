// What the worker of the real program is told when it starts.
#pragma once

#include <filesystem>
#include <string>

namespace stepwise {

struct SessionOptions {
  std::string device = "auto";   // auto, cpu or cuda.
  int threads = 0;               // For torch; 0: one per core.
  std::filesystem::path assets;  // What ships with the program: models, classifiers.
};

}  // namespace stepwise
