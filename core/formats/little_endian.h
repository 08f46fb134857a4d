// Whole numbers as the bytes of a file, the lowest first, on any machine. Any thread.
#pragma once

#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>

namespace stepwise {

template <std::unsigned_integral Number>
std::string little_endian(Number number) {
  std::string bytes;
  for (std::size_t i = 0; i < sizeof number; ++i) bytes += char(number >> (8 * i) & 0xFF);
  return bytes;
}

// Of the first bytes; there must be as many as the number has.
template <std::unsigned_integral Number>
Number little_endian_in(std::string_view bytes) {
  Number number = 0;
  for (std::size_t i = 0; i < sizeof number; ++i)
    number |= Number(static_cast<unsigned char>(bytes[i])) << (8 * i);
  return number;
}

}  // namespace stepwise
