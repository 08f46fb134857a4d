// Files of records as TensorFlow writes them: one record after the other, each between its length
// and checksums of both, so that what was cut off or damaged is noticed. No torch; any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace stepwise {

// CRC-32C of the bytes, rotated and shifted: a checksum that may itself be part of checked bytes.
std::uint32_t masked_crc32c(std::string_view bytes);

// The record that carries these bytes.
std::string tf_record(std::string_view bytes);

// What the record carries that begins at `at` of the file, which then moves behind it. Nothing, and
// `at` stays, where no whole and undamaged record begins there.
std::optional<std::string_view> next_record(std::string_view file, std::size_t& at);

}  // namespace stepwise
