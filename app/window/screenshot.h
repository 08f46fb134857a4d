// The file that a picture of the window is written to; what lies there is replaced. Any thread.
#pragma once

#include <filesystem>

#include "image/image.h"

namespace stepwise::app {

// Throws Error if the file cannot become a screenshot, before anybody has waited for one.
void check_screenshot(const std::filesystem::path& file);

// Throws Error if it cannot be written.
void write_screenshot(const std::filesystem::path& file, const ByteImage& window);

}  // namespace stepwise::app
