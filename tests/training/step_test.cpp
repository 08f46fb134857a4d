// A step as a device is told of it: whole, and by the same operations each time.
#include "training/step.h"

#include <ATen/record_function.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <torch/utils.h>

#include <sstream>

#include "toy_data.h"
#include "training/trainer.h"

namespace stepwise {
namespace {

using torch::Tensor;

void tell(TrainerState& state) {
  tell_batch(state);
  tell_rates(state, 0.5);
}

void take(TrainerState& state, double factor = 0.5) {
  tell_batch(state);
  tell_rates(state, factor);
  state.both();
  ++state.step;
  state.written();
}

TEST(Step, PlayedAgainWholeHasTheWeightsOfOneByPieces) {
  for (const int consistency : {0, 2}) {
    Recipe recipe = toy_recipe(9);
    recipe.consistency = consistency;
    recipe.weighting = consistency == 0 ? Weighting::kUncertainty : Weighting::kEdm;
    Trainer pieces(recipe, toy_data(), torch::kCPU);
    TrainerState whole(recipe, toy_data(), torch::kCPU);
    for (int i = 0; i < 5; ++i) {
      take(whole, pieces.rate_factor());
      while (!pieces.advance([] { return true; })) {
      }
    }
    const auto averages = pieces.averaged().parameters();
    const auto views = whole.layout.views(whole.averages);
    ASSERT_EQ(averages.size(), views.size());
    for (std::size_t i = 0; i < views.size(); ++i)
      EXPECT_TRUE(averages[i].equal(views[i])) << i << ' ' << consistency;
  }
}

// Without NDEBUG, torch's header has a record of inputs that a library with it does not have.
#ifdef NDEBUG
constexpr bool kSeesNumbers = true;
#else
constexpr bool kSeesNumbers = false;
#endif

// Every operation, with the numbers it is given: what a recorded graph would have for good.
std::vector<std::string> operations;
std::unique_ptr<at::ObserverContext> note_operation(const at::RecordFunction& function) {
  std::ostringstream text;
  text << function.name();
  if constexpr (kSeesNumbers)
    for (const c10::IValue& input : function.inputs())
      if (input.isInt() || input.isDouble() || input.isBool() || input.isIntList() ||
          input.isScalar())
        text << ' ' << input;
  operations.push_back(text.str());
  return nullptr;
}

std::vector<std::string> operations_of(const std::function<void()>& work) {
  operations.clear();
  const auto handle =
      at::addThreadLocalCallback(at::RecordFunctionCallback(&note_operation).needsInputs(true));
  work();
  at::removeCallback(handle);
  return operations;
}

void expect_the_same_operations(const Recipe& recipe) {
  const int threads = torch::get_num_threads();
  torch::set_num_threads(1);  // Others' operations are not seen.
  TrainerState state(recipe, toy_data(), torch::kCPU);
  take(state);
  tell(state);
  const auto second = operations_of([&] { state.both(); });
  for (int i = 0; i < 4; ++i) take(state);
  tell(state);
  EXPECT_GT(second.size(), 500u);
  EXPECT_EQ(operations_of([&] { state.both(); }), second);
  torch::set_num_threads(threads);
}

TEST(Step, DoesTheSameOperationsWithTheSameNumbersEachTime) {
  for (const auto optimiser : {OptimiserKind::kMuon, OptimiserKind::kAdamW}) {
    Recipe recipe = toy_recipe(9);
    recipe.optimiser = optimiser;
    recipe.flip = true;
    expect_the_same_operations(recipe);
  }
}

TEST(Step, DoesTheSameOperationsInEachStageOfTuning) {
  Recipe recipe = toy_recipe(9);
  recipe.consistency = 8;
  expect_the_same_operations(recipe);
}

TEST(Step, DoesTheSameOperationsWhereLossesAreDividedByWhatIsExpected) {
  Recipe recipe = toy_recipe(9);
  recipe.weighting = Weighting::kUncertainty;
  expect_the_same_operations(recipe);
}

// So that the tests above would see a number that changes.
TEST(Step, IsToldWhatChangesBefore) {
  if (!kSeesNumbers) GTEST_SKIP() << "numbers are only seen in a build with NDEBUG";
  TrainerState state(toy_recipe(9), toy_data(), torch::kCPU);
  take(state);
  const auto second = operations_of([&] { tell(state); });
  ++state.step;
  EXPECT_NE(operations_of([&] { tell(state); }), second);
}

TEST(Step, WritesWhereItWroteBefore) {
  TrainerState state(toy_recipe(9), toy_data(), torch::kCPU);
  const auto places = [&] {
    std::vector<const void*> all{state.weights.data_ptr(), state.averages.data_ptr()};
    for (const Tensor& tensor :
         {state.told.place.all, state.told.place.pictures, state.told.sum, state.told.decay,
          state.told.norm, state.told.sound, state.parameters.front(),
          state.expected.state().front().second, state.expected.state().back().second})
      all.push_back(tensor.data_ptr());
    return all;
  };
  take(state);
  const auto before = places();
  for (int i = 0; i < 3; ++i) take(state);
  EXPECT_EQ(places(), before);
}

TEST(Step, InBfloat16LearnsAsInFloatWithWeightsThatStayFloat) {
  const Recipe recipe = toy_recipe(9);
  TrainerState low(recipe, toy_data(), torch::kCPU, torch::kBFloat16),
      exact(recipe, toy_data(), torch::kCPU, torch::kFloat);
  double first = 0;
  for (int i = 0; i < 60; ++i) {
    take(low);
    take(exact);
    if (i == 0) first = exact.told.loss.item<double>();
    EXPECT_NEAR(low.told.loss.item<double>(), exact.told.loss.item<double>(), 0.1) << i;
  }
  EXPECT_LT(exact.told.loss.item<double>(), 0.7 * first);
  EXPECT_EQ(low.parameters.front().scalar_type(), torch::kBFloat16);
  EXPECT_EQ(low.weights.scalar_type(), torch::kFloat);
  EXPECT_TRUE(low.weights.to(torch::kBFloat16).equal(low.low));
}

}  // namespace
}  // namespace stepwise
