#include "engine/wire.h"

#include <bit>
#include <cstring>
#include <limits>

#include "engine/cbor.h"
#include "settings/json_value.h"

namespace stepwise {

using nlohmann::json;

namespace {

// Pictures are sent as their floats lie in memory.
static_assert(std::endian::native == std::endian::little);
static_assert(sizeof(float) == 4 && std::numeric_limits<float>::is_iec559);

constexpr std::size_t kMaxPixels = std::numeric_limits<std::size_t>::max() / sizeof(float);

template <class Pixel>
json bytes_of(const std::vector<Pixel>& pixels) {
  Bytes bytes(pixels.size() * sizeof(Pixel));
  if (!bytes.empty()) std::memcpy(bytes.data(), pixels.data(), bytes.size());
  return json::binary(std::move(bytes));
}

}  // namespace

// Taken by json_value.h, which looks for them beside the types.
static json value_of(const FieldsOf<Image, ImageBatch, ByteBatch> auto& pictures) {
  json object;
  visit_fields(pictures, [&]<class Field>(const char* key, const Field& field) {
    if constexpr (std::is_same_v<Field, int>)
      object[key] = field;
    else
      object[key] = bytes_of(field);
  });
  return object;
}

// The sizes are listed before the pixels, so they are known by then.
static void read_value(const json& from, FieldsOf<Image, ImageBatch, ByteBatch> auto& pictures,
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

// What travels of both: an id, and one of many.
STEPWISE_FIELDS(Request, id, command)
STEPWISE_FIELDS(Report, job, event)

template <class Letter>
static void read_letter(std::span<const std::uint8_t> bytes, Letter& letter) {
  const json object = parse_cbor(bytes);
  require(object.is_object(), "The message is damaged, or of another program.");
  visit_fields(letter, [&](const char* key, auto& field) {
    require(object.contains(key), "The message is damaged: it has no ", key, ".");
    read_field(object, field, {"the message", key});
  });
}

Bytes encode(const Request& request) { return json::to_cbor(value_of(request)); }
Bytes encode(const Report& report) { return json::to_cbor(value_of(report)); }

Request decode_request(std::span<const std::uint8_t> bytes) {
  Request request(Cancel{});
  read_letter(bytes, request);
  return request;
}

Report decode_report(std::span<const std::uint8_t> bytes) {
  Report report;
  read_letter(bytes, report);
  return report;
}

}  // namespace stepwise
