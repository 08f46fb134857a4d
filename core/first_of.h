// Long lists in messages. Any thread.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

namespace stepwise {

// The first `most` of the texts with commas between them, and how many more there are:
// "a, b and 3 more".
inline std::string first_of(const std::vector<std::string>& texts, std::size_t most) {
  std::string list;
  for (std::size_t i = 0; i < std::min(most, texts.size()); ++i)
    list += (i > 0 ? ", " : "") + texts[i];
  return texts.size() > most ? list + " and " + std::to_string(texts.size() - most) + " more"
                             : list;
}

}  // namespace stepwise
