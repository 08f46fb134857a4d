// What a guess lacks to grant a wish, and that pictures end as they are wished.
#include "editing/wishes.h"

#include <gtest/gtest.h>
#include <torch/utils.h>

#include "trees.h"

namespace stepwise {
namespace {

const std::vector<std::int64_t> kShape{1, 4, 6};

Tensor some_guess(std::int64_t channels = 1) {
  torch::manual_seed(8);
  return torch::randn({2, channels, 4, 6});
}

Layer rectangle(float left, float right, Wish wish) {
  return {.shape = Polygon{{{left, 0}, {right, 0}, {right, 4}, {left, 4}}}, .what = wish};
}
Layer everywhere(Wish wish) { return {.shape = Everywhere{}, .what = std::move(wish)}; }

Tensor lack(const Layer& layer, const Tensor& guess) {
  return lack_of({layer}, {guess.size(1), 4, 6}, torch::kCPU)(guess);
}

TEST(LackOf, NoWishesIsNothing) {
  EXPECT_FALSE(lack_of({flood(1)}, kShape, torch::kCPU));
  Layer hidden = everywhere({});
  hidden.hidden = true;
  EXPECT_FALSE(lack_of({hidden}, kShape, torch::kCPU));
}

TEST(LackOf, AColorIsTheLeastChangeThatGivesItsMean) {
  const Tensor guess = some_guess(3);
  const Wish green{.kind = WishKind::kColor, .color = {-0.5f, 0.75f, 0}};
  const Tensor change = lack(rectangle(1, 3, green), guess);
  const Tensor there = (guess + change).narrow(3, 1, 2);
  EXPECT_TRUE(torch::allclose(there.mean({2, 3}), torch::tensor({-0.5f, 0.75f, 0.f}).expand({2, 3}),
                              1e-5, 1e-5));
  EXPECT_TRUE((change.narrow(3, 0, 1) == 0).all().item<bool>());
  EXPECT_TRUE((change.narrow(3, 3, 3) == 0).all().item<bool>());
  const Tensor moved = change.narrow(3, 1, 2);  // By the same everywhere.
  EXPECT_TRUE(torch::allclose(moved, moved.mean({2, 3}, true).expand_as(moved), 1e-5, 1e-5));
}

TEST(LackOf, ASketchIsTheLeastChangeThatGivesItsSquares) {
  const Tensor guess = some_guess();
  Wish wish{.kind = WishKind::kSketch, .sketch = Image(4, 6, 1), .coarse = 2};
  for (std::size_t i = 0; i < wish.sketch.pixels.size(); ++i)
    wish.sketch.pixels[i] = float(i) / 30 - 0.4f;
  const Tensor wanted = to_tensor(wish.sketch).unsqueeze(0).expand_as(guess);
  const Tensor change = lack(everywhere(wish), guess);
  const auto coarse = [](const Tensor& x) { return torch::avg_pool2d(x, 2); };
  EXPECT_TRUE(torch::allclose(coarse(guess + change), coarse(wanted), 1e-5, 1e-5));
  const Tensor back = coarse(change).repeat_interleave(2, 2).repeat_interleave(2, 3);
  EXPECT_TRUE(torch::allclose(back, change, 1e-5, 1e-5));
}

// The last squares are cut off by the edge.
TEST(LackOf, ASketchNeedNotDivideThePicture) {
  const Tensor guess = some_guess();
  Wish wish{.kind = WishKind::kSketch, .sketch = Image(4, 6, 1, 0.25f), .coarse = 4};
  const Tensor after = guess + lack(everywhere(wish), guess);
  EXPECT_TRUE(torch::allclose(after.narrow(3, 0, 4).mean({2, 3}), torch::full({2, 1}, 0.25f)));
  EXPECT_TRUE(torch::allclose(after.narrow(3, 4, 2).mean({2, 3}), torch::full({2, 1}, 0.25f)));
}

TEST(LackOf, SymmetryIsHalfTheWayToTheMirrorImage) {
  const Tensor guess = some_guess();
  const Tensor after = guess + lack(everywhere({.kind = WishKind::kSymmetry}), guess);
  EXPECT_TRUE(torch::allclose(after, after.flip(3), 1e-5, 1e-6));
  EXPECT_TRUE(torch::allclose(after, (guess + guess.flip(3)) / 2));
  const Tensor aside = lack(rectangle(0, 2, {.kind = WishKind::kSymmetry}), guess);
  EXPECT_TRUE((aside == 0).all().item<bool>());  // Its other side is not covered.
}

TEST(LackOf, TheStrengthOfTheLayerIsAFactor) {
  const Tensor guess = some_guess();
  for (const auto& [kind, name] : kWishes) {
    Layer layer = everywhere({.kind = kind, .sketch = Image(4, 6, 1, 0.2f)});
    const Tensor whole = lack(layer, guess);
    layer.strength = 0.25f;
    EXPECT_TRUE(torch::allclose(lack(layer, guess), 0.25 * whole, 1e-4, 1e-6)) << name;
  }
}

TEST(LackOf, ASketchOfAnotherSizeIsRefused) {
  const Wish wish{.kind = WishKind::kSketch, .sketch = Image(3, 3, 1)};
  EXPECT_THROW(lack_of({everywhere(wish)}, kShape, torch::kCPU), Error);
}

// Of a tree of pictures of 4 x 4.
PictureAtStep end_with(const Layers& layers) {
  Forest tree = tree_of(settings_for(SamplerKind::kEuler), model_with_network());
  advance_to(tree, 0, 1);
  Edit edit;
  edit.step = 1;
  edit.layers = layers;
  const BranchId id = tree.fork(edit, tree.branch(0).settings, {1}, model_with_network());
  while (!tree.branch(id).finished()) tree.advance(id);
  return tree.lookup(id, 6, 0);
}

TEST(Wishes, AreNearlyGrantedInTheEnd) {
  const auto mean = [](const PictureAtStep& end) { return end.x.mean().item<double>(); };
  const double plain = mean(end_with({}));
  for (const float wanted : {-0.3f, 0.f, 0.4f}) {
    const double granted = mean(end_with({everywhere({.color = wanted})}));
    EXPECT_LT(std::abs(granted - wanted), 0.2 * std::abs(plain - wanted)) << wanted;
  }
  const auto unlike = [](const Tensor& x) { return (x - x.flip(2)).abs().mean().item<double>(); };
  EXPECT_LT(unlike(end_with({everywhere({.kind = WishKind::kSymmetry})}).x),
            0.3 * unlike(end_with({}).x));
}

TEST(Wishes, LeaveWhatIsLockedAsItIs) {
  const Layer top = flood(1), lock{.shape = dot(1, 2), .what = Lock{}};
  const Tensor end = end_with({top, lock, everywhere({.color = -1})}).x;
  EXPECT_EQ(end[0][2][1].item<float>(), 1);
  EXPECT_LT(end.mean().item<double>(), 0.5);
}

}  // namespace
}  // namespace stepwise
