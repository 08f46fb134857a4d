#include "settings/confidence.h"

#include <gmock/gmock.h>

#include <cmath>
#include <random>
#include <vector>

#include "error.h"

namespace stepwise {
namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;

TEST(Confidence, IsStudentsIntervalOfTwoMeans) {
  const std::vector<double> a{1, 2, 3}, b{2, 4, 6};
  const Difference difference = difference_of_means(a, b, 0.05);
  EXPECT_DOUBLE_EQ(difference.mean, 2);
  // Pooled variance (2 + 8) / 4; of t with 4 degrees of freedom 2.5 % lie above 2.776445.
  const double reach = 2.776445105 * std::sqrt(2.5 * 2 / 3);
  EXPECT_NEAR(difference.low, 2 - reach, 1e-8);
  EXPECT_NEAR(difference.high, 2 + reach, 1e-8);
}

TEST(Confidence, GrowsWithWhatIsAskedOfItAndVanishesWhereNothingVaries) {
  const std::vector<double> a{1, 2, 3}, b{2, 4, 6}, same{5, 5, 5};
  EXPECT_LT(difference_of_means(a, b, 0.001).low, difference_of_means(a, b, 0.05).low);
  EXPECT_EQ(difference_of_means(same, same, 0.001), (Difference{0, 0, 0}));
}

TEST(Confidence, LeavesOutTheTruthAsOftenAsItMay) {
  std::mt19937 random(1);
  std::normal_distribution<double> normal;
  constexpr int kTries = 20000;
  int wrong = 0;
  for (int i = 0; i < kTries; ++i) {
    std::vector<double> a(5), b(5);
    for (double& value : a) value = 3 + normal(random);
    for (double& value : b) value = 4 + normal(random);
    const Difference d = difference_of_means(a, b, 0.1);
    wrong += d.low > 1 || d.high < 1;
  }
  EXPECT_NEAR(double(wrong) / kTries, 0.1, 0.008);
}

TEST(Confidence, NeedsTwoOfEachAndAChance) {
  const std::vector<double> one{1}, two{1, 2}, three{1, 2, 3};
  EXPECT_THAT([&] { difference_of_means(one, one, 0.05); },
              ThrowsMessage<Error>(HasSubstr("1 values of one kind")));
  EXPECT_THAT([&] { difference_of_means(two, three, 0.05); },
              ThrowsMessage<Error>(HasSubstr("3 of the other")));
  EXPECT_THAT([&] { difference_of_means(two, two, 0); }, ThrowsMessage<Error>(HasSubstr("is 0")));
}

}  // namespace
}  // namespace stepwise
