// What is told of where an edit leads, step by step or with few-step weights.
#include <gtest/gtest.h>
#include <torch/utils.h>

#include <algorithm>
#include <memory>

#include "session/answers.h"
#include "strokes.h"

namespace stepwise {
namespace {

// Of 4 x 4 pixels, which lean on their neighbours. Counts how often it is asked.
SharedModel model_that_leans(double by, const std::shared_ptr<int>& asked,
                             SharedModel few_steps = nullptr) {
  const Network network = [=](const Tensor& x, const Tensor&, const Conditioning& c) -> Tensor {
    ++*asked;
    const Tensor shift = 0.1 * c.labels.to(torch::kFloat).view({-1, 1, 1, 1});
    return torch::tanh(x + by * x.roll(1, 3)) + shift;
  };
  Model rest;
  rest.classes = {2};
  rest.shape = {1, 4, 4};
  rest.few_steps = std::move(few_steps);
  return model_of(network, std::move(rest));
}

class LookingAhead : public testing::Test {
 protected:
  // Of six steps, at this one; its first row is white, and stays so.
  std::vector<SeenAhead> ahead_of(int step, const SharedModel& model) {
    const torch::NoGradGuard no_grad;
    SampleSettings settings;
    settings.count = 2;
    settings.steps = 6;
    settings.sigma_max = 10;
    settings.guidance = 2;
    Forest forest;
    forest.start(settings, {{0}, {1}}, model);
    while (!forest.branch(0).finished()) forest.advance(0);
    const Stroke row{{{0, 0.5f}, {4, 0.5f}}, 1, 0};
    Edit edit;
    edit.step = step;
    edit.picture = 1;
    edit.layers = {{row, Paint{Surface::kGuess, 1}}, {row, Lock{}}};
    *asked_ = *few_steps_asked_ = 0;
    std::vector<SeenAhead> seen;
    const Piece look = looking_ahead({kNoModel, edit, settings, {1}}, forest, model);
    while (look([&](Event event) { seen.push_back(std::get<SeenAhead>(std::move(event))); }))
      continue;
    return seen;
  }

  const std::shared_ptr<int> asked_ = std::make_shared<int>(0),
                             few_steps_asked_ = std::make_shared<int>(0);
  const SharedModel plain_ = model_that_leans(1, asked_),
                    quick_ = model_that_leans(1, asked_, model_that_leans(-0.5, few_steps_asked_));
};

TEST_F(LookingAhead, TellsOfEveryStepWithoutFewStepWeights) {
  const std::vector<SeenAhead> seen = ahead_of(2, plain_);
  ASSERT_EQ(seen.size(), 5u);
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(seen[std::size_t(i)].step, 2 + i);
    EXPECT_EQ(seen[std::size_t(i)].finished, i == 4);
  }
}

TEST_F(LookingAhead, TellsWithThemOfTheEndAtOnceAndThenOfTheOneThatItIsWithoutThem) {
  const SeenAhead end = ahead_of(2, plain_).back();
  const int evaluations = *asked_;
  const std::vector<SeenAhead> seen = ahead_of(2, quick_);
  ASSERT_EQ(seen.size(), 2u);
  EXPECT_EQ(seen[0].step, 6);
  EXPECT_FALSE(seen[0].finished);
  EXPECT_EQ(seen[1].step, 6);
  EXPECT_TRUE(seen[1].finished);
  EXPECT_EQ(seen[1].guess, end.guess);
  EXPECT_NE(seen[0].guess, end.guess);
  EXPECT_EQ(*few_steps_asked_, 2);
  EXPECT_EQ(*asked_, evaluations);
}

TEST_F(LookingAhead, KeepsWhatIsLockedInBoth) {
  const auto is_white = [](float value) { return value == 1; };
  for (const SeenAhead& seen : ahead_of(2, quick_)) {
    const auto second_row = seen.guess.pixels.begin() + 4;
    EXPECT_TRUE(std::all_of(seen.guess.pixels.begin(), second_row, is_white)) << seen.finished;
    EXPECT_FALSE(std::all_of(second_row, second_row + 4, is_white)) << seen.finished;
  }
}

TEST_F(LookingAhead, TakesTheLastTwoStepsThemselves) {
  EXPECT_EQ(ahead_of(4, quick_).size(), 3u);
  EXPECT_EQ(*few_steps_asked_, 0);
}

}  // namespace
}  // namespace stepwise
