#include "formats/survival_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "error.h"
#include "formats/info.h"

namespace stepwise {
namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;

auto refuses(const Survival& row, const char* words) {
  EXPECT_THAT([&] { check(std::vector{row}); }, ThrowsMessage<Error>(HasSubstr(words)));
}

TEST(SurvivalTable, OfNumbersOutOfRangeIsRefused) {
  const double none = std::numeric_limits<double>::quiet_NaN();
  check(std::vector<Survival>{{0.5, 2, 0}, {0.5, 4, 1}});
  refuses({0, 2, 0.5}, "sigma in survival is 0");
  refuses({-1, 2, 0.5}, "sigma in survival is -1");
  refuses({none, 2, 0.5}, "sigma in survival");
  refuses({std::numeric_limits<double>::infinity(), 2, 0.5}, "sigma in survival");
  refuses({0.5, 0, 0.5}, "size in survival is 0");
  refuses({0.5, float(none), 0.5}, "size in survival");
  refuses({0.5, 2, -0.01}, "share in survival is -0.01");
  refuses({0.5, 2, 1.01}, "share in survival is 1.01");
  refuses({0.5, 2, none}, "share in survival");
}

TEST(SurvivalTable, HasAnEnd) {
  std::vector<Survival> table(kMaxSurvivals, {0.5, 2, 0.5});
  check(table);
  table.emplace_back(table.front());
  EXPECT_THAT([&] { check(table); }, ThrowsMessage<Error>(HasSubstr("has 1001 rows")));
}

TEST(SurvivalTable, IsPutIntoAFileWhoseOtherLinesStayAsTheyAre) {
  const std::string before = R"({
  "a key of nobody": [
    1e-05,
    18446744073709551615
  ],
  "name": "clothes",
  "training": {
    "steps": 7
  }
}
)";
  const std::string once = with_survival(before, {{0.25, 2, 0.5}}, "stepwise.json");
  EXPECT_EQ(once, R"({
  "a key of nobody": [
    1e-05,
    18446744073709551615
  ],
  "name": "clothes",
  "survival": [
    {
      "share": 0.5,
      "sigma": 0.25,
      "size": 2.0
    }
  ],
  "training": {
    "steps": 7
  }
}
)");
  const std::vector<Survival> other{{1, 4, 0.125}, {1, 8, 0.25}};
  const StepwiseInfo info =
      stepwise_info_of(with_survival(once, other, "stepwise.json"), "stepwise.json");
  EXPECT_EQ(info.survival, other);
  EXPECT_EQ(info.name, "clothes");
}

TEST(SurvivalTable, IsNoKeyOfAFileWithoutOne) {
  EXPECT_THAT(json_of(StepwiseInfo{}), testing::Not(HasSubstr("survival")));
}

}  // namespace
}  // namespace stepwise
