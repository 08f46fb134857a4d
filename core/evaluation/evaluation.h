// How good a set of samples is, as figures: a job cut into short steps, on the thread that owns the
// tensors.
//
// FD is the Frechet distance of the samples to the reference. It depends on n and on the
// classifier, so it never comes alone: the floor is the FD of as many real pictures, and the
// noise-equivalent level says how much noise on those same real pictures gives the FD of the
// samples. These real pictures are *held*: test pictures (so neither the classifier nor the model
// has seen them), their classes in even shares. The reference is all training pictures.
#pragma once

#include <torch/types.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "data/dataset.h"
#include "evaluation/classifier.h"
#include "evaluation/figures.h"
#include "evaluation/frechet.h"
#include "fields.h"
#include "settings/condition.h"

namespace stepwise {

// Of the choice of held pictures and of the noise added to them.
inline constexpr std::uint64_t kEvaluationSeed = 1;

// What is known of so many held pictures: it is the same for all samples.
struct HeldFigures {
  int count = 0;
  double floor = 0;                     // As of Evaluation, and so are
  double nearest = 0;                   //   its real_nearest
  std::vector<double> noise_distances;  //   and these.
};
STEPWISE_FIELDS(HeldFigures, count, floor, nearest, noise_distances)

// A data set seen through a classifier. What is computed of the real pictures is computed once, by
// the first evaluation that needs it: keep it as long as the data set and the classifier stay the
// same. See reference_file.h for how it outlives the program.
struct ReferenceSet {
  std::shared_ptr<const Dataset> data;
  DataRecord record;  // Of data.
  Classifier classifier;
  Gaussian train;                      // Of all training pictures, the reference, and
  Features test;                       //   of all test pictures; undefined until computed.
  std::vector<HeldFigures> held = {};  // One of each number of samples so far.
  std::filesystem::path file = {};     // That all this is kept in; empty: it is not.
};

// Throws Error unless so many samples of this shape, {C, H, W}, can be measured: they must be of
// the size of the data set's pictures, and no more than there are test pictures to hold.
void check_comparable(const ReferenceSet& set, const std::vector<std::int64_t>& shape, int count);

class EvaluationJob {
 public:
  // `samples` [N, C, H, W] on the CPU; `conditions`: what each was asked to show. The classifier
  // must fit the data set. Throws Error for samples that are not comparable or not finite.
  EvaluationJob(std::shared_ptr<ReferenceSet> set, const torch::Tensor& samples,
                std::vector<Condition> conditions);
  ~EvaluationJob();

  bool step();                       // False when done.
  double fraction() const;           // 0 to 1.
  const std::string& stage() const;  // What is being done, in words.
  const Evaluation& result() const;  // Complete once step() has returned false.

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace stepwise
