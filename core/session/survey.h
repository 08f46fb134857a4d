// Whether a model is better than the ideal denoiser cannot be seen from one picture: their errors
// over many test pictures, at one noise level after the other. Worker thread.
#pragma once

#include <memory>
#include <vector>

#include "data/idx.h"
#include "diffusion/model.h"
#include "engine/job.h"
#include "evaluation/ideal.h"

namespace stepwise {

class SurveyJob : public Job {
 public:
  // `same_classes`: the classes of the model are those of the pictures, so the ideal denoiser is
  // told what the model is told.
  SurveyJob(Survey command, SharedModel model, const Pictures& test,
            std::shared_ptr<const IdealDenoiser> ideal, bool same_classes);

  // A few pictures at one level.
  bool step(const Emit& emit) override;

 private:
  void compare(std::int64_t first, std::int64_t last, double sigma);
  Surveyed surveyed(double sigma) const;

  Survey command_;
  SharedModel model_;
  std::shared_ptr<const IdealDenoiser> ideal_;
  std::vector<Condition> told_, known_;  // To the model and to the ideal denoiser.
  Tensor clean_, noise_;                 // [count, C, H, W]
  std::int64_t portion_;                 // Pictures at once.
  std::size_t level_ = 0;
  std::int64_t done_ = 0;               // Pictures at this level, and
  Tensor guess_errors_, ideal_errors_;  //   the errors of all, [count].
};

}  // namespace stepwise
