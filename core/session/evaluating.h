// Long work without a trajectory to look at: drawing many pictures, and measuring them. Worker
// thread.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>

#include "diffusion/draw.h"
#include "diffusion/model.h"
#include "engine/job.h"
#include "evaluation/evaluation.h"
#include "session/blank.h"

namespace stepwise {

// Draws pictures and sends them off, a portion at a time.
class DrawJob : public Job {
 public:
  DrawJob(const SampleSettings& settings, std::vector<Condition> conditions, SharedModel model);
  bool step(const Emit& emit) override;

 private:
  Drawing drawing_;
  BlankPictures blank_;
};

// Draws pictures and compares them with the real ones.
class EvaluateJob : public Job {
 public:
  // `name`: of the model. `portion`: pictures that are drawn together; none: as many as suit.
  EvaluateJob(const SampleSettings& settings, SharedModel model, std::string name,
              std::shared_ptr<ReferenceSet> reference, std::optional<int> portion = {});
  bool step(const Emit& emit) override;

 private:
  bool draw(const Emit& emit);

  std::vector<Condition> conditions_;
  SampleSettings settings_;
  std::string name_;
  int networks_;
  std::shared_ptr<ReferenceSet> reference_;
  Drawing drawing_;
  BlankPictures blank_;
  std::vector<Tensor> pictures_;  // Those that are drawn, in portions.
  std::optional<EvaluationJob> comparison_;
  double seconds_ = 0;  // Of drawing.
};

}  // namespace stepwise
