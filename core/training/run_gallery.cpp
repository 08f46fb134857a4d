#include "training/run_gallery.h"

#include <algorithm>

#include "range.h"

namespace stepwise {
namespace {

constexpr Range<std::int64_t> kSide{1, 1 << 14};  // Of a picture.
constexpr std::uint64_t kMost = 64;               // Pictures that are looked at.

bool is_gallery(const TensorSlice& place) {
  const auto& shape = place.shape;
  return place.dtype == DType::kU8 && shape.size() == 4 && shape[0] > 0 && kSide.holds(shape[1]) &&
         kSide.holds(shape[2]) && (shape[3] == 1 || shape[3] == 3);
}

}  // namespace

StoredTensor stored(const ByteBatch& gallery) {
  return stored({gallery.count, gallery.height, gallery.width, gallery.channels}, gallery.pixels);
}

ByteBatch gallery_in(const SafetensorsFile& file, std::uint64_t most_bytes) {
  const auto found = file.tensors().find(kGalleryTensor);
  if (found == file.tensors().end() || !is_gallery(found->second)) return {};
  TensorSlice place = found->second;
  const std::uint64_t picture = place.size / std::uint64_t(place.shape[0]);
  const std::uint64_t count =
      std::min({kMost, std::uint64_t(place.shape[0]), most_bytes / picture});
  if (count == 0) return {};
  place.size = count * picture;
  ByteBatch gallery{int(count), int(place.shape[1]), int(place.shape[2]), int(place.shape[3]), {}};
  gallery.pixels.resize(place.size);
  file.read(place, reinterpret_cast<char*>(gallery.pixels.data()));
  return gallery;
}

}  // namespace stepwise
