#include "engine/wire.h"

#include "engine/cbor.h"
#include "formats/json_picture.h"

namespace stepwise {

using nlohmann::json;

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
