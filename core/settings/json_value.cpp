#include "settings/json_value.h"

#include <cmath>
#include <limits>

namespace stepwise {

using nlohmann::json;

void refuse(const json& value, const JsonPlace& place, std::string_view wanted) {
  constexpr std::size_t kShownValue = 60;  // Characters of the value that the message repeats.
  std::string text = value.dump(-1, ' ', true, json::error_handler_t::replace);
  if (text.size() > kShownValue) text = text.substr(0, kShownValue) + "...";
  throw Error(text_of("Cannot read '", place.file, "': ", place.key, " is ", text,
                      ", but should be ", wanted, "."));
}

std::int64_t whole_number(const json& from, const JsonPlace& place) {
  if (from.is_number_unsigned()) {
    if (from.get<std::uint64_t>() <= std::uint64_t(std::numeric_limits<std::int64_t>::max()))
      return from.get<std::int64_t>();
  } else if (from.is_number_integer()) {
    return from.get<std::int64_t>();
  } else if (from.is_number_float()) {
    const double number = from.get<double>();
    if (std::abs(number) < 1e15 && number == std::floor(number)) return std::int64_t(number);
  }
  refuse(from, place, "a whole number");
}

void read_value(const json& from, bool& value, const JsonPlace& place) {
  if (!from.is_boolean()) refuse(from, place, "true or false");
  value = from.get<bool>();
}

void read_value(const json& from, std::int64_t& value, const JsonPlace& place) {
  value = whole_number(from, place);
}

void read_value(const json& from, int& value, const JsonPlace& place) {
  const std::int64_t number = whole_number(from, place);
  if (number != int(number)) refuse(from, place, "a smaller number");
  value = int(number);
}

void read_value(const json& from, std::uint64_t& value, const JsonPlace& place) {
  if (!from.is_number_unsigned()) refuse(from, place, "a whole number of at least 0");
  value = from.get<std::uint64_t>();
}

void read_value(const json& from, double& value, const JsonPlace& place) {
  if (!from.is_number()) refuse(from, place, "a number");
  value = from.get<double>();
}

void read_value(const json& from, float& value, const JsonPlace& place) {
  double number = 0;
  read_value(from, number, place);
  if (std::isfinite(number) && std::abs(number) > std::numeric_limits<float>::max())
    refuse(from, place, "a smaller number");
  value = float(number);
}

void read_value(const json& from, std::string& value, const JsonPlace& place) {
  if (!from.is_string()) refuse(from, place, "text");
  value = from.get<std::string>();
}

void read_value(const json& from, std::filesystem::path& value, const JsonPlace& place) {
  if (!from.is_string()) refuse(from, place, "a path");
  value = from.get<std::string>();
}

}  // namespace stepwise
