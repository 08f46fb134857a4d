// The bytes of safetensors files as the tests want them, also of such as no program writes.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>

namespace stepwise {

// A file with this header, a length in front, and so many bytes of data.
inline std::string file_of(const std::string& header, std::size_t data, std::uint64_t length) {
  std::string bytes(8, '\0');
  std::memcpy(bytes.data(), &length, 8);
  return bytes + header + std::string(data, 'x');
}
inline std::string file_of(const std::string& header, std::size_t data = 0) {
  return file_of(header, data, header.size());
}

// "name": {dtype, shape, data_offsets}.
inline std::string entry(const std::string& name, const std::string& dtype,
                         const std::string& shape, const std::string& offsets) {
  return "\"" + name + R"(":{"dtype":")" + dtype + R"(","shape":)" + shape + R"(,"data_offsets":)" +
         offsets + "}";
}

inline std::string object_of(const std::string& entries) {
  return std::string("{") + entries + "}";
}

}  // namespace stepwise
