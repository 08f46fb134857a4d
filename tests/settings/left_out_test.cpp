#include "settings/left_out.h"

#include <gmock/gmock.h>

#include "error_of.h"

namespace stepwise {
namespace {

using testing::HasSubstr;

SampleSettings without(std::vector<int> steps) {
  SampleSettings settings;
  settings.steps = 10;
  settings.left_out = std::move(steps);
  return settings;
}

TEST(LeftOut, TakesOutWhatBelongsToTheSteps) {
  std::vector<double> values{0, 1, 2, 3, 4, 5};
  leave_out({1, 2, 4}, values);
  EXPECT_EQ(values, (std::vector<double>{0, 3, 5}));
  std::vector<double> none;
  leave_out({1, 2, 4}, none);
  EXPECT_TRUE(none.empty());
}

TEST(LeftOut, StepsKeepTheirNumbersAmongAll) {
  const std::vector<int> left_out{1, 2, 4};  // Taken are 0, 3, 5, 6.
  EXPECT_EQ(number_of_step(left_out, 0), 0);
  EXPECT_EQ(number_of_step(left_out, 1), 3);
  EXPECT_EQ(number_of_step(left_out, 2), 5);
  EXPECT_EQ(number_of_step(left_out, 3), 6);
  EXPECT_EQ(number_of_step({}, 7), 7);
}

TEST(LeftOut, OneMoreIsCountedAmongThoseThatAreTaken) {
  EXPECT_EQ(without_step(without({}), 3).left_out, (std::vector<int>{3}));
  EXPECT_EQ(without_step(without({3}), 3).left_out, (std::vector<int>{3, 4}));
  EXPECT_EQ(without_step(without({3}), 2).left_out, (std::vector<int>{2, 3}));
  EXPECT_EQ(steps_taken(without_step(without({3}), 2)), 8);
}

TEST(LeftOut, TheFirstStepTheLastAndDisorderAreRefused) {
  EXPECT_NO_THROW(check(without({1, 8})));
  for (const auto& steps : {std::vector{0}, {9}, {10}, {-1}})
    EXPECT_THAT(error_of([&] { check(without(steps)); }), HasSubstr("cannot be left out"))
        << steps[0];
  for (const auto& steps : {std::vector{3, 2}, {3, 3}})
    EXPECT_THAT(error_of([&] { check(without(steps)); }), HasSubstr("List them rising"));
}

TEST(LeftOut, CostsNoEvaluations) {
  SampleSettings settings = without({2, 5});
  settings.sampler = SamplerKind::kHeun;
  EXPECT_EQ(evaluations_per_picture(without({})), 10);
  EXPECT_EQ(evaluations_per_picture(settings), 15);
}

TEST(LeftOut, IsToldInWords) {
  EXPECT_EQ(left_out_words(without({})), "");
  EXPECT_EQ(left_out_words(without({3, 7})), ", without step 3, 7");
}

}  // namespace
}  // namespace stepwise
