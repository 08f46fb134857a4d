// Each pixel goes back to its own noise level, and what does not go back stays as it is.
#include "editing/rewind.h"

#include <gtest/gtest.h>

#include "diffusion/each_sampler.h"
#include "painting/level_map.h"
#include "trees.h"

namespace stepwise {
namespace {

constexpr int kRewound = 1;

// Its network sees each pixel alone.
SharedModel model_of_pixels() {
  const auto network = [](const Tensor& x, const Tensor&, const Conditioning&) -> Tensor {
    return torch::tanh(2 * x);
  };
  Model model;
  model.classes = {kClasses};
  model.shape = {1, 4, 4};
  return model_of(network, std::move(model));
}

void run_to_end(Forest& tree, BranchId id) {
  while (!tree.branch(id).finished()) tree.advance(id);
}

Forest finished_tree(SamplerKind kind, const SharedModel& model) {
  Forest tree = tree_of(settings_for(kind), model);
  run_to_end(tree, 0);
  return tree;
}

BranchId finished_fork(Forest& tree, const Edit& edit) {
  const Branch& parent = tree.branch(edit.branch);
  const BranchId id = tree.fork(edit, parent.settings, parent.conditions[kRewound], parent.model);
  run_to_end(tree, id);
  return id;
}

Edit rewinding(BranchId branch, int step, const Shape& shape, double sigma) {
  Edit edit;
  edit.branch = branch;
  edit.step = step;
  edit.picture = kRewound;
  edit.noise_seed = 5;
  edit.layers = {{shape, Rewind{sigma}}};
  return edit;
}

const Shape kTopRow = Stroke{{{0, 0.5f}, {4, 0.5f}}, 1, 0};

Tensor end_of(Forest& tree, BranchId id) { return tree.lookup(id, 6, kRewound).x; }

TEST_P(EachSampler, OneLevelEverywhereIsThePictureWithNewNoiseFromThere) {
  const SharedModel model = model_with_network();
  Forest tree = finished_tree(kind(), model);
  const double sigma = tree.branch(0).sigma(2);
  const BranchId id = finished_fork(tree, rewinding(0, 6, Everywhere{}, sigma));
  const Branch& branch = tree.branch(id);
  ASSERT_EQ(branch.fork, 2);
  const Tensor y = end_of(tree, 0).unsqueeze(0);
  const PictureNoise noise(5, {kRewound}), own(branch.settings.seed, {kRewound});
  Tensor x = y + sigma * noise.like(NoiseUse::kEdit, 2, y);
  const Denoise denoise = model->denoiser({{1}}, branch.settings);
  History history;
  for (int step = 2; step < 6; ++step)
    x = sampler_step(branch.settings, branch.levels, step, denoise, x, history,
                     step_noise(own, step))
            .x;
  EXPECT_TRUE(torch::equal(end_of(tree, id), x[0]));
}

TEST_P(EachSampler, WhatDoesNotGoBackStaysToTheBit) {
  Forest tree = finished_tree(kind(), model_with_network());
  const BranchId id = finished_fork(tree, rewinding(0, 6, kTopRow, tree.branch(0).sigma(2)));
  const Tensor before = end_of(tree, 0)[0], after = end_of(tree, id)[0];
  EXPECT_TRUE(torch::equal(after.slice(0, 1), before.slice(0, 1)));
  EXPECT_FALSE(torch::equal(after[0], before[0]));
}

TEST_P(EachSampler, WhatGoesBackFaresAsIfAllDidWhereTheNetworkSeesItAlone) {
  if (kind() == SamplerKind::kPredictorCorrector)
    GTEST_SKIP() << "How far it corrects depends on all of the picture.";
  Forest tree = finished_tree(kind(), model_of_pixels());
  const double sigma = tree.branch(0).sigma(2);
  const BranchId part = finished_fork(tree, rewinding(0, 6, kTopRow, sigma));
  const BranchId all = finished_fork(tree, rewinding(0, 6, Everywhere{}, sigma));
  EXPECT_TRUE(torch::equal(end_of(tree, part)[0][0], end_of(tree, all)[0][0]));
}

TEST_P(EachSampler, APixelThatIsLetGoLaterFaresAsIfAllHadGoneBackSoFar) {
  Forest tree = finished_tree(kind(), model_of_pixels());
  Edit edit = rewinding(0, 6, kTopRow, tree.branch(0).sigma(1));
  edit.layers.push_back({dot(2, 3), Rewind{tree.branch(0).sigma(3)}});
  const BranchId id = finished_fork(tree, edit);
  ASSERT_EQ(tree.branch(id).fork, 1);
  // The same without the first row, from a tree whose noise is that of the other.
  const Branch& branch = tree.branch(id);
  const Tensor y = end_of(tree, 0).unsqueeze(0);
  const PictureNoise noise(5, {kRewound}), own(branch.settings.seed, {kRewound});
  Tensor x = y + branch.sigma(3) * noise.like(NoiseUse::kEdit, 1, y);
  History history;
  for (int step = 3; step < 6; ++step)
    x = sampler_step(branch.settings, branch.levels, step,
                     branch.model->denoiser({{1}}, branch.settings), x, history,
                     step_noise(own, step))
            .x;
  EXPECT_FLOAT_EQ(end_of(tree, id)[0][3][2].item<float>(), x[0][0][3][2].item<float>());
}

TEST(Rewind, InTheMiddleTheRestArrivesAsItWasAndGoesOn) {
  Forest tree = finished_tree(SamplerKind::kEuler, model_of_pixels());
  const BranchId id = finished_fork(tree, rewinding(0, 4, kTopRow, tree.branch(0).sigma(1)));
  ASSERT_EQ(tree.branch(id).fork, 1);
  for (const int step : {4, 6}) {
    const Tensor before = tree.lookup(0, step, kRewound).x[0];
    const Tensor after = tree.lookup(id, step, kRewound).x[0];
    EXPECT_TRUE(torch::allclose(after.slice(0, 1), before.slice(0, 1), 1e-5, 1e-5)) << step;
    EXPECT_FALSE(torch::allclose(after[0], before[0], 1e-2, 1e-2)) << step;
  }
}

TEST(Rewind, HoldsEachPixelToThePictureUntilItsLevel) {
  Forest tree = finished_tree(SamplerKind::kHeun, model_with_network());
  const Gradient down{{0, 0.5f}, {0, 4}};
  const BranchId id = finished_fork(tree, rewinding(0, 6, down, tree.branch(0).sigma(0)));
  const Rewound& back = tree.branch(id).back;
  ASSERT_EQ(back.step, 0);
  const Tensor y = end_of(tree, 0)[0];
  for (int step = 0; step <= 6; ++step) {
    const double sigma = tree.branch(id).sigma(step);
    const Tensor held = back.levels < sigma, guess = tree.lookup(id, step, kRewound).guess[0];
    EXPECT_TRUE(torch::equal(guess.masked_select(held), y.masked_select(held))) << step;
    EXPECT_FALSE(guess.masked_select(~held).equal(y.masked_select(~held))) << step;
  }
  EXPECT_GT(back.levels[1][0].item<double>(), back.levels[2][0].item<double>());
}

TEST(Rewind, LetsGoAtTheNextHigherStepAndNeverAfterTheEdit) {
  Forest tree = finished_tree(SamplerKind::kEuler, model_with_network());
  const Branch& root = tree.branch(0);
  const auto begins = [&](int step, double sigma) {
    const Edit edit = rewinding(0, step, kTopRow, sigma);
    return tree.forked(edit, root.settings, {1}, root.model).fork;
  };
  const double between = (root.sigma(2) + root.sigma(3)) / 2;
  EXPECT_EQ(begins(6, between), 2);
  EXPECT_EQ(begins(6, root.sigma(3)), 3);
  EXPECT_EQ(begins(6, 100), 0);
  EXPECT_EQ(begins(2, root.sigma(3)), 2);
}

TEST(Rewind, IsTheSameComputedAgain) {
  Forest tree = finished_tree(SamplerKind::kDpmPlusPlus2MSde, model_with_network());
  const Edit edit = rewinding(0, 5, Gradient{{0, 0}, {4, 0}}, tree.branch(0).sigma(0));
  const BranchId a = finished_fork(tree, edit), b = finished_fork(tree, edit);
  expect_same_frames(tree.branch(a), tree.branch(b));
  Edit other = edit;
  other.noise_seed = 6;
  EXPECT_FALSE(torch::equal(end_of(tree, finished_fork(tree, other)), end_of(tree, a)));
}

TEST(Rewind, BeforeTheForkOfItsBranchLeavesTheBranchAbove) {
  Forest tree = finished_tree(SamplerKind::kEuler, model_with_network());
  const BranchId child = finished_fork(tree, paint(0, 4, kRewound));
  const BranchId late = finished_fork(tree, rewinding(child, 6, kTopRow, tree.branch(0).sigma(5)));
  const BranchId early = finished_fork(tree, rewinding(child, 6, kTopRow, tree.branch(0).sigma(1)));
  EXPECT_EQ(tree.branch(late).parent, child);
  EXPECT_EQ(tree.branch(early).parent, 0);
  const Tensor kept = end_of(tree, child)[0].slice(0, 1);
  EXPECT_TRUE(torch::equal(end_of(tree, early)[0].slice(0, 1), kept));
  EXPECT_TRUE(torch::equal(end_of(tree, late)[0].slice(0, 1), kept));
}

TEST(LevelMap, IsEmptyWhereNothingGoesBack) {
  EXPECT_TRUE(levels_by({flood(1), {dot(1, 1), Erase{}}}, 4, 4).empty());
  Layer hidden{dot(1, 1), Rewind{3}};
  hidden.hidden = true;
  EXPECT_TRUE(levels_by({hidden}, 4, 4).empty());
}

TEST(LevelMap, HasTheLastLayerOnTop) {
  const Image map =
      levels_by({{Everywhere{}, Rewind{5}}, {dot(1, 2), Rewind{0.5}}, {dot(3, 3), Erase{}}}, 4, 4);
  EXPECT_NEAR(map.at(0, 0), 5, 1e-4);
  EXPECT_NEAR(map.at(2, 1), 0.5, 1e-5);
  EXPECT_EQ(map.at(3, 3), 0);
}

TEST(LevelMap, OfAGradientPassesAllLevelsAlike) {
  const Image map = levels_by({{Gradient{{0.5f, 0}, {3.5f, 0}}, Rewind{10}}}, 1, 4);
  EXPECT_NEAR(map.at(0, 0), 10, 1e-3);
  EXPECT_NEAR(map.at(0, 1) / map.at(0, 0), map.at(0, 2) / map.at(0, 1), 0.02);
  EXPECT_EQ(map.at(0, 3), 0);
}

TEST(LevelMap, RefusesLevelsThatAreNone) {
  for (const double sigma : {-1., 0., 1e9, double(NAN)})
    EXPECT_THROW(check(Layers{{Everywhere{}, Rewind{sigma}}}), Error) << sigma;
}

}  // namespace
}  // namespace stepwise
