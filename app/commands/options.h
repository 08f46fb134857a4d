// Options that several commands have. Those whose value is a number are read strictly and the same
// with every version of CLI11, which by itself takes "" for 0, -1 for a large number and 010 for 8.
#pragma once

#include <CLI/CLI.hpp>

#include <charconv>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "error.h"
#include "range.h"
#include "settings/source.h"

namespace stepwise {

inline constexpr Range<std::uint64_t> kSeed{0, std::numeric_limits<std::uint64_t>::max()};

// The number that all of the text says, in decimal digits and within the range; nothing else.
template <class T>
std::optional<T> number_in(const std::string& text, Range<T> range) {
  T value{};
  const char* const end = text.data() + text.size();
  const auto [at, error] = std::from_chars(text.data(), end, value);
  const bool whole = error == std::errc() && at == end;
  return whole && range.holds(value) ? std::optional(value) : std::nullopt;
}

// Adds an option for a number; what is none or lies outside is refused with the range. `value` is a
// T, whose value before is the default, or a std::optional<T>.
template <class T, class Value>
CLI::Option* add_number(CLI::App& app, const std::string& name, Value& value, Range<T> range,
                        const std::string& help) {
  const auto take = [&value, name, range](const std::string& text) {
    const std::optional<T> number = number_in(text, range);
    constexpr const char* kKind =
        std::numeric_limits<T>::is_integer ? "a whole number" : "a number";
    if (!number)
      throw CLI::ValidationError(
          name, text_of("'", text, "' is not ", kKind, " from ", range.min, " to ", range.max));
    value = *number;
  };
  CLI::Option* option = app.add_option_function<std::string>(name, take, help)->type_name("N");
  if constexpr (std::is_same_v<Value, T>) option->default_str(text_of(value));
  return option;
}

// Adds --data, --transpose, --reshape and --size, which fill `source`; it must outlive the parsing.
std::vector<CLI::Option*> add_data_options(CLI::App& command, DataSource& source);

// Adds --more, --more-share and --corrections, of the same.
std::vector<CLI::Option*> add_more_options(CLI::App& command, DataSource& source);

// Throws CLI::ValidationError if an argument is empty, or what stands behind a "=": an unset
// variable of a script.
void refuse_empty_values(int argc, char** argv);

}  // namespace stepwise
