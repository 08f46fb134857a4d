// A number beside a control: a press on it opens a field there to type it. Enter takes what was
// typed; Esc, or a press elsewhere, leaves the number as it was. What is out of range is taken as
// the nearest value that is not, and that is said. Window thread only.
#pragma once

#include <imgui.h>

#include <optional>
#include <string_view>

#include "range.h"

namespace stepwise::app {

// What was typed, by how it lies to the range.
enum class Typed { kWithin, kLess, kMore, kNoNumber };

// The value that it is taken as; nothing where it is no number. What stands behind the number is
// not read.
template <class T>
struct Reading {
  Typed typed = Typed::kNoNumber;
  std::optional<T> value;
};
template <class T>
Reading<T> read_number(std::string_view words, Range<T> range);

// The item's number is typed from now on, in its field.
void begin_typing(ImGuiID item);
bool is_typed(ImGuiID item);

// What the explanation of a row says of its number.
inline constexpr const char* kTypeHint = "A press on the number, or Ctrl+click, types it";

// The number of an item in its rectangle, as it is written: at the right edge (`align` 1) or in the
// middle (0.5). True when another one was typed. An int, a float or a double.
template <class T>
bool number_field(ImGuiID item, ImVec2 min, ImVec2 max, const char* words, float align, T& value,
                  Range<T> range);

}  // namespace stepwise::app
