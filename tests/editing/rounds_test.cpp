// Ways of filling in that take steps in rounds.
#include "editing/rounds.h"

#include <gtest/gtest.h>

#include "diffusion/closed_forms.h"
#include "diffusion/each_sampler.h"
#include "trees.h"

namespace stepwise {
namespace {

constexpr int kFork = 2;

Edit first_row_locked(FillIn fill) {
  Edit edit = paint(0, kFork, 1);
  edit.layers.push_back({edit.layers[0].shape, Lock{}});
  edit.fill = fill;
  return edit;
}

// A tree with a finished root and a finished fork with its first row locked.
struct Filled {
  Forest tree;
  BranchId fork;
  PictureAtStep end;
};
Filled filled(SamplerKind kind, FillIn fill, std::int64_t budget = kUsualFrameBudget) {
  const SharedModel model = model_with_network();
  Forest tree = tree_of(settings_for(kind), model, budget);
  while (!tree.branch(0).finished()) tree.advance(0);
  const BranchId fork = tree.fork(first_row_locked(fill), tree.branch(0).settings, {3}, model);
  while (!tree.branch(fork).finished()) tree.advance(fork);
  const PictureAtStep end = tree.lookup(fork, 6, 1);
  return {std::move(tree), fork, end};
}

TEST_P(EachSampler, OneRoundOfRePaintIsReplacementToTheBit) {
  const Filled once = filled(kind(), {FillMethod::kRepaint, 1});
  const Filled plain = filled(kind(), {FillMethod::kReplacement});
  expect_same_frames(once.tree.branch(once.fork), plain.tree.branch(plain.fork));
}

TEST_P(EachSampler, MoreRoundsLeadElsewhereAndKeepWhatIsLocked) {
  const Tensor plain = filled(kind(), {FillMethod::kReplacement}).end.x;
  for (const FillMethod method : {FillMethod::kRepaint, FillMethod::kLangevin}) {
    const Tensor end = filled(kind(), {method, 3}).end.x;
    EXPECT_TRUE((end[0][0] == 1).all().item<bool>());
    EXPECT_FALSE(torch::equal(end, plain));
  }
}

TEST_P(EachSampler, RoundsComeBackToTheBit) {
  for (const FillMethodName& name : kFillMethods) {
    Filled one = filled(kind(), {name.method, 3});
    const Branch& branch = one.tree.branch(one.fork);
    for (int step = kFork; step < branch.steps(); ++step) {
      const Frame& frame = branch.frames[std::size_t(step - kFork)];
      const Frame again = next_frame(branch, step, frame, branch.denoise);
      EXPECT_TRUE(torch::equal(again.x, branch.frames[std::size_t(step + 1 - kFork)].x)) << step;
    }
  }
}

TEST(Rounds, AreOnlyTakenWhereSomethingIsLocked) {
  Forest tree = tree_of(settings_for(SamplerKind::kEuler), model_with_network());
  while (!tree.branch(0).finished()) tree.advance(0);
  Edit edit = paint(0, kFork, 1);
  const auto end = [&](FillIn fill) {
    edit.fill = fill;
    const BranchId id = tree.fork(edit, tree.branch(0).settings, {3}, model_with_network());
    while (!tree.branch(id).finished()) tree.advance(id);
    return tree.lookup(id, 6, 1).x;
  };
  const Tensor plain = end({FillMethod::kReplacement});
  for (const FillMethodName& name : kFillMethods)
    EXPECT_TRUE(torch::equal(end({name.method, 4}), plain)) << name.id;
}

// Moves that are linear in x and in the noise: x' = a x + b n, from two of them.
struct Linear {
  double a, b;
  double variance_at_rest() const { return b * b / (1 - a * a); }
};
Linear moves(const Denoise& denoise, const Known& known, double sigma) {
  const auto moved = [&](double x, double n) {
    const Tensor at = torch::full({1, 1, 1, 1}, x, torch::kDouble);
    return langevin_move(at, denoise(at, sigma), known, sigma,
                         [=](const Tensor& like) { return torch::full_like(like, n); })
        .item<double>();
  };
  return {moved(1, 0) - moved(0, 0), moved(0, 1) - moved(0, 0)};
}
Known known(double value, double share) {
  return {torch::full({1, 1, 1, 1}, value, torch::kDouble),
          torch::full({1, 1, 1}, share, torch::kDouble)};
}

constexpr double kLevels[] = {0.02, 0.5, 3, 40};

TEST(Langevin, LeavesTheMarginalOfAPointAsItIs) {
  const Denoise point = [](const Tensor& x, double) { return torch::zeros_like(x); };
  for (const double sigma : kLevels)
    EXPECT_NEAR(moves(point, known(0, 0), sigma).variance_at_rest() / (sigma * sigma), 1, 1e-12);
}

// In time that goes by in steps it is so but nearly.
TEST(Langevin, LeavesTheMarginalOfAGaussianNearlyAsItIs) {
  const double spread = 0.5;
  for (const double sigma : kLevels) {
    const Linear move = moves(gaussian_denoiser(0, spread), known(0, 0), sigma);
    const double noisy = spread * spread + sigma * sigma;
    EXPECT_NEAR(move.variance_at_rest() / noisy, 1, kLangevinStep / 2) << sigma;
  }
}

TEST(Langevin, HoldsWhatIsKnownAtItsNoise) {
  const double y = 0.7;
  // The noise is seen through: D = y.
  const Denoise knows = [=](const Tensor& x, double) { return torch::full_like(x, y); };
  for (const double sigma : kLevels) {
    const Linear move = moves(knows, known(y, 1), sigma);
    EXPECT_NEAR(move.variance_at_rest() / (sigma * sigma), 1, 0.5) << sigma;
    const Tensor at = torch::full({1, 1, 1, 1}, y, torch::kDouble);
    const StepNoise still = [](const Tensor& like) { return torch::zeros_like(like); };
    EXPECT_NEAR(langevin_move(at, knows(at, sigma), known(y, 1), sigma, still).item<double>(), y,
                1e-9);
  }
}

}  // namespace
}  // namespace stepwise
