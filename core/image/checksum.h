// A short fingerprint of bytes, to say which file or data set a figure belongs to. Not for
// security.
#pragma once

#include <string>
#include <string_view>

namespace stepwise {

// CRC-32 of the bytes as 8 hexadecimal digits.
std::string checksum(std::string_view bytes);

}  // namespace stepwise
