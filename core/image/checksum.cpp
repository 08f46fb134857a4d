#include "image/checksum.h"

#include <zlib.h>

#include <cstdio>

namespace stepwise {

std::string checksum(std::string_view bytes) {
  const auto crc = ::crc32_z(0, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size());
  char text[9];
  std::snprintf(text, sizeof text, "%08lx", static_cast<unsigned long>(crc));
  return text;
}

}  // namespace stepwise
