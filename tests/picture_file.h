// Reads back the pictures that the program wrote. Pictures of strangers are another matter: this
// reader is not made for them.
#pragma once

#include <filesystem>

#include "image/image.h"

namespace stepwise {

// Of a PNG file, converted to `channels` channels (0: as many as the file has). Throws Error where
// it is no PNG.
ByteImage read_picture(const std::filesystem::path& path, int channels = 0);

}  // namespace stepwise
