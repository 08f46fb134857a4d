#include "training/trial.h"

#include <gmock/gmock.h>

#include "toy_data.h"

namespace stepwise {
namespace {

using testing::AllOf;
using testing::Each;
using testing::HasSubstr;
using testing::SizeIs;
using testing::ThrowsMessage;

constexpr int kPairs = 3;
constexpr std::int64_t kSteps = 8;

bool nobody() { return false; }

class TrialOfToys : public testing::Test {
 protected:
  Trial trial(const Recipe& a, const Recipe& b, int pairs = kPairs) const {
    return Trial(a, b, pairs, data, torch::kCPU);
  }
  std::vector<TrialLook> looks_of(Trial trial, std::size_t count) const {
    std::vector<TrialLook> looks;
    while (looks.size() < count) {
      if (trial.due())
        looks.push_back(trial.look());
      else
        trial.advance(nobody);
    }
    return looks;
  }

  const Dataset data = toy_data();
  const Recipe usual = toy_recipe(kSteps);
};

TEST_F(TrialOfToys, LooksAtAllRunsAtEvenSharesOfTheBudget) {
  Trial trial = this->trial(usual, usual);
  int advances = 0;
  for (; !trial.due(); ++advances) trial.advance(nobody);
  EXPECT_EQ(advances, 2 * kPairs * (1 + kSteps / kTrialLooks));  // Each begins, and takes steps.
  EXPECT_DOUBLE_EQ(trial.fraction(), 1.0 / kTrialLooks);
  const TrialLook look = trial.look();
  EXPECT_EQ(look.number, 1);
  EXPECT_THAT(look.a, SizeIs(kPairs));
  EXPECT_GT(look.seconds, 0);
  EXPECT_EQ(look.ranges.front().sigma_low, look.whole.sigma_low);
  EXPECT_EQ(look.ranges.back().sigma_high, look.whole.sigma_high);
  EXPECT_FALSE(trial.due());
}

TEST_F(TrialOfToys, RunsOfOneSeedAreTheSameOfBothRecipes) {
  const std::vector<TrialLook> looks = looks_of(trial(usual, usual), 2);
  for (const TrialLook& look : looks) {
    EXPECT_EQ(look.a, look.b);
    EXPECT_EQ(look.whole.loss.mean, 0);
  }
  EXPECT_NE(looks[0].a[0], looks[0].a[1]);  // The next pair has another seed.
}

TEST_F(TrialOfToys, FindsOutThatOneHardlyLearns) {
  Recipe slow = usual;
  slow.learning_rate = usual.learning_rate / 100;
  const TrialLook last = looks_of(trial(usual, slow), kTrialLooks).back();
  EXPECT_EQ(verdict_on(last.whole.loss), Verdict::kABetter);
  EXPECT_THAT(words_for(last), HasSubstr("A is better"));
}

TEST_F(TrialOfToys, TellsWhichRunCannotGoOn) {
  Recipe wild = usual;
  wild.batch = 4096;
  wild.sigma_mean = -10;  // One over the square of the lowest level is no float any more.
  wild.sigma_std = 10;
  wild.budget = {0, 1};
  Trial broken = trial(toy_recipe(1), wild);
  while (!broken.due()) broken.advance(nobody);
  EXPECT_THAT([&] { broken.look(); },
              ThrowsMessage<Error>(AllOf(HasSubstr("Run 1 of recipe B cannot go on"),
                                         HasSubstr("no longer a finite number"))));
}

TEST_F(TrialOfToys, IsRefusedWhereItCouldTellNothing) {
  EXPECT_THAT([&] { trial(usual, usual, 2); },
              ThrowsMessage<Error>(HasSubstr("The number of runs of each recipe is 2")));
  Recipe other = usual;
  other.sigma_data = 0.5;
  EXPECT_THAT([&] { trial(usual, other); }, ThrowsMessage<Error>(HasSubstr("do not compare")));
  Recipe restorer = usual;
  restorer.degradation = DegradationStack({Degradation::kBlur, Degradation::kText});
  EXPECT_THAT(
      [&] { trial(usual, restorer); },
      ThrowsMessage<Error>(HasSubstr("undo noise and of those that undo blur,text do not")));
  EXPECT_THAT([&] { trial(usual, toy_recipe(0)); },
              ThrowsMessage<Error>(HasSubstr("needs a time or a number of steps")));
}

}  // namespace
}  // namespace stepwise
