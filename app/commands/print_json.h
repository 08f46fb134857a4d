// What a command has found out, for programs to read. For .cpp files, since it brings the JSON
// library with it.
#pragma once

#include <cstdio>
#include <nlohmann/json.hpp>

namespace stepwise {

// On stdout, a line for each value.
inline void print_json(const nlohmann::ordered_json& value) {
  std::printf("%s\n", value.dump(2).c_str());
}

}  // namespace stepwise
