// What a command has found out, for programs to read. For .cpp files, since it brings the JSON
// library with it.
#pragma once

#include <cstdio>
#include <nlohmann/json.hpp>

namespace stepwise {

// On stdout, a line for each value. A name that is no UTF-8 loses what is none of it: a measurement
// is not lost for that.
inline void print_json(const nlohmann::ordered_json& value) {
  constexpr auto kReplace = nlohmann::ordered_json::error_handler_t::replace;
  std::printf("%s\n", value.dump(2, ' ', false, kReplace).c_str());
}

}  // namespace stepwise
