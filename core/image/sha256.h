// A fingerprint of bytes, to say which file or data set a figure belongs to. Any thread.
#pragma once

#include <string>
#include <string_view>

namespace stepwise {

// As 64 hexadecimal digits.
std::string sha256(std::string_view bytes);

}  // namespace stepwise
