// The JSON header of a safetensors file, read without building a tree, so that a hostile one costs
// no more memory than what it describes. Any thread.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "formats/safetensors.h"

namespace stepwise {

inline constexpr std::size_t kLengthBytes = 8;  // Before the header: how long it is.

struct SafetensorsHeader {
  std::map<std::string, TensorSlice> entries;  // They begin where they do in the data region.
  std::map<std::string, std::string> metadata;
};

// Throws Error, beginning with `blame`, unless the JSON is an object of well-formed entries with
// distinct names.
SafetensorsHeader read_header(std::string_view json, const std::string& blame);

// A name from a file, short and printable enough for a message.
std::string in_quotes(std::string_view name);

// Many names: with commas between them, and no more than a message can hold.
std::string listed(const std::vector<std::string>& names);

}  // namespace stepwise
