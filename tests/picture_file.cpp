#include "picture_file.h"

#include <algorithm>
#include <memory>

#include "error.h"
#include "image/file.h"

#define STB_IMAGE_STATIC
#define STB_IMAGE_IMPLEMENTATION
#define STBI_NO_STDIO
#define STBI_ONLY_PNG
#if defined(__GNUC__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"
#endif
#include <stb_image.h>
#if defined(__GNUC__)
#pragma GCC diagnostic pop
#endif

namespace stepwise {

ByteImage read_picture(const std::filesystem::path& path, int channels) {
  const std::string file = read_file(path);
  int width = 0, height = 0, found = 0;
  const std::unique_ptr<stbi_uc, decltype(&stbi_image_free)> pixels(
      stbi_load_from_memory(reinterpret_cast<const stbi_uc*>(file.data()), int(file.size()), &width,
                            &height, &found, channels),
      stbi_image_free);
  require(pixels != nullptr, "Cannot read '", path.string(), "': ", stbi_failure_reason(), ".");
  ByteImage image(height, width, channels == 0 ? found : channels);
  std::copy_n(pixels.get(), image.pixels.size(), image.pixels.begin());
  return image;
}

}  // namespace stepwise
