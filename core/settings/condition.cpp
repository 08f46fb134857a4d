#include "settings/condition.h"

#include <algorithm>

namespace stepwise {

std::vector<Condition> dealt(const std::optional<Condition>& same, int classes, int count) {
  std::vector<Condition> all(std::size_t(count), same.value_or(Condition{}));
  if (!same && classes > 0)
    for (int i = 0; i < count; ++i) all[std::size_t(i)].label = i % classes;
  return all;
}

bool asks_for_classes(const std::vector<Condition>& conditions) {
  return std::ranges::any_of(conditions, [](const Condition& c) { return c.label.has_value(); });
}

}  // namespace stepwise
