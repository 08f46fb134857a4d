// The fields of plain structs and the names of enums, listed once for all that stores, sends or
// fills them. Below each struct stands
//
//   STEPWISE_FIELDS(Point, x, y)
//
// and beside each enum a table of its names,
//
//   constexpr const auto& names_of(Decay) { return kDecays; }
//
// whose entries are {value, name}. Any thread.
#pragma once

#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "first_of.h"

namespace stepwise {

// S itself, or one of several, const or not.
template <class T, class... S>
concept FieldsOf = (std::same_as<std::remove_const_t<T>, S> || ...);

// Makes of a list of fields
//
//   void visit_fields(FieldsOf<Point> auto& o, auto visit) {
//     visit("x", o.x);
//     visit("y", o.y);
//   }
//
// A macro, for the language cannot name the fields of a struct. Lists that say more of a field than
// its name, as the range that it must lie in, are written by hand.
#define STEPWISE_FIELDS(T, ...)                                                          \
  void visit_fields([[maybe_unused]] FieldsOf<T> auto& o, [[maybe_unused]] auto visit) { \
    __VA_OPT__(STEPWISE_RESCAN(STEPWISE_VISIT(__VA_ARGS__)))                             \
  }

// One field and, when they are scanned again, the others: 64 at most.
#define STEPWISE_VISIT(name, ...) \
  visit(#name, o.name);           \
  __VA_OPT__(STEPWISE_OTHERS STEPWISE_PARENS(__VA_ARGS__))
#define STEPWISE_OTHERS() STEPWISE_VISIT
#define STEPWISE_PARENS ()
#define STEPWISE_RESCAN(...) \
  STEPWISE_RESCAN_16(STEPWISE_RESCAN_16(STEPWISE_RESCAN_16(STEPWISE_RESCAN_16(__VA_ARGS__))))
#define STEPWISE_RESCAN_16(...) \
  STEPWISE_RESCAN_4(STEPWISE_RESCAN_4(STEPWISE_RESCAN_4(STEPWISE_RESCAN_4(__VA_ARGS__))))
#define STEPWISE_RESCAN_4(...) \
  STEPWISE_ONCE(STEPWISE_ONCE(STEPWISE_ONCE(STEPWISE_ONCE(__VA_ARGS__))))
#define STEPWISE_ONCE(...) __VA_ARGS__

template <class T>
concept HasFields = requires(T& value) {
  visit_fields(value, [](const char*, auto&, auto...) {});
};

template <class E>
concept HasNames = std::is_enum_v<E> && requires(E value) {
  names_of(value);
};

template <class E>
using Named = std::pair<E, std::string_view>;

// What stands for the value in files and messages; empty for a number that is none of the enum.
template <HasNames E>
constexpr std::string_view id_of(E value) {
  for (const auto& [known, name] : names_of(value))
    if (known == value) return name;
  return {};
}

template <HasNames E>
std::optional<E> named(std::string_view id) {
  for (const auto& [known, name] : names_of(E{}))
    if (name == id) return known;
  return std::nullopt;
}

// What is a class and yet one text in files and messages: id_of(value) gives it, and read_id(text,
// value) takes it or throws Error.
template <class T>
concept HasId = std::is_class_v<T> && requires(T& value, std::string_view text) {
  { id_of(value) } -> std::convertible_to<std::string>;
  read_id(text, value);
};

// "linear, cosine"
template <HasNames E>
std::string all_names() {
  return joined(names_of(E{}), &Named<E>::second);
}

}  // namespace stepwise
