// Commands and events as bytes (CBOR, RFC 8949), so that they can cross to another process or
// machine. Any thread.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/events.h"

namespace stepwise {

using Bytes = std::vector<std::uint8_t>;

Bytes encode(const Request& request);
Bytes encode(const Report& report);

// What encode() was given: every number bit by bit, but that one NaN is as good as another. Fields
// that are missing keep their defaults. Throws Error for all else, before it has taken more memory
// than a multiple of the bytes' own.
Request decode_request(std::span<const std::uint8_t> bytes);
Report decode_report(std::span<const std::uint8_t> bytes);

}  // namespace stepwise
