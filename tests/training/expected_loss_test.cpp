// Losses that are divided by what is expected of them at their level.
#include "training/expected_loss.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <torch/types.h>
#include <torch/utils.h>

#include <cmath>
#include <vector>

#include "safetensors_file.h"
#include "temporary_folder.h"
#include "toy_data.h"
#include "training/checkpoint.h"
#include "training/marks.h"
#include "training/step.h"
#include "training/trainer.h"

namespace stepwise {
namespace {

using torch::Tensor;
using Losses = std::vector<float>;

// Below the first place and above the last, a level is wholly that place's.
constexpr double kLow = 0.001, kHigh = 1000;

void note_sound(ExpectedLoss& expected, const std::vector<double>& levels,
                const std::vector<double>& losses) {
  expected.note(torch::tensor(levels, torch::kFloat), torch::tensor(losses, torch::kFloat),
                torch::ones({}, torch::kDouble));
}

float expected_at(const ExpectedLoss& expected, double level) {
  return expected.at(torch::full({1}, level)).item<float>();
}

// So many places above the first one.
double level_of_place(double place) { return 0.002 * std::pow(10, place / 6); }

std::vector<Tensor> known_of(const ExpectedLoss& expected) {
  std::vector<Tensor> known;
  for (const auto& [name, tensor] : expected.state()) known.push_back(tensor.clone());
  return known;
}

void expect_known(const ExpectedLoss& expected, const std::vector<Tensor>& known) {
  const std::vector<Tensor> found = known_of(expected);
  ASSERT_EQ(found.size(), known.size());
  for (std::size_t i = 0; i < known.size(); ++i) EXPECT_TRUE(found[i].equal(known[i])) << i;
}

TEST(ExpectedLoss, IsOneBeforeTheFirst) {
  const ExpectedLoss expected(torch::kCPU);
  for (const double level : {0., 0.001, 0.0021, 0.03, 0.7, 5., 77., 1e6})
    EXPECT_EQ(expected_at(expected, level), 1) << level;
}

TEST(ExpectedLoss, IsTheMeanOfThoseThatCameExactly) {
  ExpectedLoss expected(torch::kCPU);
  note_sound(expected, {kLow, kHigh}, {0.25, 4});
  EXPECT_EQ(expected_at(expected, kLow), 0.25f);
  EXPECT_EQ(expected_at(expected, kHigh), 4);
  note_sound(expected, {kLow, kLow}, {0.5, 0.75});
  EXPECT_EQ(expected_at(expected, kLow), 0.5f);
  EXPECT_EQ(expected_at(expected, kHigh), 4);
  EXPECT_EQ(expected_at(expected, 1), 1);  // No loss came near.
}

TEST(ExpectedLoss, GoesStraightFromPlaceToPlace) {
  ExpectedLoss expected(torch::kCPU);
  note_sound(expected, {level_of_place(6), level_of_place(7)}, {0.2, 0.6});
  EXPECT_NEAR(expected_at(expected, 0.02), 0.2, 1e-4);
  EXPECT_NEAR(expected_at(expected, level_of_place(6.25)), 0.3, 1e-4);
  EXPECT_NEAR(expected_at(expected, level_of_place(6.5)), 0.4, 1e-4);
  EXPECT_EQ(expected_at(expected, level_of_place(9.5)), 1);  // Nor was one at a place beside it.
}

TEST(ExpectedLoss, OfALevelBetweenTwoPlacesIsLearnedAtBothByTheirShares) {
  ExpectedLoss expected(torch::kCPU);
  note_sound(expected, {level_of_place(10.5)}, {0.2});
  for (const double place : {10., 10.3, 11.})
    EXPECT_NEAR(expected_at(expected, level_of_place(place)), 0.2, 1e-4) << place;
  // A loss that is wholly of a place counts there as much as two that are half of it.
  note_sound(expected, {level_of_place(11)}, {0.5});
  EXPECT_NEAR(expected_at(expected, level_of_place(11)), (0.5 * 0.2 + 0.5) / 1.5, 1e-4);
  EXPECT_NEAR(expected_at(expected, level_of_place(10)), 0.2, 1e-4);
}

TEST(ExpectedLoss, ForgetsWhatWasLongAgoButNotWhereNothingCame) {
  ExpectedLoss expected(torch::kCPU);
  const std::vector<double> levels(100, kLow);
  note_sound(expected, {kHigh}, {0.125});
  for (int i = 0; i < 10; ++i) note_sound(expected, levels, std::vector<double>(100, 1));
  for (int i = 0; i < 10; ++i) note_sound(expected, levels, std::vector<double>(100, 3));
  EXPECT_NEAR(expected_at(expected, kLow), 3, 0.01);
  EXPECT_EQ(expected_at(expected, kHigh), 0.125f);
}

TEST(ExpectedLoss, IsNeverNothing) {
  ExpectedLoss expected(torch::kCPU);
  note_sound(expected, {kLow}, {0});
  EXPECT_EQ(expected_at(expected, kLow), 1e-6f);
}

TEST(ExpectedLoss, HearsNothingOfWhatIsNotSoundOrNotFinite) {
  ExpectedLoss expected(torch::kCPU);
  note_sound(expected, {kLow, 0.5, kHigh}, {0.25, 0.3, 4});
  const std::vector<Tensor> before = known_of(expected);
  expected.note(torch::tensor({0.001f, 0.5f}), torch::tensor({NAN, 2.f}),
                torch::zeros({}, torch::kDouble));
  expect_known(expected, before);
  note_sound(expected, {0.5, kLow}, {INFINITY, NAN});
  expect_known(expected, before);
  note_sound(expected, {0.5, kLow}, {INFINITY, 0.75});
  EXPECT_EQ(expected_at(expected, kLow), 0.5f);
}

Recipe weighted(Weighting weighting) {
  Recipe recipe = toy_recipe(12);
  recipe.weighting = weighting;
  return recipe;
}

void take_whole(TrainerState& state) {
  tell_batch(state);
  tell_rates(state, 0.5);
  state.both();
  state.written();
  ++state.step;
}

Losses next_losses(Trainer& trainer, int steps) {
  Losses losses;
  for (int i = 0; i < steps; ++i) losses.push_back(trainer.step().loss);
  return losses;
}

TEST(Uncertainty, TheFirstStepIsThatOfEdmToTheBitAndTheNextIsNot) {
  Trainer edm(weighted(Weighting::kEdm), toy_data(), torch::kCPU),
      other(weighted(Weighting::kUncertainty), toy_data(), torch::kCPU);
  EXPECT_EQ(next_losses(edm, 1), next_losses(other, 1));
  EXPECT_NE(next_losses(edm, 1), next_losses(other, 1));
}

TEST(Uncertainty, LossesAreDividedByWhatWasExpectedBeforeTheStep) {
  TrainerState state(weighted(Weighting::kUncertainty), toy_data(), torch::kCPU);
  for (int step = 0; step < 4; ++step) {
    const std::vector<Tensor> known = known_of(state.expected);
    take_whole(state);
    const ExpectedLoss before(torch::kCPU);
    const NamedTensors places = before.state();
    for (std::size_t i = 0; i < known.size(); ++i) places[i].second.copy_(known[i]);
    const Tensor divided = state.told.edm_losses / before.at(state.told.levels);
    EXPECT_NEAR(state.told.loss.item<double>(), divided.mean().item<double>(), 1e-4) << step;
  }
}

TEST(Uncertainty, WhatIsExpectedIsKeptAsEdmCountsWhateverTheWeightingIs) {
  TrainerState edm(weighted(Weighting::kEdm), toy_data(), torch::kCPU);
  take_whole(edm);
  EXPECT_GT(edm.expected.state().back().second.sum().item<double>(), 15.9);  // All 16 pictures.
  for (const auto& [weighting, name] : kWeightings) {
    SCOPED_TRACE(name);
    TrainerState other(weighted(weighting), toy_data(), torch::kCPU);
    take_whole(other);
    expect_known(other.expected, known_of(edm.expected));
  }
}

TEST(Uncertainty, WhatIsExpectedActsOnNoOtherWeighting) {
  for (const auto& [weighting, name] : kWeightings) {
    TrainerState usual(weighted(weighting), toy_data(), torch::kCPU),
        odd(weighted(weighting), toy_data(), torch::kCPU);
    const Tensor means = odd.expected.state().front().second;
    means.copy_(torch::linspace(0.1, 10, means.numel()));
    for (int i = 0; i < 3; ++i) {
      take_whole(usual);
      take_whole(odd);
    }
    EXPECT_EQ(usual.weights.equal(odd.weights), weighting != Weighting::kUncertainty) << name;
  }
}

TEST(Uncertainty, SeveritiesAllCountTheSame) {
  Recipe edm = weighted(Weighting::kEdm), other = weighted(Weighting::kUncertainty);
  edm.degradation = other.degradation = Degradation::kBlur;
  Trainer first(edm, toy_data(), torch::kCPU), second(other, toy_data(), torch::kCPU);
  EXPECT_EQ(next_losses(first, 3), next_losses(second, 3));
}

TEST(Uncertainty, AStepThatIsNotFiniteLeavesWhatIsExpected) {
  TrainerState state(weighted(Weighting::kUncertainty), toy_data(), torch::kCPU);
  take_whole(state);
  const std::vector<Tensor> before = known_of(state.expected);
  {
    const torch::NoGradGuard no_gradients;
    state.weights.fill_(NAN);
    state.written();
  }
  for (int i = 0; i < 2; ++i) take_whole(state);
  EXPECT_EQ(state.told.sound.item<double>(), 0);
  expect_known(state.expected, before);
}

TEST(Uncertainty, ARunGoesOnToTheBitFromItsFolderAndFromAMark) {
  const TemporaryFolder folder;
  const auto mark = mark_file(folder / "run", 6);
  Trainer run(weighted(Weighting::kUncertainty), toy_data(), torch::kCPU);
  next_losses(run, 6);
  run.save(folder / "run");
  run.save_mark(mark, "");
  Trainer resumed = Trainer::resume(folder / "run", toy_data(), torch::kCPU),
          begun = Trainer::begin_at(mark, {}, toy_data(), torch::kCPU);
  const Losses expected = next_losses(run, 6);
  EXPECT_EQ(next_losses(resumed, 6), expected);
  EXPECT_EQ(next_losses(begun, 6), expected);
}

TEST(Uncertainty, BeganWhileARunTrainsItKnowsTheLossesSoFar) {
  const TemporaryFolder folder;
  const auto mark = mark_file(folder / "run", 5);
  const std::vector<FieldValue> values{{"weighting", "uncertainty"}};
  Trainer run(weighted(Weighting::kEdm), toy_data(), torch::kCPU);
  next_losses(run, 5);
  run.save(folder / "run");
  run.save_mark(mark, "");
  Trainer begun = Trainer::begin_at(mark, values, toy_data(), torch::kCPU),
          unchanged = Trainer::begin_at(mark, {}, toy_data(), torch::kCPU);
  run.change(changed_in_training(run.recipe(), values));
  const Losses losses = next_losses(run, 3);
  EXPECT_EQ(next_losses(begun, 3), losses);
  EXPECT_NE(next_losses(unchanged, 1).front(), losses.front());
}

TEST(Uncertainty, ARunOfAnEarlierVersionBeginsToCount) {
  const TemporaryFolder folder;
  Trainer run(weighted(Weighting::kEdm), toy_data(), torch::kCPU);
  next_losses(run, 2);
  run.save(folder.path());
  Safetensors file = read_safetensors(folder / kTrainingFile);
  EXPECT_EQ(file.tensors.erase("expected.mean"), 1u);
  EXPECT_EQ(file.tensors.erase("expected.count"), 1u);
  write_safetensors(folder / kTrainingFile, file);
  const auto state = load_run(folder.path(), toy_data(), torch::kCPU);
  expect_known(state->expected, known_of(ExpectedLoss(torch::kCPU)));
  Trainer resumed = Trainer::resume(folder.path(), toy_data(), torch::kCPU);
  EXPECT_EQ(next_losses(resumed, 3), next_losses(run, 3));
}

}  // namespace
}  // namespace stepwise
