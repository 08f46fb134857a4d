// Picture files. Any thread may call these; files are written atomically, see image/file.h.
#pragma once

#include <filesystem>
#include <string>

#include "image/image.h"
#include "range.h"

namespace stepwise {

inline constexpr Range<int> kPictureSide{1, 16384};  // Pixels along a side of a file we read.

// The picture as the bytes of a PNG file. 1 (grey), 2 (grey, alpha), 3 or 4 channels.
std::string png_of(const ByteImage& image);

// Replaces `path` with the picture as PNG. Throws Error if it cannot be written.
void write_png(const std::filesystem::path& path, const ByteImage& image);

// Reads a PNG or JPEG, converted to `channels` channels (0: as many as the file has). Throws Error
// if it is neither, is damaged, or is larger than kPictureSide.
ByteImage read_picture(const std::filesystem::path& path, int channels = 0);

}  // namespace stepwise
