// The pictures that a run in training draws now and then from always the same noise, in pieces
// between its steps. Worker thread.
#pragma once

#include <chrono>
#include <optional>
#include <vector>

#include "diffusion/draw.h"
#include "engine/events.h"
#include "training/trainer.h"

namespace stepwise {

class LiveGallery {
 public:
  explicit LiveGallery(int classes);

  const std::vector<Condition>& conditions() const { return conditions_; }
  bool begun() const { return begun_; }  // One at least.
  // Whether it is time for the next one: as often as the recipe says, or seldomer where drawing
  // them took long.
  bool due(const Recipe& recipe) const;

  void begin(const Trainer& trainer, SharedModel model);
  bool under_way() const { return drawing_.has_value(); }
  // A piece; with the last one the pictures, [N, C, H, W]. What cannot be drawn is left out, and
  // told.
  std::optional<torch::Tensor> step(const Emit& emit);
  void stop() { drawing_.reset(); }

 private:
  using Clock = std::chrono::steady_clock;

  std::vector<Condition> conditions_;
  std::optional<Drawing> drawing_;
  bool begun_ = false;
  Clock::duration cost_{};  // Of the pieces of this one, or of the last.
  Clock::time_point next_ = Clock::now();
};

}  // namespace stepwise
