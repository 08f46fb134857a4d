// Which keys each scheduler class of diffusers 0.40 has, and what they are where a file does not
// say. Files often hold more: X.from_config(y.config) keeps the keys of Y, which X never looks at.
// For .cpp files; any thread.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "model/scheduler_config.h"
#include "settings/json.h"

namespace stepwise {

struct KnownScheduler {
  std::string_view name;
  SchedulerClass as;  // What it is sampled as.
  bool is_here;       // Whether that is the same mathematics, not only the same noise in training.
  std::array<std::string_view, 5> keys;  // JSON members; later ones replace earlier ones.
};

// nullptr: diffusers has no such class, or one whose noise is of a form that is not here.
const KnownScheduler* known_scheduler(std::string_view name);

// All keys of the class, with its defaults.
nlohmann::json defaults_of(const KnownScheduler& scheduler);

// What a file says to its own class.
struct OwnKeys {
  nlohmann::json object;  // All keys of the class, with its defaults where none is said.
  std::vector<std::string> left_over;  // Keys that other classes have.
  std::vector<std::string> unknown;    // Keys that no class has.
};
OwnKeys own_keys(const KnownScheduler& scheduler, const nlohmann::json& file);

}  // namespace stepwise
