// Trains a small network on a data set and writes it as a new file. Worker thread.
#pragma once

#include <filesystem>
#include <memory>

#include "engine/job.h"
#include "evaluation/classifier_training.h"
#include "evaluation/meter_training.h"
#include "image/output.h"
#include "session/trained_on.h"

namespace stepwise {

inline std::string words_for(const ClassifierTraining& training) {
  return text_of("epoch ", training.epoch() + 1, ", loss ", training.loss());
}
inline std::string words_for(const MeterTraining& training) {
  return text_of("loss ", training.loss());
}

inline Event trained(const std::filesystem::path& file, const Classifier& classifier) {
  return ClassifierTrained{file, classifier.accuracy};
}
inline Event trained(const std::filesystem::path& file, const Meter& meter) {
  return MeterTrained{file, meter.error};
}

template <class Training>
class NetworkJob : public Job {
 public:
  // Without `out` it is written into `folder`, where it is found again. Throws Error where it
  // cannot be.
  NetworkJob(const std::filesystem::path& out, const std::filesystem::path& folder,
             const std::shared_ptr<const Dataset>& data)
      : out_(out.empty() ? place_for(folder, record_of(*data)) : out), training_(data) {
    check_output(out_, {".safetensors"});
  }

  bool step(const Emit& emit) override {
    if (training_.step()) {
      emit(Progress{training_.fraction(), words_for(training_)});
      return true;
    }
    auto network = training_.result();
    const Written written = write_output(out_, encode(network));
    if (!written.note.empty()) emit(Warning{written.note});
    emit(trained(written.path, network));
    return false;
  }

 private:
  const std::filesystem::path out_;
  Training training_;
};

}  // namespace stepwise
