// The pictures of a data set as tensors, dealt out in shuffled batches, and the noise that goes on
// them. A batch is a function of seed, step and what is corrected. Worker thread only.
#pragma once

#include <torch/types.h>

#include "data/dataset.h"
#include "diffusion/regression.h"
#include "settings/recipe.h"

namespace stepwise {

// Labelled pictures as bytes: on the CPU those of the data set itself, which may be mapped from a
// file, else a copy on the device.
struct PictureTensors {
  torch::Tensor pixels;  // [N, C, H, W] uint8
  torch::Tensor labels;  // [N] int64

  PictureTensors(const Pictures& pictures, torch::Device device);
  torch::Tensor clean(const torch::Tensor& indices) const;  // [n, C, H, W] in [-1, 1].
};

// Those that are learned from, one after the other: see learned_from(). On the CPU.
PictureTensors tensors_learned_from(const Dataset& data);

struct Batch {
  torch::Tensor clean;   // [B, C, H, W]
  torch::Tensor noise;   // The same shape.
  torch::Tensor sigma;   // [B]
  torch::Tensor labels;  // [B], the null class where the class was dropped.
};

// One of so many parts of a batch, as equal as they can be.
struct Share {
  std::int64_t part = 0, of = 1;

  std::int64_t first(std::int64_t batch) const { return part * batch / of; }
  std::int64_t count(std::int64_t batch) const { return (part + 1) * batch / of - first(batch); }
};

// What tells one batch from another.
struct BatchPlace {
  torch::Tensor all;       // [batch] int64: the places of its pictures in the whole run, from 0.
  torch::Tensor pictures;  // int64: of the share, which of the data set's.
};

// Of several processes each makes its share of a batch, and looks at no picture but those: so they
// share out a data set that is mapped, see data/pictures.h.
class Batches {
 public:
  // `regressor`: knows what levels there are.
  Batches(const Recipe& recipe, const Dataset& data, const Regressor& regressor);

  // From now on the recipe is this one; batch and seed stay.
  void change(const Recipe& recipe) { recipe_ = recipe; }

  // From now on they are of this data set: the same pictures, corrected otherwise. Where others are
  // left out, the order of an epoch is another one from here on.
  void learn_from(const Dataset& data);

  // That of a step, from 0, or a share of it. Every picture that is learned from comes once before
  // any comes twice.
  Batch of(std::int64_t step, Share share = {}) { return at(place_of(step, share), share); }

  // The same in two: what changes from step to step, and what is computed of it, by the same
  // operations each time.
  BatchPlace place_of(std::int64_t step, Share share);
  Batch at(const BatchPlace& place, Share share) const;

 private:
  torch::Tensor told_of(const torch::Tensor& pictures) const;  // Their classes.
  torch::Tensor indices_at(std::int64_t position, std::int64_t count);
  const torch::Tensor& order_of(std::int64_t epoch);

  Recipe recipe_;
  Regressor regressor_;
  PictureTensors train_;
  std::int64_t null_class_;
  torch::Tensor learned_;  // Which pictures are dealt out; undefined: all.
  torch::Tensor order_;    // Of the pictures in epoch_.
  std::int64_t epoch_ = -1;
};

}  // namespace stepwise
