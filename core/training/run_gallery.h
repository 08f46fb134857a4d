// The newest pictures of a run, as its training.safetensors keeps them: bytes, [N, H, W, C]. Plain
// values, no torch here; any thread.
#pragma once

#include <cstdint>

#include "formats/safetensors.h"
#include "image/image.h"

namespace stepwise {

inline constexpr const char* kGalleryTensor = "gallery";

StoredTensor stored(const ByteBatch& gallery);

// The first of them, as many as `most_bytes` hold; none where the file keeps none, or what is no
// gallery.
ByteBatch gallery_in(const SafetensorsFile& file, std::uint64_t most_bytes);

}  // namespace stepwise
