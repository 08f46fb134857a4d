// What changes of class cost, on a model that can be seen through.
#include "editing/trade_off.h"

#include <gtest/gtest.h>

#include "trees.h"

namespace stepwise {
namespace {

// Pictures of class k are k / 4 in their first row, and as they are elsewhere.
SharedModel first_row_model() {
  Model model;
  model.unclamped = [](const std::vector<Condition>& asked, const SampleSettings&) -> Denoise {
    return [=](const Tensor& x, double sigma) {
      if (sigma == 0) return Guess(x);
      Tensor guess = x / (1 + sigma * sigma);
      for (std::size_t i = 0; i < asked.size(); ++i)
        guess[std::int64_t(i)][0][0].fill_(double(asked[i].label.value_or(0)) / 4);
      return Guess(guess);
    };
  };
  model.classes = {kClasses};
  model.shape = {1, 4, 4};
  return std::make_shared<const Model>(std::move(model));
}

std::vector<TradeOff> measured() {
  const auto classify = [](const Tensor& pictures) {
    return (pictures.select(2, 0).mean({1, 2}) * 4).round().to(torch::kLong);
  };
  Tensor pictures = torch::zeros({5, 1, 4, 4});
  pictures.select(2, 0).fill_(0.25);
  MaskSearch search;
  search.grow = 0;
  search.draws = 2;
  TradeOffMeasurement measurement(settings_for(SamplerKind::kEuler), {1, 4}, search,
                                  {{{1, 3}, pictures}, {{1, 2}, pictures.slice(0, 0, 2)}},
                                  first_row_model(), classify);
  double before = 0;
  while (measurement.step()) {
    EXPECT_GE(measurement.fraction(), before);
    before = measurement.fraction();
  }
  EXPECT_DOUBLE_EQ(measurement.fraction(), 1);
  return measurement.table();
}

TEST(TradeOff, HasARowForEachMethodAndLevel) {
  const auto table = measured();
  EXPECT_EQ(table.size(), kChangeMethods.size() * 2);
  for (std::size_t i = 0; i < table.size(); ++i) {
    EXPECT_EQ(table[i].method, kChangeMethods[i / 2].first);
    EXPECT_EQ(table[i].sigma, i % 2 == 0 ? 4 : 1);
    EXPECT_EQ(table[i].changed, 1) << id_of(table[i].method);
  }
}

TEST(TradeOff, WhatIsMaskedChangesNothingElseAndWhatIsMovedBarelyDoes) {
  for (const TradeOff& row : measured()) {
    const bool masked =
        row.method == ChangeMethod::kDiffEdit || row.method == ChangeMethod::kMaskedFlow;
    if (masked) {
      EXPECT_EQ(row.outside, 0);
    }
    // The first row alone moves: by 1/2 for five pictures, by 1/4 for two.
    if (row.method == ChangeMethod::kFlow || masked) {
      EXPECT_NEAR(row.change, 127.5 / 4 * (5 * 0.5 + 2 * 0.25) / 7, 0.05);
    }
    if (row.method == ChangeMethod::kSdedit) {
      EXPECT_GT(row.outside, 0.5);
    }
  }
}

}  // namespace
}  // namespace stepwise
