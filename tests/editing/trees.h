// Small trees of branches to test with: three pictures of 4 x 4, six steps, four classes.
#pragma once

#include <gtest/gtest.h>

#include "diffusion/tensor_image.h"
#include "editing/forest.h"
#include "strokes.h"

namespace stepwise {

inline constexpr int kClasses = 4;

inline SampleSettings settings_for(SamplerKind kind) {
  SampleSettings settings;
  settings.sampler = kind;
  settings.count = 3;
  settings.steps = 6;
  settings.sigma_max = 10;
  settings.seed = 21;
  return settings;
}

// Pixels lean on their neighbours and on the label, so that nothing can be mixed up unnoticed.
inline Denoise denoiser_for(const std::vector<Condition>& conditions) {
  std::vector<float> labels;
  for (const Condition& c : conditions) labels.push_back(float(c.label.value_or(-2)));
  const Tensor shift = torch::tensor(labels).view({-1, 1, 1, 1}) / 10;
  return [=](const Tensor& x, double sigma) {
    if (sigma == 0) return x;
    return torch::tanh((x + 0.3 * x.roll(1, 3)) / (1 + sigma * sigma) + shift);
  };
}

// Of pictures of 4 x 4, for those who bring their own denoiser.
inline SharedModel model_of(int classes) {
  Model model;
  const auto network = [](const Tensor&, const Tensor&, const Conditioning&) -> Tensor {
    throw Error("There is no network.");
  };
  model.classes = {classes};
  model.shape = {1, 4, 4};
  return model_of(network, std::move(model));
}

// A forest of one tree, whose root is branch 0.
inline Forest tree_of(const SampleSettings& settings, SharedModel model,
                      std::int64_t budget = kUsualFrameBudget) {
  Forest forest(budget);
  forest.start(settings, dealt({}, model->classes.count, settings.count), model);
  return forest;
}

inline Forest tree_for(SamplerKind kind) { return tree_of(settings_for(kind), model_of(kClasses)); }

// Its network leans on its neighbours and on the label.
inline SharedModel model_with_network(std::vector<std::int64_t> shape = {1, 4, 4}) {
  const auto network = [](const Tensor& x, const Tensor&, const Conditioning& asked) -> Tensor {
    return torch::tanh(x + x.roll(1, 3)) + 0.1 * asked.labels.to(torch::kFloat).view({-1, 1, 1, 1});
  };
  Model model;
  model.classes = {kClasses};
  model.shape = std::move(shape);
  return model_of(network, std::move(model));
}

inline void advance_to(Forest& tree, BranchId id, int step) {
  while (tree.branch(id).newest() < step)
    tree.advance(id, denoiser_for(tree.branch(id).own_conditions()));
}

inline void finish(Forest& tree, BranchId id) { advance_to(tree, id, tree.branch(id).steps()); }

// The guess with its first row painted white.
inline Edit paint(BranchId branch, int step, int picture) {
  Edit edit;
  edit.branch = branch;
  edit.step = step;
  edit.picture = picture;
  edit.layers = {{Stroke{{{0, 0.5f}, {4, 0.5f}}, 1, 0}, Paint{Surface::kGuess, 1}}};
  return edit;
}

inline void expect_same(const PictureAtStep& a, const PictureAtStep& b) {
  EXPECT_TRUE(torch::equal(a.x, b.x));
  EXPECT_TRUE(torch::equal(a.guess, b.guess));
  EXPECT_EQ(a.sigma, b.sigma);
  EXPECT_EQ(a.branch, b.branch);
}

inline void expect_same_frames(const Branch& a, const Branch& b) {
  ASSERT_EQ(a.frames.size(), b.frames.size());
  for (std::size_t i = 0; i < a.frames.size(); ++i) {
    EXPECT_TRUE(torch::equal(a.frames[i].x, b.frames[i].x)) << i;
    EXPECT_TRUE(torch::equal(a.frames[i].guess, b.frames[i].guess)) << i;
  }
}

}  // namespace stepwise
