#include "training/optimiser.h"

#include <gtest/gtest.h>
#include <torch/autograd.h>
#include <torch/utils.h>

#include <cmath>

namespace stepwise {
namespace {

using torch::Tensor;

Tensor gaussian(at::IntArrayRef shape, std::uint64_t seed) {
  auto generator = at::detail::createCPUGenerator(seed);
  return torch::randn(shape, generator);
}

Tensor number(double value) { return torch::tensor(value, torch::kDouble); }
const Tensor kSound = number(1), kUnsound = number(0);

TEST(Muon, SingularValuesOfAStepAreNearOne) {
  for (const auto& [rows, columns] : {std::pair{24, 48}, {16, 90}, {90, 16}}) {
    const auto values = torch::linalg_svdvals(orthogonalised(gaussian({rows, columns}, 3)));
    EXPECT_GT(values.min().item<float>(), 0.3) << rows << " x " << columns;
    EXPECT_LT(values.max().item<float>(), 1.3) << rows << " x " << columns;
    EXPECT_NEAR(values.mean().item<float>(), 0.95, 0.2) << rows << " x " << columns;
  }
}

// The same recurrence without the shortcut over the small square.
TEST(Muon, TheShortcutIsTheNewtonSchulzIteration) {
  const auto matrix = gaussian({12, 40}, 4);
  Tensor x = matrix.to(torch::kDouble) / matrix.norm();
  for (int i = 0; i < 5; ++i) {
    const auto a = torch::mm(x, x.t());
    x = 3.4445 * x + torch::mm(-4.7750 * a + 2.0315 * torch::mm(a, a), x);
  }
  EXPECT_LT((orthogonalised(matrix) - x).abs().max().item<double>(), 1e-4);
}

TEST(Muon, SurvivesAZeroGradient) {
  EXPECT_EQ(orthogonalised(torch::zeros({4, 9})).abs().max().item<float>(), 0);
}

// One parameter each for Muon and AdamW, with the loss |w - target|^2 / 2.
struct Problem {
  Tensor matrix = gaussian({6, 8}, 1).requires_grad_();
  Tensor bias = gaussian({8}, 2).requires_grad_();

  NamedTensors parameters() { return {{"block.weight", matrix}, {"block.bias", bias}}; }
  double loss_and_gradients(Optimiser& optimiser) {
    const auto loss = (matrix - 0.5).square().sum() / 2 + (bias + 0.25).square().sum() / 2;
    optimiser.set_gradients(torch::autograd::grad({loss}, {matrix, bias}));
    return loss.item<double>();
  }
};

TEST(Optimiser, BothKindsReachTheMinimum) {
  for (const auto kind : {OptimiserKind::kAdamW, OptimiserKind::kMuon}) {
    Problem problem;
    Recipe recipe;
    recipe.optimiser = kind;
    recipe.learning_rate = 0.1;
    Optimiser optimiser(recipe, problem.parameters());
    for (int i = 0; i < 300; ++i) {
      problem.loss_and_gradients(optimiser);
      optimiser.step(number(1 - i / 300.0), kSound);
    }
    EXPECT_LT(problem.loss_and_gradients(optimiser), 1e-2);
  }
}

TEST(Optimiser, TheFirstAdamStepHasTheLengthOfTheLearningRate) {
  Problem problem;
  const auto before = problem.bias.detach().clone();
  Recipe recipe;
  recipe.optimiser = OptimiserKind::kAdamW;
  recipe.learning_rate = 0.01;
  recipe.weight_decay = 0.5;  // Leaves biases alone.
  Optimiser optimiser(recipe, problem.parameters());
  problem.loss_and_gradients(optimiser);
  optimiser.step(number(0.5), kSound);
  EXPECT_TRUE(torch::allclose((problem.bias - before).abs(), torch::full({8}, 0.005), 1e-4));
}

TEST(Optimiser, WeightDecayShrinksMatrices) {
  for (const auto kind : {OptimiserKind::kAdamW, OptimiserKind::kMuon}) {
    Problem problem;
    Recipe recipe;
    recipe.optimiser = kind;
    recipe.learning_rate = 0.01;
    recipe.weight_decay = 0.5;
    Optimiser optimiser(recipe, problem.parameters());
    const auto before = problem.matrix.detach().clone();
    optimiser.step(number(1), kSound);
    EXPECT_TRUE(torch::allclose(problem.matrix, before * (1 - 0.01 * 0.5)));
  }
}

TEST(Optimiser, ReportsTheGradientNormAndClipsToTheLimit) {
  Problem problem;
  Optimiser optimiser(Recipe{}, problem.parameters());
  problem.loss_and_gradients(optimiser);
  const double norm = std::sqrt((problem.matrix - 0.5).square().sum().item<double>() +
                                (problem.bias + 0.25).square().sum().item<double>());
  const auto clipped = [&](double clip) { return optimiser.clip_gradients(clip).item<double>(); };
  EXPECT_NEAR(clipped(0), norm, 1e-4);
  EXPECT_NEAR(clipped(0.5), norm, 1e-4);
  EXPECT_NEAR(clipped(1), 0.5, 1e-4);
}

TEST(Optimiser, AnUnsoundStepIsAsIfItHadNotBeen) {
  for (const auto kind : {OptimiserKind::kAdamW, OptimiserKind::kMuon}) {
    Recipe recipe;
    recipe.optimiser = kind;
    recipe.weight_decay = 0.5;
    Problem disturbed, other;
    Optimiser first(recipe, disturbed.parameters()), second(recipe, other.parameters());
    const auto unsound = [&] {
      first.set_gradients({torch::full({6, 8}, NAN), torch::full({8}, INFINITY)});
      first.clip_gradients(1);
      first.step(number(1), kUnsound);
    };
    unsound();
    for (int i = 0; i < 3; ++i) {
      EXPECT_EQ(disturbed.loss_and_gradients(first), other.loss_and_gradients(second));
      first.step(number(1), kSound);
      second.step(number(1), kSound);
      unsound();
    }
    EXPECT_TRUE(disturbed.matrix.equal(other.matrix));
    EXPECT_TRUE(disturbed.bias.equal(other.bias));
  }
}

TEST(Optimiser, ARestoredStateTakesTheSameSteps) {
  Problem original, copy;
  Optimiser first(Recipe{}, original.parameters()), second(Recipe{}, copy.parameters());
  for (int i = 0; i < 3; ++i) {
    original.loss_and_gradients(first);
    first.step(number(1), kSound);
  }
  {
    torch::NoGradGuard no_grad;
    copy.matrix.copy_(original.matrix);
    copy.bias.copy_(original.bias);
  }
  const auto from = first.state(), to = second.state();
  ASSERT_EQ(from.size(), to.size());
  for (std::size_t i = 0; i < from.size(); ++i) {
    EXPECT_EQ(from[i].first, to[i].first);
    to[i].second.copy_(from[i].second);
  }
  second.set_steps(3);
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(original.loss_and_gradients(first), copy.loss_and_gradients(second));
    first.step(number(1), kSound);
    second.step(number(1), kSound);
  }
}

}  // namespace
}  // namespace stepwise
