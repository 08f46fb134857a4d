// What a picture is asked to show: a plain value, one per picture of a batch. No torch; free to
// cross threads.
#pragma once

#include <optional>
#include <vector>

#include "fields.h"

namespace stepwise {

struct Condition {
  std::optional<int> label;  // A class, from 0; none: nothing is asked for.

  bool operator==(const Condition&) const = default;
};
STEPWISE_FIELDS(Condition, label)

// What a front end deals out to `count` pictures: the same to all or, where none is named, all
// classes in turn: class i mod `classes` to picture i. A model of no classes is asked for nothing.
std::vector<Condition> dealt(const std::optional<Condition>& same, int classes, int count);

bool asks_for_classes(const std::vector<Condition>& conditions);  // Any of them.

}  // namespace stepwise
