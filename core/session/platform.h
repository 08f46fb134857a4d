// What torch runs on: the device, the number of threads, the BLAS library. Worker thread.
#pragma once

#include <torch/types.h>

#include <string>

#include "engine/engine.h"

namespace stepwise {

// auto: cuda if there is one, the card of the local rank. Throws Error if the device is not there.
torch::Device device_of(const SessionOptions& options);

// 0: one per core that this process has. Throws Error if it is not a sensible number.
void use_threads(const SessionOptions& options);

// What is wrong with the BLAS library that was loaded, and what to do; empty if nothing is.
std::string blas_warning();

}  // namespace stepwise
