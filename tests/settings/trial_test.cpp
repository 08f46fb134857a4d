#include "settings/trial.h"

#include <gtest/gtest.h>

#include <cmath>

namespace stepwise {
namespace {

// Bounds as shares: -0.1 is a tenth less for B.
Difference between(double low, double high) {
  return {std::log1p((low + high) / 2), std::log1p(low), std::log1p(high)};
}

TrialLook look_of(const std::vector<Difference>& ranges, const Difference& whole) {
  TrialLook look;
  look.whole = {0.02, 20, whole};
  double sigma = 0.02;
  for (const Difference& loss : ranges) {
    look.ranges.push_back({sigma, sigma * 10, loss});
    sigma *= 10;
  }
  return look;
}

TEST(Trial, AVerdictIsWhatTheBoundsLeaveNoDoubtOf) {
  EXPECT_EQ(verdict_on(between(-0.2, -0.01)), Verdict::kBBetter);
  EXPECT_EQ(verdict_on(between(0.01, 0.2)), Verdict::kABetter);
  EXPECT_EQ(verdict_on(between(-0.2, 0.01)), Verdict::kOpen);
  EXPECT_EQ(verdict_on(between(-0.04, 0.04)), Verdict::kAlike);
  EXPECT_EQ(verdict_on({0, 0, 0}), Verdict::kAlike);
}

TEST(Trial, SaysWhereEachIsBetterAndWhatIsOpen) {
  const Difference open = between(-0.3, 0.2);
  EXPECT_EQ(words_for(look_of({between(-0.2, -0.1), between(-0.3, -0.12), open}, open)),
            "B is better below σ 2, by 10 to 30 %; it is not decided yet above σ 2.");
  EXPECT_EQ(words_for(look_of({between(0.01, 0.02), open, between(-0.3, -0.2)}, open)),
            "A is better below σ 0.2, by 1.0 to 2.0 %; it is not decided yet between σ 0.2 and 2; "
            "B is better above σ 2, by 20 to 30 %.");
}

TEST(Trial, SaysItInOneWhereAllLevelsAgree) {
  const Difference better = between(-0.2, -0.1), same = between(-0.01, 0.02);
  EXPECT_EQ(words_for(look_of({better, better}, better)),
            "B is better at all noise levels, by 10 to 20 %.");
  EXPECT_EQ(words_for(look_of({same, same}, same)),
            "There is no difference at all noise levels of more than 2.0 %.");
}

TEST(Trial, OfRestorersSpeaksOfSeverities) {
  TrialLook look;
  look.whole = {0, 1, between(-0.3, 0.2)};
  look.ranges = {{0, 0.25, between(-0.2, -0.1)},
                 {0.25, 0.5, between(-0.3, 0.2)},
                 {0.5, 1, between(0.01, 0.02)}};
  EXPECT_EQ(words_for(look, Degradation::kBlur),
            "B is better below severity 0.25, by 10 to 20 %; it is not decided yet between "
            "severity 0.25 and 0.5; A is better above severity 0.5, by 1.0 to 2.0 %.");
  look.ranges.resize(1);
  EXPECT_EQ(words_for(look, Degradation::kBlur), "B is better at all severities, by 10 to 20 %.");
}

TEST(Trial, SaysWhatAllLevelsTogetherTellWhereNoneDoes) {
  const Difference open = between(-0.3, 0.2);
  EXPECT_EQ(words_for(look_of({open, open}, between(-0.12, -0.02))),
            "B is better on the whole, by 2.0 to 12 %.");
  EXPECT_EQ(words_for(look_of({open, open}, between(-0.12, 0.04))),
            "Not decided yet: the loss of B may be 12 % less than that of A, or 4.0 % more.");
}

}  // namespace
}  // namespace stepwise
