// A race of samplers: all draw the same pictures from the same noise with the same number of
// evaluations of D, and are compared with where a long run ends. Cut into steps, so that a worker
// can read its mail in between. Worker thread.
#pragma once

#include <memory>
#include <vector>

#include "diffusion/model.h"
#include "diffusion/sampler.h"

namespace stepwise {

// One sampler on its way from noise to pictures.
class Racer {
 public:
  Racer(const SampleSettings& settings, const std::vector<Condition>& conditions,
        const Model& model);

  void step();
  bool finished() const { return step_ == levels_.steps(); }

  SamplerKind sampler() const { return settings_.sampler; }
  int steps() const { return levels_.steps(); }  // In all.
  // The newest guess, or the finished pictures, [N, C, H, W]; and how often D had been evaluated
  // for each of them when it was known.
  const Tensor& guess() const { return guess_; }
  int evaluations() const { return known_at_; }

 private:
  SampleSettings settings_;
  Levels levels_;
  std::shared_ptr<int> evaluated_ = std::make_shared<int>(0);  // Times so far.
  Denoise denoise_;
  Tensor x_, guess_;
  History history_;
  int step_ = 0, known_at_ = 0;
};

class Racing {
 public:
  // Throws Error for settings out of range, for conditions that are not one for each picture, and
  // for samplers that cannot race with so many evaluations (settings/race.h).
  Racing(const SampleSettings& settings, const std::vector<Condition>& conditions,
         const std::vector<SamplerKind>& samplers, int evaluations, const Model& model);

  // Moves the reference, until that has come to its end; then of the samplers the one that is
  // behind the others. Returns which has come further, or nullptr when all have come to their end.
  const Racer* step();

  const Racer& reference() const { return reference_; }
  // From the guess of a racer to where the reference ends: root mean square over all pictures.
  double distance_of(const Racer& racer) const;
  double fraction() const;  // Of the evaluations, 0 to 1.

 private:
  Racer reference_;
  std::vector<Racer> racers_;
  double evaluations_;  // Of all, in the end.
};

}  // namespace stepwise
