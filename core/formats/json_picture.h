// Pictures as JSON and back, by the lists of fields.h and as json_value.h has it for all else: the
// pixels are one binary value, as they lie in memory. Include it wherever values that hold pictures
// become JSON: what does not know it would list each pixel. For .cpp files, since it brings the
// JSON library with it; any thread.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <vector>

#include "image/image.h"
#include "settings/json_value.h"

namespace stepwise {

static_assert(std::endian::native == std::endian::little);
static_assert(sizeof(float) == 4 && std::numeric_limits<float>::is_iec559);

inline constexpr std::size_t kMaxPixels = std::numeric_limits<std::size_t>::max() / sizeof(float);

// Both are taken by json_value.h, which looks for them beside the types.
nlohmann::json value_of(const FieldsOf<Image, ImageBatch, ByteBatch> auto& pictures) {
  nlohmann::json object;
  visit_fields(pictures, [&]<class Field>(const char* key, const Field& field) {
    if constexpr (std::is_same_v<Field, int>) {
      object[key] = field;
    } else {
      std::vector<std::uint8_t> bytes(field.size() * sizeof(typename Field::value_type));
      if (!bytes.empty()) std::memcpy(bytes.data(), field.data(), bytes.size());
      object[key] = nlohmann::json::binary(std::move(bytes));
    }
  });
  return object;
}

// The sizes are listed before the pixels, so they are known by then.
void read_value(const nlohmann::json& from, FieldsOf<Image, ImageBatch, ByteBatch> auto& pictures,
                const JsonPlace& place) {
  if (!from.is_object()) refuse(from, place, "pictures");
  std::size_t size = 1;
  visit_fields(pictures, [&]<class Field>(const char* key, Field& field) {
    if constexpr (std::is_same_v<Field, int>) {
      read_field(from, field, {place.file, key});
      require(field >= 0 && (size == 0 || std::size_t(field) <= kMaxPixels / size), "Cannot read '",
              place.file, "': ", key, " of ", place.key, " is ", field, ".");
      size *= std::size_t(field);
    } else {
      constexpr std::size_t kPixel = sizeof(typename Field::value_type);
      const auto found = from.find(key);
      const bool fits =
          found != from.end() && found->is_binary() && found->get_binary().size() == size * kPixel;
      require(fits, "Cannot read '", place.file, "': ", place.key,
              " has not as many pixels as its sizes say, ", size, ".");
      field.resize(size);
      if (size > 0) std::memcpy(field.data(), found->get_binary().data(), size * kPixel);
    }
  });
}

// JSON text has no binary values: all pixels in it as base64, and back. What is no base64 is left
// as it is, and refused by who reads it.
void pixels_to_text(nlohmann::json& value);
void pixels_from_text(nlohmann::json& value);

}  // namespace stepwise
