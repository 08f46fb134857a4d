// What a model folder says besides what diffusers does: stepwise.json, of our own. Plain values, no
// torch; any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "fields.h"
#include "settings/degradation.h"
#include "settings/record.h"
#include "settings/sample_settings.h"
#include "settings/survival.h"
#include "settings/trade_off.h"

namespace stepwise {

// stepwise.json. Folders that others made have none: all fields then keep these defaults.
struct StepwiseInfo {
  std::string name;                      // As shown.
  std::string data;                      // The data set it was trained on: its name,
  DataRecord data_set;                   //   and where it lay and what it was, where known.
  std::vector<std::string> class_names;  // In the order of the labels.
  std::int64_t null_class = -1;          // The label that asks for nothing; -1: there is none.
  double sigma_data = 0.5;               // Standard deviation of the training pictures.
  // What it undoes; of others than noise there is no scheduler beside it.
  DegradationStack degradation = Degradation::kNoise;
  double learned_up_to = 0;         // The highest noise level it was last trained on; 0: any.
  SampleSettings defaults;          // What it samples best with.
  std::uint64_t seed = 0;           // Of its training.
  std::vector<Survival> survival;   // Of strokes; empty: not measured.
  std::vector<TradeOff> trade_off;  // Of changes of class; empty: not measured.
  std::string training = "{}";      // A JSON object of the trainer's own: recipe and history.

  bool operator==(const StepwiseInfo&) const = default;
};
STEPWISE_FIELDS(StepwiseInfo, name, data, data_set, class_names, null_class, sigma_data,
                degradation, learned_up_to, defaults, seed, survival, trade_off, training)

// Bytes of such a file, at most: training histories are long.
inline constexpr std::size_t kMaxInfo = std::size_t{1} << 26;

StepwiseInfo stepwise_info_of(std::string_view json, const std::string& name);
std::string json_of(const StepwiseInfo& info);

}  // namespace stepwise
