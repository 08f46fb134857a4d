// Bytes as text (RFC 4648), for files that hold text alone. Any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace stepwise {

std::string to_base64(std::span<const std::uint8_t> bytes);
// Nothing where the text is no such text.
std::optional<std::vector<std::uint8_t>> from_base64(std::string_view text);

}  // namespace stepwise
