// The noise meter of the pictures that a model was trained on, and how one is made. Worker thread.
#pragma once

#include <filesystem>
#include <memory>

#include "engine/job.h"
#include "evaluation/meter.h"
#include "evaluation/meter_training.h"
#include "settings/record.h"

namespace stepwise {

// The first that was trained on these pictures, of those in the user's own folder and those that
// came with the program; nullptr where there is none.
std::shared_ptr<Meter> meter_for(const DataRecord& data, const std::filesystem::path& assets);

// Trains a meter and writes it.
class MeterJob : public Job {
 public:
  MeterJob(const TrainMeter& command, std::shared_ptr<const Dataset> data);
  bool step(const Emit& emit) override;

 private:
  std::filesystem::path out_;
  MeterTraining training_;
};

}  // namespace stepwise
