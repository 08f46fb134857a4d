// Reading JSON that others wrote: every problem is an Error that names the file and the key. For
// .cpp files, since it brings the JSON library with it; any thread.
#pragma once

#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "settings/json_value.h"

namespace stepwise {

// What our files say they were written for: the version whose format they follow.
inline constexpr const char* kDiffusersVersion = "0.40.0";

// The object in the text. The bare tokens NaN, Infinity and -Infinity, which Python writes, become
// null. Throws Error if it is not JSON, not an object, has a key twice, or is nested deeper or
// packed denser than anyone needs.
nlohmann::json parse_object(std::string_view text, const std::string& name);

// The text of that object with one entry set, as people read it. Throws Error likewise.
std::string with_entry(std::string_view text, const char* key, nlohmann::json value,
                       const std::string& name);

// The text as an object with the fields of T; those that are missing keep their defaults. Throws
// Error where check(T), if there is one, does.
template <class T>
T read_object(std::string_view text, const std::string& name) {
  T value;
  read_value(parse_object(text, name), value, {name, "all of it"});
  if constexpr (requires { check(value); }) check(value);
  return value;
}

// On one line; what is not UTF-8 is replaced.
std::string text_of_json(const nlohmann::json& value);

// Reads one object key by key. A missing key leaves the value as it is, and so does null, unless
// it is an optional one or said otherwise.
class ObjectReader {
 public:
  ObjectReader(const nlohmann::json& object, std::string name);

  template <class T>
  void read(const char* key, T& value) {
    seen_.insert(key);
    read_field(object_, value, {name_, key});
  }
  void read_or_null(const char* key, std::string& value);  // null: the empty text.

  // The value of a key, or nullptr where it is missing or null.
  const nlohmann::json* find(const char* key);

  // Keys nobody asked for, those beginning with '_' left out.
  std::vector<std::string> unread() const;

  [[noreturn]] void refuse(const char* key, const nlohmann::json& value, const char* wanted) const;

 private:
  const nlohmann::json& object_;
  std::string name_;
  std::set<std::string> seen_;
};

}  // namespace stepwise
