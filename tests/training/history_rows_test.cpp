#include "training/history_rows.h"

#include <gmock/gmock.h>

#include <cmath>

#include "toy_history.h"

namespace stepwise {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<RowKey> keys_of(const std::vector<HistoryRow>& rows) {
  std::vector<RowKey> keys;
  for (const HistoryRow& row : rows) keys.push_back(row.key);
  return keys;
}

TEST(HistoryTable, NamesEachBinByItsMiddle) {
  EXPECT_THAT(HistoryTable(16, kToyEdges).columns(),
              ElementsAre("step", "seconds", "pictures", "loss", "gradient_norm", "learning_rate",
                          "pictures_per_second", "train", "held_out", "held_out/sigma_0.32",
                          "held_out/sigma_3.2"));
}

TEST(HistoryTable, ARowOfAStepAndOneOfAMeasurementTellDifferentThings) {
  const auto rows = HistoryTable(16, kToyEdges).rows_after({2, true}, toy_history(3));
  ASSERT_EQ(rows.size(), 2u);
  const std::vector<double> step{3, 0.75, 48, 0.5, 2, 0.001f, 64};
  EXPECT_EQ(std::vector(rows[0].values.begin(), rows[0].values.begin() + 7), step);
  for (std::size_t i = 7; i < 11; ++i) EXPECT_TRUE(std::isnan(rows[0].values[i])) << i;
  for (const std::size_t i : {3u, 4u, 5u, 6u}) EXPECT_TRUE(std::isnan(rows[1].values[i])) << i;
  EXPECT_EQ(std::vector(rows[1].values.begin(), rows[1].values.begin() + 3),
            (std::vector<double>{3, 0.75, 48}));
  EXPECT_EQ(std::vector(rows[1].values.begin() + 7, rows[1].values.end()),
            (std::vector<double>{0.5, 0.75, 0.25, 1.25}));
}

TEST(HistoryTable, RowsBeginBehindTheLastOneAndMeasurementsFollowTheirStep) {
  const HistoryTable table(16, kToyEdges);
  const RunHistory history = toy_history(6);
  using Keys = std::vector<RowKey>;
  EXPECT_EQ(table.rows_after({}, history).size(), 8u);
  EXPECT_EQ(keys_of(table.rows_after({4, false}, history)),
            (Keys{{5, false}, {6, false}, {6, true}}));
  EXPECT_EQ(keys_of(table.rows_after({3, false}, history)).front(), (RowKey{3, true}));
  EXPECT_EQ(keys_of(table.rows_after({6, false}, history)), (Keys{{6, true}}));
  EXPECT_THAT(table.rows_after({6, true}, history), IsEmpty());
}

TEST(HistoryTable, AMeasurementThatWasMadeTwiceIsOneRow) {
  RunHistory history = toy_history(3);
  history.held_out.push_back(history.held_out.back());
  EXPECT_EQ(HistoryTable(16, kToyEdges).rows_after({3, false}, history).size(), 1u);
}

TEST(HistoryTable, BinsOfOtherEdgesAreLeftOut) {
  RunHistory history = toy_history(3);
  history.held_out.back().bins = {1, 2, 3};
  const HistoryRow row = HistoryTable(16, kToyEdges).rows_after({3, false}, history).back();
  EXPECT_EQ(row.values[8], 0.75);
  EXPECT_TRUE(std::isnan(row.values[9]));
  EXPECT_TRUE(std::isnan(row.values[10]));
}

TEST(HistoryTable, OfALongRunTheRowsAreOfSeveralStepsAndStayFew) {
  constexpr int kSteps = 4 * int(kMaxPoints);
  const HistoryTable table(1, kToyEdges);
  RunHistory history;
  RowKey last;
  std::size_t rows = 0;
  for (int i = 1; i <= kSteps; ++i) {
    history.curve.add({i, i * 0.25, 1, 2, 0.001f});
    if (i % 100 != 0 && i != kSteps) continue;
    for (const HistoryRow& row : table.rows_after(last, history)) {
      EXPECT_GT(row.key, last);
      last = row.key;
      ++rows;
    }
  }
  EXPECT_GT(last.step, kSteps - 8);
  EXPECT_LT(rows, 2 * kMaxPoints + 8);
}

TEST(DigitsOf, AreThoseThatTellOneFloatFromTheNext) {
  EXPECT_EQ(digits_of(12), "12");
  EXPECT_EQ(digits_of(100'000'000), "100000000");
  EXPECT_EQ(digits_of(0.1f), "0.1");
  EXPECT_EQ(digits_of(-2.5), "-2.5");
  EXPECT_EQ(digits_of(1e-6f), "1e-06");
  EXPECT_EQ(digits_of(1e20f), "1e+20");
}

}  // namespace
}  // namespace stepwise
