// Trains a Classifier, one optimiser step at a time. On the thread that owns the tensors.
#pragma once

#include <cstdint>
#include <memory>

#include "data/dataset.h"
#include "evaluation/classifier.h"

namespace stepwise {

struct ClassifierSettings {
  int epochs = 16;
  std::int64_t batch = 128;
  double learning_rate = 4e-3;  // Peak of the one-cycle schedule.
  double weight_decay = 0.05;
  double smoothing = 0.1;  // Of the labels.
  std::uint64_t seed = 1;
};

class ClassifierTraining {
 public:
  ClassifierTraining(std::shared_ptr<const Dataset> data, const ClassifierSettings& settings = {});
  ~ClassifierTraining();

  bool step();              // One optimiser step; false when trained.
  double fraction() const;  // 0 to 1.
  double loss() const;      // Mean over the last steps.
  int epoch() const;        // Whole passes over the training pictures so far.

  // The network as it is now, with its accuracy on the test pictures.
  Classifier result();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace stepwise
