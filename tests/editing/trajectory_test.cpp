#include "editing/trajectory.h"

#include <gtest/gtest.h>

#include "diffusion/draw.h"
#include "diffusion/tensor_image.h"

namespace stepwise {
namespace {

constexpr int kClasses = 4;

SampleSettings settings_for(SamplerKind kind) {
  SampleSettings settings;
  settings.sampler = kind;
  settings.count = 3;
  settings.steps = 6;
  settings.sigma_max = 10;
  settings.seed = 21;
  return settings;
}

// Pixels lean on their neighbours and on the label, so that nothing can be mixed up unnoticed.
Denoise denoiser_for(const std::vector<int>& labels) {
  const Tensor shift = torch::tensor(labels).to(torch::kFloat).view({-1, 1, 1, 1}) / 10;
  return [=](const Tensor& x, double sigma) {
    return torch::tanh((x + 0.3 * x.roll(1, 3)) / (1 + sigma * sigma) + shift);
  };
}

Trajectory tree_for(SamplerKind kind) { return {settings_for(kind), kClasses, {1, 4, 4}}; }

void advance_to(Trajectory& tree, BranchId id, int step) {
  while (tree.branch(id).newest() < step)
    tree.advance(id, denoiser_for(tree.branch(id).own_labels()));
}

void finish(Trajectory& tree, BranchId id) { advance_to(tree, id, tree.branch(id).steps()); }

// The guess with its first row painted white.
Edit paint(const Trajectory& tree, BranchId branch, int step, int picture) {
  Edit edit;
  edit.branch = branch;
  edit.step = step;
  edit.picture = picture;
  const Tensor painted = tree.lookup(branch, step, picture).guess.clone();
  painted[0][0].fill_(1);
  edit.painted = to_image(painted);
  return edit;
}

void expect_same(const Seen& a, const Seen& b) {
  EXPECT_TRUE(torch::equal(a.x, b.x));
  EXPECT_TRUE(torch::equal(a.guess, b.guess));
  EXPECT_EQ(a.sigma, b.sigma);
  EXPECT_EQ(a.branch, b.branch);
}

void expect_same_frames(const Branch& a, const Branch& b) {
  ASSERT_EQ(a.frames.size(), b.frames.size());
  for (std::size_t i = 0; i < a.frames.size(); ++i) {
    EXPECT_TRUE(torch::equal(a.frames[i].x, b.frames[i].x)) << i;
    EXPECT_TRUE(torch::equal(a.frames[i].guess, b.frames[i].guess)) << i;
  }
}

class EachSampler : public testing::TestWithParam<SamplerKind> {
 protected:
  // A finished root.
  Trajectory finished_tree() const {
    Trajectory tree = tree_for(GetParam());
    finish(tree, 0);
    return tree;
  }
};
INSTANTIATE_TEST_SUITE_P(All, EachSampler,
                         testing::Values(SamplerKind::kEuler, SamplerKind::kHeun,
                                         SamplerKind::kDpmPlusPlus2M, SamplerKind::kIpndm4,
                                         SamplerKind::kEulerAncestral),
                         [](const auto& kind) {
                           std::string name;
                           for (const char c : name_of(kind.param).id)
                             if (std::isalnum(c)) name += c;
                           return name;
                         });

TEST_P(EachSampler, TheRootEndsWhereADrawingOfTheSameSettingsEnds) {
  const SampleSettings settings = settings_for(GetParam());
  const Trajectory tree = finished_tree();
  const Tensor drawn = draw(
      Drawing(settings, labels_of(settings, kClasses, settings.count), {1, 4, 4}, denoiser_for));
  EXPECT_TRUE(torch::equal(tree.branch(0).frames.back().x, drawn));
}

TEST_P(EachSampler, FramesHoldTheGuessAtTheirOwnLevel) {
  const Trajectory tree = finished_tree();
  const Branch& root = tree.branch(0);
  ASSERT_EQ(int(root.frames.size()), root.steps() + 1);
  const Denoise denoise = denoiser_for(root.own_labels());
  for (int k = 0; k < root.steps(); ++k)
    EXPECT_TRUE(torch::equal(root.frames[k].guess, denoise(root.frames[k].x, root.sigmas[k])));
  EXPECT_TRUE(torch::equal(root.frames.back().guess, root.frames.back().x));
  EXPECT_EQ(root.sigmas.back(), 0);
}

TEST_P(EachSampler, CostsNoMoreEvaluationsThanADrawing) {
  Trajectory tree = tree_for(GetParam());
  int evaluations = 0;
  const Denoise denoise = denoiser_for(tree.branch(0).own_labels());
  const Denoise counted = [&](const Tensor& x, double sigma) {
    return ++evaluations, denoise(x, sigma);
  };
  while (!tree.branch(0).finished()) tree.advance(0, counted);
  EXPECT_EQ(evaluations, evaluations_per_picture(settings_for(GetParam())));
}

TEST_P(EachSampler, ABranchRunAgainGivesTheSamePixels) {
  Trajectory tree = finished_tree();
  const Edit edit = paint(tree, 0, 2, 1);
  const BranchId first = tree.fork(edit, settings_for(GetParam()));
  finish(tree, first);
  const BranchId second = tree.fork(edit, settings_for(GetParam()));
  finish(tree, second);
  expect_same_frames(tree.branch(first), tree.branch(second));
}

TEST_P(EachSampler, PausingAndForkingInBetweenChangesNothing) {
  Trajectory paused = tree_for(GetParam());
  advance_to(paused, 0, 3);
  const BranchId fork = paused.fork(paint(paused, 0, 3, 0), settings_for(GetParam()));
  finish(paused, fork);
  finish(paused, 0);
  expect_same_frames(paused.branch(0), finished_tree().branch(0));
}

TEST_P(EachSampler, AForkStartsWithACleanHistory) {
  Trajectory tree = finished_tree();
  const BranchId id = tree.fork(paint(tree, 0, 3, 1), settings_for(GetParam()));
  advance_to(tree, id, 4);
  const Branch& branch = tree.branch(id);
  const Denoise denoise = denoiser_for(branch.own_labels());
  const PictureNoise noise(branch.settings.seed, std::vector<int>{1});
  History history;
  const Step step =
      sampler_step(branch.settings, denoise, branch.frames[0].x, branch.sigmas[3], branch.sigmas[4],
                   history, [&](const Tensor& x) { return noise.like(NoiseUse::kStep, 3, x); });
  EXPECT_TRUE(torch::equal(branch.frames[1].x, step.x));
}

TEST_P(EachSampler, AnEditThatChangesNothingForksThePictureItself) {
  Trajectory tree = finished_tree();
  Edit edit = paint(tree, 0, 0, 1);
  edit.painted = to_image(tree.lookup(0, 0, 1).guess);
  const BranchId id = tree.fork(edit, settings_for(GetParam()));
  finish(tree, id);
  for (int step = 0; step <= 6; ++step)
    EXPECT_TRUE(torch::equal(tree.lookup(id, step, 1).x, tree.lookup(0, step, 1).x)) << step;
}

TEST_P(EachSampler, ADenoiserThatFailsLeavesTheBranchAsItWas) {
  Trajectory tree = tree_for(GetParam());
  const Denoise denoise = denoiser_for(tree.branch(0).own_labels());
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
  expect_same_frames(tree.branch(0), finished_tree().branch(0));
}

class Fork : public testing::Test {
 protected:
  Fork() { finish(tree_, 0); }

  BranchId fork(const Edit& edit) { return tree_.fork(edit, settings_); }
  BranchId finished_fork(BranchId parent, int step, int picture) {
    const BranchId id = fork(paint(tree_, parent, step, picture));
    finish(tree_, id);
    return id;
  }

  SampleSettings settings_ = settings_for(SamplerKind::kDpmPlusPlus2M);
  Trajectory tree_ = tree_for(SamplerKind::kDpmPlusPlus2M);
};

TEST_F(Fork, RunsTheEditedPictureAloneAndSeesTheRestInItsParent) {
  const BranchId id = finished_fork(0, 2, 1);
  const Branch& branch = tree_.branch(id);
  EXPECT_EQ(branch.pictures, std::vector<int>{1});
  EXPECT_EQ(branch.frames.size(), 5u);  // Steps 2 to 6.
  for (int step = 0; step <= 6; ++step) {
    expect_same(tree_.lookup(id, step, 0), tree_.lookup(0, step, 0));
    expect_same(tree_.lookup(id, step, 2), tree_.lookup(0, step, 2));
    if (step < 2) expect_same(tree_.lookup(id, step, 1), tree_.lookup(0, step, 1));
    if (step >= 2) {
      EXPECT_EQ(tree_.lookup(id, step, 1).branch, id);
    }
  }
  EXPECT_FALSE(torch::equal(tree_.lookup(id, 6, 1).x, tree_.lookup(0, 6, 1).x));
}

TEST_F(Fork, BeginsWithTheEditedPictureAndANewGuess) {
  const Edit edit = paint(tree_, 0, 2, 1);
  const BranchId id = fork(edit);
  EXPECT_THROW(tree_.lookup(id, 2, 1), Error);
  const Denoise denoise = denoiser_for(tree_.branch(id).own_labels());
  EXPECT_EQ(tree_.advance(id, denoise), 2);
  const Seen before = tree_.lookup(0, 2, 1), after = tree_.lookup(id, 2, 1);
  EXPECT_TRUE(
      torch::allclose(after.x - to_tensor(edit.painted), before.x - before.guess, 1e-4, 1e-5));
  EXPECT_TRUE(torch::equal(after.guess.unsqueeze(0), denoise(after.x.unsqueeze(0), after.sigma)));
  EXPECT_EQ(tree_.advance(id, denoise), 3);
}

TEST_F(Fork, LeavesItsParentUntouched) {
  const Trajectory before = tree_;
  std::vector<Tensor> pixels;
  for (const Frame& frame : before.branch(0).frames) pixels.push_back(frame.x.clone());
  finished_fork(0, 0, 0);
  finished_fork(0, 6, 2);
  ASSERT_EQ(tree_.branch(0).frames.size(), pixels.size());
  for (std::size_t i = 0; i < pixels.size(); ++i)
    EXPECT_TRUE(torch::equal(tree_.branch(0).frames[i].x, pixels[i]));
}

TEST_F(Fork, OfAForkClimbsThroughBoth) {
  const BranchId child = finished_fork(0, 2, 1);
  const BranchId grandchild = finished_fork(child, 4, 1);
  EXPECT_EQ(tree_.branch(grandchild).parent, child);
  EXPECT_EQ(tree_.lookup(grandchild, 1, 1).branch, 0);
  EXPECT_EQ(tree_.lookup(grandchild, 3, 1).branch, child);
  EXPECT_EQ(tree_.lookup(grandchild, 4, 1).branch, grandchild);
  EXPECT_EQ(tree_.lookup(grandchild, 5, 0).branch, 0);
}

TEST_F(Fork, OfAPictureItsParentDoesNotRunStartsFromWhatTheParentShows) {
  const BranchId child = finished_fork(0, 4, 1);
  const Edit edit = paint(tree_, child, 2, 0);
  const BranchId other = fork(edit);
  finish(tree_, other);
  EXPECT_EQ(tree_.lookup(other, 2, 0).branch, other);
  EXPECT_EQ(tree_.lookup(other, 1, 0).branch, 0);
  EXPECT_EQ(tree_.lookup(other, 5, 1).branch, child);  // The parent's own edit still shows.
  const BranchId same = finished_fork(0, 2, 0);
  expect_same_frames(tree_.branch(other), tree_.branch(same));
}

TEST_F(Fork, BeforeItsParentForkedStartsFromTheGrandparent) {
  const BranchId child = finished_fork(0, 4, 1);
  const BranchId early = finished_fork(child, 1, 1);
  expect_same(tree_.lookup(early, 0, 1), tree_.lookup(0, 0, 1));
  const BranchId same = finished_fork(0, 1, 1);
  expect_same_frames(tree_.branch(early), tree_.branch(same));
}

TEST_F(Fork, AtTheFirstStepRunsTheWholeWay) {
  const BranchId id = finished_fork(0, 0, 2);
  EXPECT_EQ(tree_.branch(id).frames.size(), 7u);
  EXPECT_TRUE(tree_.branch(id).finished());
}

TEST_F(Fork, OfAFinishedPictureIsThePaintedPictureAndAsksNoModel) {
  for (const NoiseSource source : {NoiseSource::kImplied, NoiseSource::kFresh}) {
    Edit edit = paint(tree_, 0, 6, 1);
    edit.noise = source;
    const BranchId id = fork(edit);
    EXPECT_FALSE(tree_.branch(id).finished());
    const Denoise unused = [](const Tensor&, double) -> Tensor { throw Error("Not needed."); };
    EXPECT_EQ(tree_.advance(id, unused), 6);
    EXPECT_TRUE(tree_.branch(id).finished());
    EXPECT_EQ(to_image(tree_.lookup(id, 6, 1).x), edit.painted);
    EXPECT_EQ(to_image(tree_.lookup(id, 6, 1).guess), edit.painted);
  }
}

TEST_F(Fork, OfARunningBranchIsPossibleWhereItHasBeen) {
  Trajectory tree = tree_for(SamplerKind::kIpndm4);
  EXPECT_THROW(tree.lookup(0, 0, 0), Error);
  advance_to(tree, 0, 2);
  const Edit edit = paint(tree, 0, 2, 0);
  EXPECT_NO_THROW(tree.fork(edit, settings_));
  Edit ahead = edit;
  ahead.step = 3;
  EXPECT_THROW(tree.fork(ahead, settings_), Error);
}

TEST_F(Fork, KeepsTheLevelsAndTheBatchOfItsParent) {
  settings_.steps = 99;
  settings_.count = 50;
  settings_.sigma_max = 3;
  settings_.sampler = SamplerKind::kHeun;
  settings_.label = 3;
  const BranchId id = finished_fork(0, 2, 1);
  const Branch& branch = tree_.branch(id);
  EXPECT_EQ(branch.sigmas, tree_.branch(0).sigmas);
  EXPECT_EQ(branch.settings.count, 3);
  EXPECT_EQ(branch.settings.steps, 6);
  EXPECT_EQ(branch.settings.sampler, SamplerKind::kHeun);
  EXPECT_EQ(branch.labels, (std::vector<int>{0, 3, 2}));
  EXPECT_EQ(branch.own_labels(), std::vector<int>{3});
}

TEST_F(Fork, FreshNoiseFollowsItsSeed) {
  Edit edit = paint(tree_, 0, 2, 1);
  edit.noise = NoiseSource::kFresh;
  const auto x_with_seed = [&](std::uint64_t seed) {
    edit.noise_seed = seed;
    return tree_.branch(fork(edit)).frames[0].x;
  };
  EXPECT_TRUE(torch::equal(x_with_seed(1), x_with_seed(1)));
  EXPECT_FALSE(torch::equal(x_with_seed(1), x_with_seed(2)));
}

TEST_F(Fork, OfWhatDoesNotExistIsRefusedAndLeavesNoTrace) {
  const auto refused = [&](auto change) {
    Edit edit = paint(tree_, 0, 2, 1);
    change(edit);
    EXPECT_THROW(fork(edit), Error);
  };
  refused([](Edit& e) { e.branch = 7; });
  refused([](Edit& e) { e.branch = -1; });
  refused([](Edit& e) { e.step = -1; });
  refused([](Edit& e) { e.step = 7; });
  refused([](Edit& e) { e.picture = 3; });
  refused([](Edit& e) { e.picture = -1; });
  refused([](Edit& e) { e.painted = Image(5, 4, 1); });
  settings_.label = kClasses;
  refused([](Edit&) {});
  settings_ = settings_for(SamplerKind::kEuler);
  settings_.eta = 2;
  refused([](Edit&) {});
  EXPECT_EQ(tree_.branches().size(), 1u);
}

TEST_F(Fork, AFinishedBranchGoesNoFurther) {
  EXPECT_THROW(tree_.advance(0, denoiser_for({0, 1, 2})), Error);
  EXPECT_THROW(tree_.advance(5, denoiser_for({0, 1, 2})), Error);
}

TEST(Trajectory, PictureKIsTheSameInABatchOfAnySize) {
  SampleSettings settings = settings_for(SamplerKind::kEulerAncestral);
  Trajectory three(settings, kClasses, {1, 4, 4});
  settings.count = 2;
  Trajectory two(settings, kClasses, {1, 4, 4});
  finish(three, 0);
  finish(two, 0);
  for (int picture = 0; picture < 2; ++picture)
    EXPECT_TRUE(torch::equal(three.lookup(0, 6, picture).x, two.lookup(0, 6, picture).x));
}

TEST(Trajectory, RefusesMoreThanFitsInMemoryBeforeTakingIt) {
  SampleSettings settings;
  settings.count = 100000;
  settings.steps = 1000;
  EXPECT_THROW(Trajectory(settings, 10, {1, 28, 28}), Error);
}

TEST(Trajectory, OneStepGoesStraightToTheGuess) {
  SampleSettings settings = settings_for(SamplerKind::kHeun);
  settings.steps = 1;
  Trajectory tree(settings, 0, {1, 4, 4});
  finish(tree, 0);
  const Branch& root = tree.branch(0);
  ASSERT_EQ(root.frames.size(), 2u);
  EXPECT_TRUE(torch::equal(root.frames[1].x, root.frames[0].guess));
  EXPECT_EQ(root.labels, (std::vector<int>{kNoClass, kNoClass, kNoClass}));
}

}  // namespace
}  // namespace stepwise
