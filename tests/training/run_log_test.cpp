#include "training/run_log.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace stepwise {
namespace {

TEST(RunLog, ThinsCurvesToMeansAndKeepsTheLastPoint) {
  RunHistory history;
  for (int i = 1; i <= 10000; ++i)
    history.curve.add({i, i * 0.5, i % 2 ? 1.0f : 3.0f, 0.25f, 0.001f});
  history.held_out.push_back({10000, 0.5f, 0.625f, {0.5f, 0.75f}});
  Recipe recipe;
  recipe.batch = 10;
  const auto log = nlohmann::json::parse(run_log(recipe, history, "cpu"));
  EXPECT_EQ(log["pictures"], 100000);
  EXPECT_EQ(log["seconds"], 5000);
  EXPECT_EQ(log["recipe"]["name"], "quick");
  const auto& curve = log["curve"];
  ASSERT_EQ(curve["loss"].size(), 400u);
  EXPECT_EQ(curve["step"].size(), 400u);
  for (const auto& loss : curve["loss"]) EXPECT_NEAR(loss.get<double>(), 2, 0.05);
  EXPECT_EQ(curve["step"].back(), 10000);
  EXPECT_EQ(log["held_out"]["held_out"].back(), 0.625);
  EXPECT_EQ(log["held_out"]["last_bins"].size(), 2u);
}

TEST(RunLog, OfANewRunIsEmptyCurves) {
  const auto log = nlohmann::json::parse(run_log(Recipe{}, {}, "cpu"));
  EXPECT_EQ(log["steps"], 0);
  EXPECT_TRUE(log["curve"]["loss"].empty());
  EXPECT_TRUE(log["held_out"]["step"].empty());
}

}  // namespace
}  // namespace stepwise
