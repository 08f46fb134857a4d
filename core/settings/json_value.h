// Plain values as JSON and back, by the lists of fields.h: an enum is its name, what has an id is
// that text, a struct an object of its fields, an optional value null or itself, a variant an
// object whose one key names the alternative. For .cpp files, since it brings the JSON library with
// it; any thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "error.h"
#include "fields.h"

namespace stepwise {

template <class T>
inline constexpr bool kIsOptional = false;
template <class T>
inline constexpr bool kIsOptional<std::optional<T>> = true;
template <class T>
inline constexpr bool kIsVector = false;
template <class T>
inline constexpr bool kIsVector<std::vector<T>> = true;
template <class T>
inline constexpr bool kIsVariant = false;
template <class... T>
inline constexpr bool kIsVariant<std::variant<T...>> = true;

// "Paint" of stepwise::Paint, as gcc and clang spell it: "... [with T = stepwise::Paint; ...]".
template <class T>
constexpr std::string_view type_name() {
  std::string_view name = __PRETTY_FUNCTION__;
  name.remove_prefix(name.find("T = ") + 4);
  name = name.substr(0, name.find_first_of(";]"));
  return name.substr(name.rfind(':') + 1);
}

template <class T>
nlohmann::json value_of(const T& value) {
  using nlohmann::json;
  if constexpr (std::is_enum_v<T> || HasId<T>) {
    return id_of(value);
  } else if constexpr (kIsOptional<T>) {
    return value ? value_of(*value) : json();
  } else if constexpr (kIsVector<T>) {
    json list = json::array();
    for (const auto& item : value) list.push_back(value_of(item));
    return list;
  } else if constexpr (kIsVariant<T>) {
    return std::visit(
        []<class Held>(const Held& held) {
          return json{{std::string(type_name<Held>()), value_of(held)}};
        },
        value);
  } else if constexpr (std::is_same_v<T, std::filesystem::path>) {
    return value.string();
  } else if constexpr (HasFields<T>) {
    json object = json::object();
    visit_fields(
        value, [&](const char* key, const auto& field, auto...) { object[key] = value_of(field); });
    return object;
  } else {
    return value;
  }
}

// Where a value stands, for messages, and whether a field that is not understood or out of its
// range is passed over: it stays as it was then, and so does a struct that its check() refuses.
struct JsonPlace {
  std::string_view file;
  const char* key;
  bool lenient = false;
};

// Throws Error: "Cannot read 'FILE': KEY is VALUE, but should be WANTED."
[[noreturn]] void refuse(const nlohmann::json& value, const JsonPlace& place,
                         std::string_view wanted);

// Python writes whole numbers as fractions at times, and the other way round.
std::int64_t whole_number(const nlohmann::json& from, const JsonPlace& place);

void read_value(const nlohmann::json& from, bool& value, const JsonPlace& place);
void read_value(const nlohmann::json& from, int& value, const JsonPlace& place);
void read_value(const nlohmann::json& from, std::int64_t& value, const JsonPlace& place);
void read_value(const nlohmann::json& from, std::uint64_t& value, const JsonPlace& place);
void read_value(const nlohmann::json& from, float& value, const JsonPlace& place);
void read_value(const nlohmann::json& from, double& value, const JsonPlace& place);
void read_value(const nlohmann::json& from, std::string& value, const JsonPlace& place);
void read_value(const nlohmann::json& from, std::filesystem::path& value, const JsonPlace& place);

template <class T>
void read_value(const nlohmann::json& from, T& value, const JsonPlace& place);

template <class... T>
void read_alternative(const nlohmann::json& from, std::variant<T...>& value,
                      const JsonPlace& place) {
  const auto take = [&]<class Held>(Held held) {
    const auto found = from.find(std::string(type_name<Held>()));
    if (found == from.end()) return false;
    read_value(*found, held, place);
    value = std::move(held);
    return true;
  };
  if (!from.is_object() || from.size() != 1 || !(take(T{}) || ...))
    refuse(from, place, "an object of one known key");
}

// One field of an object, if it is there. Null is no value but for what is optional.
template <class T, class... Limits>
void read_field(const nlohmann::json& object, T& field, const JsonPlace& place, Limits... limits) {
  const auto found = object.find(place.key);
  if (found == object.end() || (found->is_null() && !kIsOptional<T>)) return;
  try {
    T next = field;
    read_value(*found, next, place);
    if (place.lenient) {
      (limits.check(place.key, next), ...);
      if constexpr (HasFields<T> && requires { check(next); }) check(next);
    }
    field = std::move(next);
  } catch (const Error&) {
    if (!place.lenient) throw;
  }
}

template <class T>
void read_value(const nlohmann::json& from, T& value, const JsonPlace& place) {
  if constexpr (std::is_enum_v<T>) {
    const auto known =
        from.is_string() ? named<T>(from.get_ref<const std::string&>()) : std::nullopt;
    if (!known) refuse(from, place, "one of: " + all_names<T>());
    value = *known;
  } else if constexpr (HasId<T>) {
    if (!from.is_string()) refuse(from, place, "text");
    in_context(text_of("Cannot read '", place.file, "': ", place.key, ": "),
               [&] { read_id(from.get_ref<const std::string&>(), value); });
  } else if constexpr (kIsOptional<T>) {
    if (from.is_null()) return value.reset();
    read_value(from, value.emplace(), place);
  } else if constexpr (kIsVector<T>) {
    if (!from.is_array()) refuse(from, place, "a list");
    value.clear();
    for (const nlohmann::json& item : from) read_value(item, value.emplace_back(), place);
  } else if constexpr (kIsVariant<T>) {
    read_alternative(from, value, place);
  } else {
    static_assert(HasFields<T>);
    if (!from.is_object()) refuse(from, place, "an object {...}");
    visit_fields(value, [&](const char* key, auto& field, auto... limits) {
      read_field(from, field, {place.file, key, place.lenient}, limits...);
    });
  }
}

}  // namespace stepwise
