// Lists in messages. Any thread.
#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "error.h"

namespace stepwise {

// What the projection gives of each, printed with <<, and `between` between them: "a, b, c".
template <class List, class Projection = std::identity>
std::string joined(const List& list, Projection projection = {}, std::string_view between = ", ") {
  std::string text;
  for (bool first = true; const auto& item : list)
    text += text_of(std::exchange(first, false) ? "" : between, std::invoke(projection, item));
  return text;
}

// The first `most` of the texts with commas between them, and how many more there are:
// "a, b and 3 more".
inline std::string first_of(const std::vector<std::string>& texts, std::size_t most) {
  const std::string list = joined(std::span(texts).first(std::min(most, texts.size())));
  return texts.size() > most ? list + " and " + std::to_string(texts.size() - most) + " more"
                             : list;
}

}  // namespace stepwise
