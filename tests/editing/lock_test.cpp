// What is locked stays as it is, at every step and to the end, whatever the sampler.
#include <gtest/gtest.h>

#include <random>

#include "diffusion/each_sampler.h"
#include "trees.h"

namespace stepwise {
namespace {

Forest finished_with_network(SamplerKind kind) {
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
  Forest tree = finished_with_network(kind());
  const BranchId id = finished_fork(tree, locked(2), {3});
  for (int step = 2; step <= 6; ++step) {
    const Tensor guess = tree.lookup(id, step, 1).guess[0];
    EXPECT_TRUE((guess[0] == 1).all().item<bool>()) << step;
    EXPECT_FALSE((guess[1] == 1).all().item<bool>()) << step;
  }
  const PictureAtStep end = tree.lookup(id, 6, 1);
  EXPECT_TRUE(torch::equal(end.x, end.guess));
}

// Of 4 x 4 pixels, about a third of them free, a third locked and the others halfway.
Mask some_mask(std::mt19937& random) {
  Mask mask{Image(4, 4, 1)};
  for (float& share : mask.coverage.pixels) {
    const auto drawn = random() % 3;
    share = drawn < 2 ? float(drawn) : float(random() % 255 + 1) / 257;
  }
  return mask;
}

TEST(Lock, KeepsHundredRandomMasksToTheBitWithEveryMethod) {
  std::mt19937 random(7);
  Forest tree = finished_with_network(SamplerKind::kEulerAncestral);
  for (const FillMethodName& name : kFillMethods)
    for (int i = 0; i < 100; ++i) {
      const Mask mask = some_mask(random);
      Edit edit = paint(0, int(random() % 6), int(random() % 3));
      edit.layers.push_back({.shape = mask, .what = Lock{}});
      edit.fill = {name.method, 2};
      const BranchId id = finished_fork(tree, edit, {int(random() % kClasses)});
      const Tensor y = tree.branch(id).edited[0], end = tree.lookup(id, 6, edit.picture).x;
      const Tensor kept = to_tensor(mask.coverage) == 1;
      ASSERT_TRUE(torch::equal(end.masked_select(kept), y.masked_select(kept))) << name.id << i;
    }
}

TEST(Lock, MixesWhereItIsSoft) {
  Forest tree = finished_with_network(SamplerKind::kEuler);
  Edit edit = paint(0, 4, 1);
  edit.layers.push_back({.shape = Everywhere{}, .what = Lock{}, .strength = 0.5f});
  edit.fill = {FillMethod::kReplacement};
  const BranchId id = finished_fork(tree, edit, {3});
  const Branch& branch = tree.branch(id);
  const Tensor x = branch.frames[1].x, free = unlocked(branch)(x, branch.sigma(5));
  const Tensor end = branch.frames.back().x;
  EXPECT_TRUE(torch::allclose(end, (branch.edited + free) / 2, 1e-5, 1e-5));
}

TEST(Lock, LeavesTheRestToTheModelWhichSeesIt) {
  Forest tree = finished_with_network(SamplerKind::kEuler);
  const BranchId with = finished_fork(tree, locked(2), {3});
  const BranchId without = finished_fork(tree, paint(0, 2, 1), {3});
  const Tensor a = tree.lookup(with, 6, 1).x[0], b = tree.lookup(without, 6, 1).x[0];
  EXPECT_FALSE(torch::equal(a[0], b[0]));
  EXPECT_TRUE(torch::equal(a[1], b[1]));  // The network sees along the rows alone.
}

TEST(Lock, OfAnUntouchedPictureGoesOnWithItsOwnGuess) {
  Forest tree = finished_with_network(SamplerKind::kHeun);
  Edit edit = locked(2);
  edit.layers.erase(edit.layers.begin());
  const Tensor guess = tree.lookup(0, 2, 1).guess;
  const BranchId id = finished_fork(tree, edit, {3});
  EXPECT_TRUE(torch::equal(tree.lookup(id, 6, 1).x[0][0], guess[0][0]));
}

TEST(Lock, IsSeenByTheLookAheadToo) {
  Forest tree = finished_with_network(SamplerKind::kHeun);
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
