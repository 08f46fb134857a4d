#include "window/screenshot.h"

#include <cstdio>

#include "image/output.h"
#include "image/png.h"

namespace stepwise::app {

constexpr bool kReplace = true;

void check_screenshot(const std::filesystem::path& file) { check_output(file, {".png"}, kReplace); }

void write_screenshot(const std::filesystem::path& file, const ByteImage& window) {
  const Written written = write_output(file, png_of(window), kReplace);
  if (!written.note.empty()) std::fprintf(stderr, "stepwise: warning: %s\n", written.note.c_str());
}

}  // namespace stepwise::app
