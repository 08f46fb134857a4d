// Reading CBOR (RFC 8949) that others sent. For .cpp files, since it brings the JSON library with
// it; any thread.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <span>

namespace stepwise {

// Throws Error for bytes that are not one whole item, or one of a form that nlohmann's to_cbor does
// not write: tags, lengths left open. Lists are nested no deeper than anyone needs.
nlohmann::json parse_cbor(std::span<const std::uint8_t> bytes);

}  // namespace stepwise
