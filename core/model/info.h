// What a model folder says besides its weights: stepwise.json, of our own, and diffusers'
// scheduler_config.json. Plain values, no torch; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "data/record.h"
#include "diffusion/settings.h"

namespace stepwise {

// stepwise.json. Folders that others made have none: all fields then keep these defaults.
struct StepwiseInfo {
  std::string name;                      // As shown.
  std::string data;                      // The data set it was trained on: its name,
  DataRecord data_set;                   //   and where it lay and what it was, where known.
  std::vector<std::string> class_names;  // In the order of the labels.
  std::int64_t null_class = -1;          // The label that asks for nothing; -1: there is none.
  double sigma_data = 0.5;               // Standard deviation of the training pictures.
  SampleSettings defaults;               // What it samples best with.
  std::uint64_t seed = 0;                // Of its training.
  std::string training = "{}";           // A JSON object of the trainer's own: recipe and history.

  bool operator==(const StepwiseInfo&) const = default;
};

StepwiseInfo stepwise_info_of(std::string_view json, const std::string& name);
std::string json_of(const StepwiseInfo& info);

// scheduler_config.json: how the network's output becomes a guess. The fields are those of
// EDMEulerScheduler, our own models'; other classes keep their keys in `json`.
struct SchedulerInfo {
  std::string class_name = "EDMEulerScheduler";  // Empty: a folder without a scheduler.
  std::string prediction_type = "epsilon";       // Or v_prediction, sample.
  std::string sigma_schedule = "karras";
  std::string final_sigmas_type = "zero";
  std::int64_t num_train_timesteps = 1000;
  double sigma_min = 0.002;
  double sigma_max = 80;
  double sigma_data = 0.5;
  double rho = 7;
  std::string json = "{}";  // The whole file, strict JSON: bare Infinity and NaN have become null.
};

SchedulerInfo scheduler_info_of(std::string_view json, const std::string& name);
std::string json_of(const SchedulerInfo& scheduler);

}  // namespace stepwise
