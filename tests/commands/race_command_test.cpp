#include <gmock/gmock.h>

#include <map>
#include <nlohmann/json.hpp>

#include "commands/program.h"

namespace stepwise {
namespace {

using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

TEST(RaceCommand, OnTheShippedModelTheSecondOrderEndsNearerThanTheFirst) {
  const Outcome outcome =
      run_program({"race", "--samplers", "euler,dpmpp-2m", "--count", "1", "--json"});
  ASSERT_EQ(outcome.status, 0) << outcome.said;
  const json told = json::parse(object_in(outcome));
  std::map<std::string, double> distances;
  for (const json& row : told["race"]) {
    EXPECT_EQ(row["evaluations"], 13);
    EXPECT_EQ(row["steps"], 13);
    distances[row["sampler"]] = row["distance"];
  }
  ASSERT_EQ(distances.size(), 2u);
  EXPECT_GT(distances["dpmpp-2m"], 0);
  EXPECT_LT(distances["dpmpp-2m"], 0.8 * distances["euler"]);
}

TEST(RaceCommand, WhoCannotComeToTheNumberIsNamed) {
  const Outcome outcome = run_program({"race", "--samplers", "euler,heun", "--evaluations", "12"});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.said, AllOf(HasSubstr("Heun cannot come to just 12 evaluations"),
                                  Not(HasSubstr("distance"))));
}

}  // namespace
}  // namespace stepwise
