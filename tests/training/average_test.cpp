// Averages of other lengths, made afterwards.
#include "training/average.h"

#include <gmock/gmock.h>
#include <torch/types.h>
#include <torch/utils.h>

#include <cmath>

#include "error_of.h"
#include "formats/layout.h"
#include "model/folder.h"
#include "temporary_folder.h"
#include "toy_data.h"
#include "training/ema.h"
#include "training/marks.h"
#include "training/trainer.h"

namespace stepwise {
namespace {

using testing::DoubleNear;
using testing::ElementsAre;
using testing::HasSubstr;

TEST(AverageMix, OfTheOneThatIsThereIsThatOne) {
  const AverageMix mix = mix_for({{100, 0.02}}, {100, 0.02});
  EXPECT_THAT(mix.weights, ElementsAre(DoubleNear(1, 1e-9)));
  EXPECT_NEAR(mix.misfit, 0, 1e-9);
}

TEST(AverageMix, OfOneAmongSeveralIsThatOne) {
  const AverageMix mix = mix_for({{50, 0.02}, {50, 0.1}, {100, 0.02}, {100, 0.1}}, {100, 0.1});
  EXPECT_THAT(mix.weights, ElementsAre(DoubleNear(0, 1e-6), DoubleNear(0, 1e-6),
                                       DoubleNear(0, 1e-6), DoubleNear(1, 1e-6)));
  EXPECT_NEAR(mix.misfit, 0, 1e-6);
}

TEST(AverageMix, SumsToOneAndMissesLessTheMoreThereAre) {
  const AverageProfile wanted{100, 0.05};
  const AverageMix two = mix_for({{100, 0.02}, {100, 0.1}}, wanted);
  const AverageMix four = mix_for({{80, 0.02}, {80, 0.1}, {100, 0.02}, {100, 0.1}}, wanted);
  EXPECT_NEAR(two.weights[0] + two.weights[1], 1, 1e-9);
  EXPECT_LT(two.misfit, 0.05);
  EXPECT_LT(four.misfit, two.misfit);
}

// Weights that do something else in each step, averaged as a run averages them.
class AveragedWalk : public testing::Test {
 protected:
  double averaged(double half_life, int steps) const {
    double average = 0;
    for (int t = 1; t <= steps; ++t) {
      const double decay = ema_decay(half_life, t);
      average = decay * average + (1 - decay) * weight(t);
    }
    return average;
  }
  static double weight(int t) { return std::sin(t / 300.) + t / 500.; }
};

TEST_F(AveragedWalk, OfAnotherLengthIsComeToTwiceAsCloseAsByAnyThatIsKept) {
  const std::vector<AverageProfile> there{{1500, 0.02}, {1500, 0.1}, {2000, 0.02}, {2000, 0.1}};
  std::vector<double> kept;
  for (const AverageProfile& each : there) kept.push_back(averaged(each.half_life, int(each.step)));
  for (const double half_life : {0.03, 0.05, 0.07}) {
    const AverageMix mix = mix_for(there, {2000, half_life});
    double made = 0;
    for (std::size_t i = 0; i < there.size(); ++i) made += mix.weights[i] * kept[i];
    const double wanted = averaged(half_life, 2000);
    const double nearest = std::min(std::abs(wanted - kept[2]), std::abs(wanted - kept[3]));
    EXPECT_NEAR(made, wanted, nearest / 2) << half_life;
  }
}

// A toy run of twelve steps with a mark at the seventh.
class AverageOfRun : public testing::Test {
 protected:
  AverageOfRun() : trainer_(toy_recipe(12), toy_data(), torch::kCPU) {
    for (int i = 0; i < 7; ++i) trainer_.step();
    trainer_.save_mark(mark_file(run_, 7), "");
    for (int i = 0; i < 5; ++i) trainer_.step();
    trainer_.save(run_);
  }
  double distance(const std::filesystem::path& a, const std::filesystem::path& b) const {
    const auto first = read_model(a).net->parameters(), second = read_model(b).net->parameters();
    double sum = 0;
    for (std::size_t i = 0; i < first.size(); ++i)
      sum += (first[i] - second[i]).square().sum().item<double>();
    return std::sqrt(sum);
  }
  const TemporaryFolder folder_;
  const std::filesystem::path run_ = folder_ / "run";
  Trainer trainer_;
};

TEST_F(AverageOfRun, OfItsOwnLengthIsItsModel) {
  const RunAverage same = average_run(run_, trainer_.recipe().ema);
  EXPECT_EQ(same.parts, 4);
  EXPECT_NEAR(same.misfit, 0, 1e-6);
  EXPECT_LT(distance(same.folder, run_), 1e-4);
}

TEST_F(AverageOfRun, OfAnotherLengthIsAnotherModelOfTheSameKindAndIsMadeOnce) {
  const RunAverage longer = average_run(run_, 0.1);
  EXPECT_GT(distance(longer.folder, run_), 1e-4);
  const ModelFolder model = read_model(longer.folder), own = read_model(run_);
  EXPECT_EQ(model.net->config, own.net->config);
  EXPECT_EQ(model.info.defaults, own.info.defaults);
  EXPECT_THAT(model.info.name, HasSubstr("half-life 10 %"));
  const auto written = std::filesystem::last_write_time(longer.folder / kInfo);
  EXPECT_EQ(average_run(run_, 0.1).folder, longer.folder);
  EXPECT_EQ(std::filesystem::last_write_time(longer.folder / kInfo), written);
}

TEST_F(AverageOfRun, GoesOnWithTheRun) {
  Trainer again = Trainer::begin_at(mark_file(run_, 7), {}, toy_data(), torch::kCPU);
  for (int i = 0; i < 5; ++i) again.step();
  again.save(folder_ / "again");
  const auto a = average_run(run_, 0.1), b = average_run(folder_ / "again", 0.1);
  EXPECT_EQ(b.parts, 2);  // It has no marks.
  std::filesystem::remove_all(run_ / "marks");
  std::filesystem::remove_all(a.folder);
  EXPECT_EQ(distance(average_run(run_, 0.1).folder, b.folder), 0);
}

TEST_F(AverageOfRun, WhatIsNoRunOrNoLengthIsRefused) {
  EXPECT_THAT(error_of([&] { average_run(folder_ / "none", 0.1); }), HasSubstr("none"));
  EXPECT_THAT(error_of([&] { average_run(run_, 2); }), HasSubstr("is 2, but must lie between"));
}

}  // namespace
}  // namespace stepwise
