#include <gtest/gtest.h>

#include "editing/forest.h"
#include "trees.h"

namespace stepwise {
namespace {

class Fork : public testing::Test {
 protected:
  Fork() { finish(tree_, 0); }

  BranchId fork(const Edit& edit) {
    return tree_.fork(edit, settings_, condition_.value_or(Condition{edit.picture}),
                      model_of(kClasses));
  }
  // What the edit makes of the guess of the root.
  Image painted_guess(const Edit& edit) {
    return painted(to_image(tree_.lookup(0, edit.step, edit.picture).guess), edit.layers,
                   Surface::kGuess);
  }
  BranchId finished_fork(BranchId parent, int step, int picture) {
    const BranchId id = fork(paint(parent, step, picture));
    finish(tree_, id);
    return id;
  }

  SampleSettings settings_ = settings_for(SamplerKind::kDpmPlusPlus2M);
  std::optional<Condition> condition_;  // None: that of the root.
  Forest tree_ = tree_for(SamplerKind::kDpmPlusPlus2M);
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
  const Edit edit = paint(0, 2, 1);
  const BranchId id = fork(edit);
  EXPECT_THROW(tree_.lookup(id, 2, 1), Error);
  const Denoise denoise = denoiser_for(tree_.branch(id).own_conditions());
  EXPECT_EQ(tree_.advance(id, denoise), 2);
  const PictureAtStep before = tree_.lookup(0, 2, 1), after = tree_.lookup(id, 2, 1);
  EXPECT_TRUE(torch::allclose(after.x - to_tensor(painted_guess(edit)), before.x - before.guess,
                              1e-4, 1e-5));
  EXPECT_TRUE(torch::equal(after.guess.unsqueeze(0), denoise(after.x.unsqueeze(0), after.sigma)));
  EXPECT_EQ(tree_.advance(id, denoise), 3);
}

TEST_F(Fork, LeavesItsParentUntouched) {
  const Forest before = tree_;
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
  const Edit edit = paint(child, 2, 0);
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
    Edit edit = paint(0, 6, 1);
    edit.noise = source;
    const BranchId id = fork(edit);
    EXPECT_FALSE(tree_.branch(id).finished());
    EXPECT_EQ(tree_.advance(id), 6);
    EXPECT_TRUE(tree_.branch(id).finished());
    EXPECT_EQ(to_image(tree_.lookup(id, 6, 1).x), painted_guess(edit));
    EXPECT_EQ(to_image(tree_.lookup(id, 6, 1).guess), painted_guess(edit));
  }
}

TEST_F(Fork, OfARunningBranchIsPossibleWhereItHasBeen) {
  Forest tree = tree_for(SamplerKind::kIpndm4);
  EXPECT_THROW(tree.lookup(0, 0, 0), Error);
  advance_to(tree, 0, 2);
  const Edit edit = paint(0, 2, 0);
  EXPECT_NO_THROW(tree.fork(edit, settings_, {0}, model_of(kClasses)));
  Edit ahead = edit;
  ahead.step = 3;
  EXPECT_THROW(tree.fork(ahead, settings_, {0}, model_of(kClasses)), Error);
}

TEST_F(Fork, KeepsTheLevelsAndTheBatchOfItsParent) {
  settings_.steps = 99;
  settings_.count = 50;
  settings_.sigma_max = 3;
  settings_.sampler = SamplerKind::kHeun;
  condition_ = Condition{3};
  const BranchId id = finished_fork(0, 2, 1);
  const Branch& branch = tree_.branch(id);
  EXPECT_EQ(branch.levels.sigmas, tree_.branch(0).levels.sigmas);
  EXPECT_EQ(branch.settings.count, 3);
  EXPECT_EQ(branch.settings.steps, 6);
  EXPECT_EQ(branch.settings.sampler, SamplerKind::kHeun);
  EXPECT_EQ(branch.conditions, (std::vector<Condition>{{0}, {3}, {2}}));
  EXPECT_EQ(branch.own_conditions(), std::vector<Condition>{{3}});
}

TEST_F(Fork, FreshNoiseFollowsItsSeed) {
  Edit edit = paint(0, 2, 1);
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
    Edit edit = paint(0, 2, 1);
    change(edit);
    EXPECT_THROW(fork(edit), Error);
  };
  refused([](Edit& e) { e.branch = 7; });
  refused([](Edit& e) { e.branch = -1; });
  refused([](Edit& e) { e.step = -1; });
  refused([](Edit& e) { e.step = 7; });
  refused([](Edit& e) { e.picture = 3; });
  refused([](Edit& e) { e.picture = -1; });
  refused([](Edit& e) { std::get<Stroke>(e.layers[0].shape).size = -1; });
  condition_ = Condition{kClasses};
  refused([](Edit&) {});
  condition_.reset();
  settings_ = settings_for(SamplerKind::kEuler);
  settings_.eta = 2;
  refused([](Edit&) {});
  EXPECT_FALSE(tree_.has(1));
}

TEST_F(Fork, AFinishedBranchGoesNoFurther) {
  EXPECT_THROW(tree_.advance(0, denoiser_for({{0}, {1}, {2}})), Error);
  EXPECT_THROW(tree_.advance(5, denoiser_for({{0}, {1}, {2}})), Error);
}

}  // namespace
}  // namespace stepwise
