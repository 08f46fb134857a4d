// Reading JSON that others wrote: every problem is an Error that names the file and the key. For
// .cpp files, since it brings the JSON library with it; any thread.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace stepwise {

// What our files say they were written for: the version whose format they follow.
inline constexpr const char* kDiffusersVersion = "0.40.0";

// The object in the text. The bare tokens NaN, Infinity and -Infinity, which Python writes, become
// null. Throws Error if it is not JSON, not an object, has a key twice, or is nested deeper or
// packed denser than anyone needs.
nlohmann::json parse_object(std::string_view text, const std::string& name);

// Reads one object key by key. A missing key leaves the value as it is, and so does null, unless
// said otherwise.
class ObjectReader {
 public:
  ObjectReader(const nlohmann::json& object, std::string name);

  void read(const char* key, bool& value);
  void read(const char* key, std::int64_t& value);
  void read(const char* key, std::uint64_t& value);
  void read(const char* key, int& value);
  void read(const char* key, double& value);
  void read(const char* key, std::string& value);
  void read(const char* key, std::vector<std::int64_t>& value);
  void read(const char* key, std::vector<std::string>& value);
  void read(const char* key, std::optional<std::int64_t>& value);  // null: nothing.
  void read_or_null(const char* key, std::string& value);          // null: the empty text.

  // The value of a key, or nullptr where it is missing or null.
  const nlohmann::json* find(const char* key);

  // Keys nobody asked for, those beginning with '_' left out.
  std::vector<std::string> unread() const;

  [[noreturn]] void refuse(const char* key, const nlohmann::json& value, const char* wanted) const;

 private:
  std::int64_t integer(const char* key, const nlohmann::json& value, const char* wanted) const;

  const nlohmann::json& object_;
  std::string name_;
  std::set<std::string> seen_;
};

}  // namespace stepwise
