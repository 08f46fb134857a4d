#include "editing/forest.h"

#include <gtest/gtest.h>

#include "diffusion/draw_all.h"
#include "diffusion/each_sampler.h"
#include "trees.h"

namespace stepwise {
namespace {

INSTANTIATE_TEST_SUITE_P(All, EachSampler, testing::ValuesIn(kSamplers), test_name);

Forest finished_tree(SamplerKind kind) {
  Forest tree = tree_for(kind);
  finish(tree, 0);
  return tree;
}

TEST_P(EachSampler, TheRootEndsWhereADrawingOfTheSameSettingsEnds) {
  const SampleSettings settings = settings_for(kind());
  const Forest tree = finished_tree(kind());
  const Tensor drawn = draw(
      Drawing(settings, dealt({}, kClasses, settings.count), model_with(denoiser_for, {1, 4, 4})));
  EXPECT_TRUE(torch::equal(tree.branch(0).frames.back().x, drawn));
}

TEST_P(EachSampler, FramesHoldTheGuessAtTheirOwnLevel) {
  const Forest tree = finished_tree(kind());
  const Branch& root = tree.branch(0);
  ASSERT_EQ(int(root.frames.size()), root.steps() + 1);
  const Denoise denoise = denoiser_for(root.own_conditions());
  for (int k = 0; k < root.steps(); ++k)
    EXPECT_TRUE(torch::equal(root.frames[k].guess, denoise(root.frames[k].x, root.sigma(k))));
  EXPECT_TRUE(torch::equal(root.frames.back().guess, root.frames.back().x));
  EXPECT_EQ(root.levels.sigmas.back(), 0);
}

TEST_P(EachSampler, CostsNoMoreEvaluationsThanADrawing) {
  Forest tree = tree_for(kind());
  int evaluations = 0;
  const Denoise denoise = denoiser_for(tree.branch(0).own_conditions());
  const Denoise counted = [&](const Tensor& x, double sigma) {
    return evaluations += sigma > 0, denoise(x, sigma);
  };
  while (!tree.branch(0).finished()) tree.advance(0, counted);
  EXPECT_EQ(evaluations, evaluations_per_picture(settings_for(kind())));
}

TEST_P(EachSampler, ABranchRunAgainGivesTheSamePixels) {
  Forest tree = finished_tree(kind());
  const Edit edit = paint(0, 2, 1);
  const BranchId first = tree.fork(edit, settings_for(kind()), {1}, model_of(kClasses));
  finish(tree, first);
  const BranchId second = tree.fork(edit, settings_for(kind()), {1}, model_of(kClasses));
  finish(tree, second);
  expect_same_frames(tree.branch(first), tree.branch(second));
}

TEST_P(EachSampler, PausingAndForkingInBetweenChangesNothing) {
  Forest paused = tree_for(kind());
  advance_to(paused, 0, 3);
  const BranchId fork = paused.fork(paint(0, 3, 0), settings_for(kind()), {0}, model_of(kClasses));
  finish(paused, fork);
  finish(paused, 0);
  expect_same_frames(paused.branch(0), finished_tree(kind()).branch(0));
}

TEST_P(EachSampler, AForkStartsWithACleanHistory) {
  Forest tree = finished_tree(kind());
  const BranchId id = tree.fork(paint(0, 3, 1), settings_for(kind()), {1}, model_of(kClasses));
  advance_to(tree, id, 4);
  const Branch& branch = tree.branch(id);
  const Denoise denoise = denoiser_for(branch.own_conditions());
  const PictureNoise noise(branch.settings.seed, std::vector<int>{1});
  History history;
  const Step step = sampler_step(branch.settings, branch.levels, 3, denoise, branch.frames[0].x,
                                 history, step_noise(noise, 3));
  EXPECT_TRUE(torch::equal(branch.frames[1].x, step.x));
}

TEST_P(EachSampler, AnEditThatChangesNothingForksThePictureItself) {
  Forest tree = finished_tree(kind());
  Edit edit = paint(0, 0, 1);
  edit.layers.clear();
  const BranchId id = tree.fork(edit, settings_for(kind()), {1}, model_of(kClasses));
  finish(tree, id);
  for (int step = 0; step <= 6; ++step)
    EXPECT_TRUE(torch::equal(tree.lookup(id, step, 1).x, tree.lookup(0, step, 1).x)) << step;
}

TEST_P(EachSampler, ADenoiserThatFailsLeavesTheBranchAsItWas) {
  Forest tree = tree_for(kind());
  const Denoise denoise = denoiser_for(tree.branch(0).own_conditions());
  for (int fails_at = 1; !tree.branch(0).finished(); ++fails_at) {
    int calls = 0;
    const Denoise failing = [&](const Tensor& x, double sigma) {
      if (++calls == 1 + fails_at % 2) throw Error("Out of memory.");
      return denoise(x, sigma);
    };
    try {
      tree.advance(0, failing);
    } catch (const Error&) {
      tree.advance(0, denoise);
    }
  }
  expect_same_frames(tree.branch(0), finished_tree(kind()).branch(0));
}

TEST(Forest, PictureKIsTheSameInABatchOfAnySize) {
  SampleSettings settings = settings_for(SamplerKind::kEulerAncestral);
  Forest three = tree_of(settings, model_of(kClasses));
  settings.count = 2;
  Forest two = tree_of(settings, model_of(kClasses));
  finish(three, 0);
  finish(two, 0);
  for (int picture = 0; picture < 2; ++picture)
    EXPECT_TRUE(torch::equal(three.lookup(0, 6, picture).x, two.lookup(0, 6, picture).x));
}

TEST(Forest, TreesLiveSideBySideAndEndAlone) {
  Forest forest = tree_for(SamplerKind::kEuler);
  finish(forest, 0);
  const SampleSettings settings = settings_for(SamplerKind::kHeun);
  const BranchId other = forest.start(settings, dealt({}, kClasses, 3), model_of(kClasses));
  finish(forest, other);
  const BranchId fork = forest.fork(paint(0, 2, 1), settings, {1}, model_of(kClasses));
  const BranchId grandchild = forest.fork(paint(0, 1, 0), settings, {1}, model_of(kClasses));
  EXPECT_EQ(forest.branch(fork).levels.sigmas, forest.branch(0).levels.sigmas);
  EXPECT_THROW(forest.close(fork), Error);
  const std::int64_t before = forest.bytes();
  forest.close(0);
  for (const BranchId gone : {0, fork, grandchild}) EXPECT_FALSE(forest.has(gone));
  EXPECT_THROW(forest.lookup(0, 0, 0), Error);
  EXPECT_TRUE(forest.branch(other).finished());
  EXPECT_LT(forest.bytes(), before);
}

TEST(Forest, NoIdIsGivenTwice) {
  Forest forest = tree_for(SamplerKind::kEuler);
  forest.close(0);
  EXPECT_EQ(
      forest.start(settings_for(SamplerKind::kEuler), dealt({}, kClasses, 3), model_of(kClasses)),
      1);
}

TEST(Forest, OneStepGoesStraightToTheGuess) {
  SampleSettings settings = settings_for(SamplerKind::kHeun);
  settings.steps = 1;
  Forest tree = tree_of(settings, model_of(0));
  finish(tree, 0);
  const Branch& root = tree.branch(0);
  ASSERT_EQ(root.frames.size(), 2u);
  EXPECT_TRUE(torch::equal(root.frames[1].x, root.frames[0].guess));
  EXPECT_EQ(root.conditions, std::vector<Condition>(3));
}

}  // namespace
}  // namespace stepwise
