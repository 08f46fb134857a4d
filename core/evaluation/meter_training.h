// Trains a Meter, one optimiser step at a time. On the thread that owns the tensors.
#pragma once

#include <cstdint>
#include <memory>

#include "data/dataset.h"
#include "evaluation/meter.h"

namespace stepwise {

struct MeterSettings {
  std::int64_t steps = 2000;
  std::int64_t batch = 64;
  double learning_rate = 3e-3;  // At first; it falls along a cosine to 0.
  std::uint64_t seed = 1;
};

class MeterTraining {
 public:
  MeterTraining(std::shared_ptr<const Dataset> data, const MeterSettings& settings = {});
  ~MeterTraining();

  bool step();              // One optimiser step; false when trained.
  double fraction() const;  // 0 to 1.
  double loss() const;      // Mean over the last steps.

  // The network as it is now, with its error on the test pictures.
  Meter result();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace stepwise
