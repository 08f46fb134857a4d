// Schedulers as their files describe them, and the levels they visit of their own accord.
#pragma once

#include <string>

#include "diffusion/levels.h"
#include "diffusion/scheduler_settings.h"

namespace stepwise {

inline Schedule schedule_with(const std::string& name, const std::string& keys = "") {
  const std::string json = R"({"_class_name": ")" + name + "\"" + keys + "}";
  return Schedule(scheduler_config_of(scheduler_info_of(json, name)));
}

inline Levels own_levels(const Schedule& schedule, int steps) {
  SampleSettings settings = settings_of(schedule);
  settings.steps = steps;
  return levels_of(settings, schedule);
}

// Keys of a solver for networks of flows.
inline const std::string kFlowKeys =
    R"(, "use_flow_sigmas": true, "prediction_type": "flow_prediction")";

}  // namespace stepwise
