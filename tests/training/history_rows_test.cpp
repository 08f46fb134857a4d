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
  const auto rows = HistoryTable(16, kToyEdges).rows_after({2, RowKind::kHeldOut}, toy_history(3));
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
  EXPECT_EQ(keys_of(table.rows_after({4, RowKind::kStep}, history)),
            (Keys{{5, RowKind::kStep}, {6, RowKind::kStep}, {6, RowKind::kHeldOut}}));
  EXPECT_EQ(keys_of(table.rows_after({3, RowKind::kStep}, history)).front(),
            (RowKey{3, RowKind::kHeldOut}));
  EXPECT_EQ(keys_of(table.rows_after({6, RowKind::kStep}, history)),
            (Keys{{6, RowKind::kHeldOut}}));
  EXPECT_THAT(table.rows_after({6, RowKind::kHeldOut}, history), IsEmpty());
}

TEST(HistoryTable, AMeasurementThatWasMadeTwiceIsOneRow) {
  RunHistory history = toy_history(3);
  history.held_out.push_back(history.held_out.back());
  EXPECT_EQ(HistoryTable(16, kToyEdges).rows_after({3, RowKind::kStep}, history).size(), 1u);
}

TEST(HistoryTable, BinsOfOtherEdgesAreLeftOut) {
  RunHistory history = toy_history(3);
  history.held_out.back().bins = {1, 2, 3};
  const HistoryRow row =
      HistoryTable(16, kToyEdges).rows_after({3, RowKind::kStep}, history).back();
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

TEST(HistoryTable, OfARunThatIsMeasuredHasColumnsForIt) {
  const HistoryTable table(16, kToyEdges, true);
  EXPECT_EQ(std::vector(table.columns().begin() + 11, table.columns().end()),
            (std::vector<std::string>{"fd", "fd_floor", "fd_low", "fd_high", "class_agreement",
                                      "nearest"}));
  const RunHistory history = measured_toy_history(6);
  const auto rows = table.rows_after({6, RowKind::kStep}, history);
  ASSERT_EQ(keys_of(rows), (std::vector<RowKey>{{6, RowKind::kHeldOut}, {6, RowKind::kMeasured}}));
  EXPECT_EQ(rows[0].values[10], 1.25);  // Its last bin.
  EXPECT_EQ(std::vector(rows[1].values.begin(), rows[1].values.begin() + 3),
            (std::vector<double>{6, 1.5, 96}));
  for (std::size_t i = 3; i < 11; ++i) EXPECT_TRUE(std::isnan(rows[1].values[i])) << i;
  for (std::size_t i = 11; i < 17; ++i) EXPECT_TRUE(std::isnan(rows[0].values[i])) << i;
  EXPECT_EQ(std::vector(rows[1].values.begin() + 11, rows[1].values.end()),
            (std::vector<double>{1.5, 0.5, 1.25, 1.75, 0.75, 0.125}));
  EXPECT_THAT(table.rows_after({6, RowKind::kMeasured}, history), IsEmpty());
}

TEST(HistoryTable, WithoutThoseColumnsTellsNothingOfWhatWasMeasured) {
  const HistoryTable table(16, kToyEdges);
  EXPECT_EQ(keys_of(table.rows_after({}, measured_toy_history(6))),
            keys_of(table.rows_after({}, toy_history(6))));
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
