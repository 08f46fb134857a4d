// The Gaussians of a model's classes as a file in its folder, gaussians.safetensors, in half
// precision. Worker thread.
#pragma once

#include <filesystem>

#include "diffusion/gaussian.h"

namespace stepwise {

// Replaces the file atomically.
void write_gaussians(const std::filesystem::path& file, const ClassGaussians& gaussians);

// Of so many classes, for pictures of so many values. Throws Error naming the file where it is
// damaged or of something else.
ClassGaussians read_gaussians(const std::filesystem::path& file, int classes, std::int64_t values);

}  // namespace stepwise
