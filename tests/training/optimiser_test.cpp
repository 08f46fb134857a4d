#include "training/optimiser.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <torch/utils.h>

#include <cmath>

#include "error.h"

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
    const auto values = torch::linalg_svdvals(orthogonalised(gaussian({3, rows, columns}, 3)));
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
  EXPECT_LT((orthogonalised(matrix.unsqueeze(0))[0] - x).abs().max().item<double>(), 1e-4);
}

TEST(Muon, AStackIsItsMatricesOneByOne) {
  const Tensor stack = gaussian({4, 9, 18}, 5);
  for (int i = 0; i < 4; ++i) {
    const Tensor alone = orthogonalised(stack.narrow(0, i, 1));
    EXPECT_TRUE(torch::allclose(orthogonalised(stack).narrow(0, i, 1), alone, 1e-5, 1e-6)) << i;
  }
}

TEST(Muon, SurvivesAZeroGradient) {
  EXPECT_EQ(orthogonalised(torch::zeros({1, 4, 9})).abs().max().item<float>(), 0);
}

NamedTensors some_parameters() {
  return {{"conv_in.weight", gaussian({4, 1, 3, 3}, 1)},
          {"a.bias", gaussian({4}, 2)},
          {"a.weight", gaussian({4, 6}, 3)},
          {"b.weight", gaussian({8, 2, 3, 3}, 4).contiguous(torch::MemoryFormat::ChannelsLast)},
          {"c.weight", gaussian({4, 6}, 5)}};
}

std::vector<Tensor> tensors_of(const NamedTensors& named) {
  std::vector<Tensor> tensors;
  for (const auto& [name, tensor] : named) tensors.push_back(tensor);
  return tensors;
}

TEST(ParameterLayout, HoldsEachParameterInItsPlaceAndOrder) {
  const NamedTensors parameters = some_parameters();
  const ParameterLayout layout(parameters, OptimiserKind::kMuon);
  EXPECT_EQ(layout.size(), ParameterLayout::kRow);
  EXPECT_EQ(layout.muon(), 144 + 24 + 24);
  EXPECT_EQ(layout.matrices(), layout.muon() + 36);
  const Tensor all = layout.joined(tensors_of(parameters));
  const NamedTensors views = layout.named_views(all);
  ASSERT_EQ(views.size(), parameters.size());
  for (std::size_t i = 0; i < views.size(); ++i) {
    EXPECT_EQ(views[i].first, parameters[i].first);
    EXPECT_TRUE(views[i].second.equal(parameters[i].second)) << views[i].first;
    EXPECT_EQ(views[i].second.strides(), parameters[i].second.strides()) << views[i].first;
    views[i].second.zero_();
  }
  EXPECT_EQ(all.abs().max().item<float>(), 0);  // The views are all there is.
  const NamedTensors rest = layout.named_views(all.narrow(0, layout.muon(), 700), layout.muon());
  ASSERT_EQ(rest.size(), 2u);
  EXPECT_EQ(rest[0].first, "conv_in.weight");
  EXPECT_EQ(rest[1].first, "a.bias");
}

TEST(ParameterLayout, MatricesOfOneShapeAreOneStack) {
  const NamedTensors parameters = some_parameters();
  const ParameterLayout layout(parameters, OptimiserKind::kMuon);
  const Tensor all = layout.joined(tensors_of(parameters));
  ASSERT_EQ(layout.stacks().size(), 2u);
  const Tensor kernels = layout.stacks()[0].in(all), matrices = layout.stacks()[1].in(all);
  EXPECT_EQ(kernels.sizes(), at::IntArrayRef({1, 8, 18}));
  ASSERT_EQ(matrices.sizes(), at::IntArrayRef({2, 4, 6}));
  EXPECT_TRUE(matrices[0].equal(parameters[2].second));
  EXPECT_TRUE(matrices[1].equal(parameters[4].second));
}

TEST(ParameterLayout, TakesTensorsInAnotherOrderOfMemory) {
  const NamedTensors parameters = some_parameters();
  const ParameterLayout layout(parameters, OptimiserKind::kAdamW);
  EXPECT_EQ(layout.muon(), 0);
  std::vector<Tensor> plain;
  for (const auto& [name, tensor] : parameters) plain.push_back(tensor.contiguous());
  EXPECT_TRUE(layout.joined(plain).equal(layout.joined(tensors_of(parameters))));
}

// One parameter each for Muon and AdamW, with the loss |w - target|^2 / 2.
struct Problem {
  explicit Problem(const Recipe& recipe)
      : Problem(recipe, {{"block.weight", gaussian({6, 8}, 1)}, {"block.bias", gaussian({8}, 2)}}) {
  }
  Problem(const Recipe& recipe, const NamedTensors& parameters)
      : layout(parameters, recipe.optimiser),
        weights(layout.joined(tensors_of(parameters))),
        matrix(layout.views(weights)[0]),
        bias(layout.views(weights)[1]),
        optimiser(recipe, layout, torch::kCPU) {}

  double loss() const {
    return ((matrix - 0.5).square().sum() / 2 + (bias + 0.25).square().sum() / 2).item<double>();
  }
  Tensor gradients() const { return layout.joined({matrix - 0.5, bias + 0.25}); }
  void step(double factor = 1) { optimiser.step(weights, gradients(), number(factor), kSound); }

  ParameterLayout layout;
  Tensor weights, matrix, bias;
  Optimiser optimiser;
};

Recipe recipe_with(OptimiserKind kind, double rate, double decay = 0) {
  Recipe recipe;
  recipe.optimiser = kind;
  recipe.learning_rate = rate;
  recipe.weight_decay = decay;
  return recipe;
}

constexpr OptimiserKind kKinds[] = {OptimiserKind::kAdamW, OptimiserKind::kMuon};

TEST(Optimiser, BothKindsReachTheMinimum) {
  for (const auto kind : kKinds) {
    Problem problem(recipe_with(kind, 0.1));
    for (int i = 0; i < 300; ++i) problem.step(1 - i / 300.0);
    EXPECT_LT(problem.loss(), 1e-2);
  }
}

TEST(Optimiser, TheFirstAdamStepHasTheLengthOfTheLearningRate) {
  Problem problem(recipe_with(OptimiserKind::kAdamW, 0.01, 0.5));  // Leaves biases alone.
  const Tensor before = problem.bias.clone();
  problem.step(0.5);
  EXPECT_TRUE(torch::allclose((problem.bias - before).abs(), torch::full({8}, 0.005), 1e-4));
}

TEST(Optimiser, WeightDecayShrinksMatricesAndNoVectors) {
  for (const auto kind : kKinds) {
    Problem problem(recipe_with(kind, 0.01, 0.5));
    const Tensor matrix = problem.matrix.clone(), bias = problem.bias.clone();
    problem.optimiser.step(problem.weights, torch::zeros_like(problem.weights), number(1), kSound);
    EXPECT_TRUE(torch::allclose(problem.matrix, matrix * (1 - 0.01 * 0.5)));
    EXPECT_TRUE(problem.bias.equal(bias));
  }
}

TEST(Gradients, AreClippedToTheLimitAndTellTheirNorm) {
  const Problem problem((Recipe()));
  const Tensor gradients = problem.gradients();
  const double norm = std::sqrt(2 * problem.loss());
  const auto clipped = [&](double clip) { return clip_gradients(gradients, clip).item<double>(); };
  EXPECT_NEAR(clipped(0), norm, 1e-4);
  EXPECT_NEAR(clipped(0.5), norm, 1e-4);
  EXPECT_NEAR(clipped(1), 0.5, 1e-4);
}

TEST(Gradients, HaveANormWhoseBitsDoNotDependOnTheThreads) {
  const Tensor gradients = gaussian({700 * ParameterLayout::kRow}, 6);
  const int before = torch::get_num_threads();
  std::vector<Tensor> norms;
  for (const int threads : {1, 2, 3}) {
    torch::set_num_threads(threads);
    norms.push_back(clip_gradients(gradients, 0));
  }
  torch::set_num_threads(before);
  EXPECT_THAT(norms,
              testing::Each(testing::Truly([&](const Tensor& n) { return n.equal(norms[0]); })));
}

TEST(Optimiser, AnUnsoundStepIsAsIfItHadNotBeen) {
  for (const auto kind : kKinds) {
    const Recipe recipe = recipe_with(kind, 6e-3, 0.5);
    Problem disturbed(recipe), other(recipe);
    const auto unsound = [&] {
      const Tensor gradients = torch::full_like(disturbed.weights, NAN);
      clip_gradients(gradients, 1);
      disturbed.optimiser.step(disturbed.weights, gradients, number(1), kUnsound);
    };
    unsound();
    for (int i = 0; i < 3; ++i) {
      EXPECT_EQ(disturbed.loss(), other.loss());
      disturbed.step();
      other.step();
      unsound();
    }
    EXPECT_TRUE(disturbed.weights.equal(other.weights));
  }
}

TEST(Optimiser, ARestoredStateTakesTheSameSteps) {
  Problem original((Recipe())), copy((Recipe()));
  for (int i = 0; i < 3; ++i) original.step();
  copy.weights.copy_(original.weights);
  const auto from = original.optimiser.state(), to = copy.optimiser.state();
  ASSERT_EQ(from.size(), to.size());
  for (std::size_t i = 0; i < from.size(); ++i) {
    EXPECT_EQ(from[i].first, to[i].first);
    to[i].second.copy_(from[i].second);
  }
  copy.optimiser.set_steps(3);
  for (int i = 0; i < 3; ++i) {
    original.step();
    copy.step();
  }
  EXPECT_TRUE(copy.weights.equal(original.weights));
}

}  // namespace
}  // namespace stepwise
