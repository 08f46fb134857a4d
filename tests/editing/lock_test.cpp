// What is locked stays as it is, at every step and to the end, whatever the sampler.
#include <gtest/gtest.h>

#include "diffusion/each_sampler.h"
#include "trees.h"

namespace stepwise {
namespace {

Forest finished_tree(SamplerKind kind) {
  Forest tree = tree_of(settings_for(kind), model_with_network());
  while (!tree.branch(0).finished()) tree.advance(0);
  return tree;
}

// The first row white and locked.
Edit locked(int step) {
  Edit edit = paint(0, step, 1);
  edit.layers.push_back({edit.layers[0].shape, Lock{}});
  return edit;
}

BranchId finished_fork(Forest& tree, const Edit& edit, const Condition& condition) {
  const BranchId id = tree.fork(edit, tree.branch(0).settings, condition, model_with_network());
  while (!tree.branch(id).finished()) tree.advance(id);
  return id;
}

TEST_P(EachSampler, KeepsWhatIsLockedToTheBit) {
  Forest tree = finished_tree(kind());
  const BranchId id = finished_fork(tree, locked(2), {3});
  for (int step = 2; step <= 6; ++step) {
    const Tensor guess = tree.lookup(id, step, 1).guess[0];
    EXPECT_TRUE((guess[0] == 1).all().item<bool>()) << step;
    EXPECT_FALSE((guess[1] == 1).all().item<bool>()) << step;
  }
  const PictureAtStep end = tree.lookup(id, 6, 1);
  EXPECT_TRUE(torch::equal(end.x, end.guess));
}

TEST(Lock, LeavesTheRestToTheModelWhichSeesIt) {
  Forest tree = finished_tree(SamplerKind::kEuler);
  const BranchId with = finished_fork(tree, locked(2), {3});
  const BranchId without = finished_fork(tree, paint(0, 2, 1), {3});
  const Tensor a = tree.lookup(with, 6, 1).x[0], b = tree.lookup(without, 6, 1).x[0];
  EXPECT_FALSE(torch::equal(a[0], b[0]));
  EXPECT_TRUE(torch::equal(a[1], b[1]));  // The network sees along the rows alone.
}

TEST(Lock, OfAnUntouchedPictureGoesOnWithItsOwnGuess) {
  Forest tree = finished_tree(SamplerKind::kHeun);
  Edit edit = locked(2);
  edit.layers.erase(edit.layers.begin());
  const Tensor guess = tree.lookup(0, 2, 1).guess;
  const BranchId id = finished_fork(tree, edit, {3});
  EXPECT_TRUE(torch::equal(tree.lookup(id, 6, 1).x[0][0], guess[0][0]));
}

TEST(Lock, IsSeenByTheLookAheadToo) {
  Forest tree = finished_tree(SamplerKind::kHeun);
  const Branch look = tree.forked(locked(2), tree.branch(0).settings, {3}, model_with_network());
  const Tensor guess = look.denoise(look.frames.front().x, look.sigma(2));
  const BranchId id = finished_fork(tree, locked(2), {3});
  EXPECT_TRUE(torch::equal(guess[0], tree.lookup(id, 2, 1).guess));
}

TEST(LockedBy, MasksWhatIsLockedAndNotErasedAgain) {
  const Layer lock{dot(1, 2), Lock{}}, other{dot(3, 3), Lock{}}, erase{dot(1, 2), Erase{}};
  EXPECT_TRUE(locked_by({flood(1), erase}, 4, 4).empty());
  Image one(4, 4, 1);
  one.at(3, 3) = 1;
  EXPECT_EQ(locked_by({lock, other, erase}, 4, 4), one);
  one.at(2, 1) = 1;
  EXPECT_EQ(locked_by({lock, erase, other, flood(0), lock}, 4, 4), one);
}

}  // namespace
}  // namespace stepwise
