// What a list of runs shows of each: its newest pictures and its curve.
#include "training/run_gallery.h"

#include <gtest/gtest.h>
#include <torch/types.h>

#include <numeric>

#include "model/weights.h"
#include "safetensors_file.h"
#include "toy_data.h"
#include "training/run_head.h"
#include "training/run_summary.h"
#include "training/trainer.h"

namespace stepwise {
namespace {

ByteBatch gallery_of(int count, int side = 4) {
  ByteBatch batch{count, side, side, 1,
                  std::vector<std::uint8_t>(std::size_t(count) * side * side)};
  std::iota(batch.pixels.begin(), batch.pixels.end(), std::uint8_t(7));
  return batch;
}

class RunFile : public testing::Test {
 protected:
  RunFile() : trainer_(toy_recipe(10), toy_data(), torch::kCPU) { trainer_.step(); }

  // The summary of the run, saved, with that tensor in place of its own.
  RunSummary with(const std::string& name, const StoredTensor& tensor) {
    trainer_.save(folder_.path());
    Safetensors changed = read_safetensors(folder_ / kTrainingFile);
    changed.tensors[name] = tensor;
    write_safetensors(folder_ / kTrainingFile, changed);
    return summary_of(folder_.path());
  }

  const TemporaryFolder folder_;
  Trainer trainer_;
};

TEST_F(RunFile, KeepsTheNewestGallery) {
  trainer_.keep_gallery(gallery_of(3));
  trainer_.keep_gallery(gallery_of(5));
  trainer_.save(folder_.path());
  EXPECT_EQ(summary_of(folder_.path()).gallery, gallery_of(5));
}

TEST_F(RunFile, WithoutAGalleryHasNone) {
  trainer_.save(folder_.path());
  const RunSummary run = summary_of(folder_.path());
  EXPECT_EQ(run.damage, "");
  EXPECT_EQ(run.gallery, ByteBatch());
}

TEST_F(RunFile, ARunThatGoesOnKeepsItsGalleryUntilThereIsANewerOne) {
  trainer_.keep_gallery(gallery_of(3));
  trainer_.save(folder_.path());
  Trainer again = Trainer::resume(folder_.path(), toy_data(), torch::kCPU);
  again.step();
  again.save(folder_.path());
  EXPECT_EQ(summary_of(folder_.path()).gallery, gallery_of(3));
}

TEST_F(RunFile, OfLargePicturesOnlyTheFirstAreListed) {
  trainer_.keep_gallery(gallery_of(20, 256));
  trainer_.save(folder_.path());
  const ByteBatch listed = summary_of(folder_.path()).gallery;
  EXPECT_EQ(listed.count, 4);  // 256 kB of them.
  EXPECT_EQ(listed.image(3), gallery_of(20, 256).image(3));
}

TEST_F(RunFile, WhatIsNoGalleryIsNone) {
  const std::vector<std::uint8_t> bytes(24);
  EXPECT_EQ(with("gallery", stored({24}, bytes)).gallery, ByteBatch());
  EXPECT_EQ(with("gallery", stored({2, 2, 2, 3}, bytes)).gallery.count, 2);
  EXPECT_EQ(with("gallery", stored({3, 2, 2, 2}, bytes)).gallery, ByteBatch());
  EXPECT_EQ(with("gallery", stored({0, 2, 2, 1}, std::vector<std::uint8_t>())).gallery,
            ByteBatch());
  EXPECT_EQ(with("gallery", stored({6, 2, 2, 1}, std::vector<float>(24))).gallery, ByteBatch());
  EXPECT_EQ(with("gallery", stored({1, 1, 24, 1}, bytes)).damage, "");
}

StoredTensor table(std::vector<double> numbers, std::int64_t columns) {
  const std::int64_t rows = std::int64_t(numbers.size()) / columns;
  return stored(torch::tensor(numbers, torch::kDouble).view({rows, columns}));
}

TEST_F(RunFile, ItsCurveIsTheHeldOutLosses) {
  const RunSummary run = with("history.held_out", table({0, 1, 2, 9, 10, 0.5, 0.75, 9}, 4));
  ASSERT_EQ(run.held_out.size(), 2u);
  EXPECT_EQ(run.held_out[0], (HeldOutPoint{0, 1, 2, {}}));
  EXPECT_EQ(run.held_out[1], (HeldOutPoint{10, 0.5f, 0.75f, {}}));
  EXPECT_EQ(run.score, 0.75f);
}

TEST_F(RunFile, ALongCurveIsThinnedAndKeepsBothEnds) {
  std::vector<double> numbers;
  for (int i = 0; i < 1000; ++i) numbers.insert(numbers.end(), {double(i), 1, 1. / (i + 1)});
  const RunSummary run = with("history.held_out", table(numbers, 3));
  ASSERT_EQ(run.held_out.size(), 100u);
  EXPECT_EQ(run.held_out.front().step, 0);
  EXPECT_EQ(run.held_out.back().step, 999);
  EXPECT_TRUE(std::ranges::is_sorted(run.held_out, {}, &HeldOutPoint::step));
}

TEST_F(RunFile, RowsThatMakeNoSenseAreLeftOutOfTheCurve) {
  const double nan = std::nan("");
  const RunSummary run =
      with("history.held_out", table({1, 1, 0.5, -1, 1, 0.4,   nan, 1, 0.4,  1e300, 1, 0.4,
                                      3, 1, nan, 4,  1, 1e300, 5,   1, 0.25, 2,     1, 0.4},
                                     3));
  ASSERT_EQ(run.held_out.size(), 2u);
  EXPECT_EQ(run.held_out[0].step, 1);
  EXPECT_EQ(run.held_out[1].step, 5);
  EXPECT_EQ(run.damage, "");
}

}  // namespace
}  // namespace stepwise
