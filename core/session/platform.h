// What torch runs on: the device, the number of threads, the BLAS library. Worker thread.
#pragma once

#include <torch/types.h>

#include <string>

namespace stepwise {

// auto: cuda if there is one, that of the local rank where several processes train together. Throws
// Error if the device is not there.
torch::Device device_of(const std::string& name);

// 0: one per core. Throws Error if it is not a sensible number.
void use_threads(int threads);

// What is wrong with the BLAS library that was loaded, and what to do; empty if nothing is.
std::string blas_warning();

}  // namespace stepwise
