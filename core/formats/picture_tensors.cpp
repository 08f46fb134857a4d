#include "formats/picture_tensors.h"

#include <cstdint>

#include "formats/safetensors.h"

namespace stepwise {

std::string tensors_of(const ByteBatch& b, const std::vector<Condition>& conditions) {
  std::vector<std::uint8_t> planes;
  planes.reserve(b.pixels.size());
  for (int i = 0; i < b.count; ++i) {
    const ByteImage image = b.image(i);
    for (int c = 0; c < b.channels; ++c)
      for (int y = 0; y < b.height; ++y)
        for (int x = 0; x < b.width; ++x) planes.push_back(image.at(y, x, c));
  }
  std::vector<std::int64_t> labels;
  for (const Condition& c : conditions) labels.push_back(c.label.value_or(-2));
  Safetensors file;
  file.tensors["images"] = stored({b.count, b.channels, b.height, b.width}, planes);
  file.tensors["labels"] = stored({b.count}, labels);
  return encode_safetensors(file);
}

}  // namespace stepwise
