// A model of diffusers' in a folder of its own, with other numbers where a test wants them.
#pragma once

#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "commands/program.h"

namespace stepwise {

// A network of one channel without classes, and DDPM's scheduler.
inline void copy_model(const std::filesystem::path& to) {
  std::filesystem::copy(std::filesystem::path(STEPWISE_TEST_DATA) / "unets" / "p1_gray28_attn", to,
                        std::filesystem::copy_options::recursive);
}

inline void replace_in(const std::filesystem::path& file, const std::string& what,
                       const std::string& with) {
  std::string text = text_in(file);
  const auto at = text.find(what);
  if (at == std::string::npos) throw std::runtime_error("No " + what + " in " + file.string());
  std::ofstream(file, std::ios::binary) << text.replace(at, what.size(), with);
}

// Fills a tensor of a safetensors file of 32-bit floats.
inline void fill_tensor(const std::filesystem::path& file, const std::string& name, float value) {
  std::string bytes = text_in(file);
  std::uint64_t length = 0;
  std::memcpy(&length, bytes.data(), sizeof length);
  const auto entry = bytes.find("\"" + name + "\"");
  const auto offsets = bytes.find("data_offsets\":[", entry) + std::strlen("data_offsets\":[");
  std::size_t digits = 0;
  const std::uint64_t begin = std::stoull(bytes.substr(offsets), &digits);
  const std::uint64_t end = std::stoull(bytes.substr(offsets + digits + 1));
  for (std::uint64_t at = begin; at < end; at += sizeof value)
    std::memcpy(bytes.data() + sizeof length + length + at, &value, sizeof value);
  std::ofstream(file, std::ios::binary) << bytes;
}

}  // namespace stepwise
