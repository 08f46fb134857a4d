#include "training/batches.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "data/corrections.h"
#include "toy_data.h"
#include "training/network.h"

namespace stepwise {
namespace {

constexpr std::int64_t kNull = 2;  // Behind the two classes of the toy data.

Batches batches_with(double class_dropout) {
  Recipe recipe = toy_recipe(1);
  recipe.class_dropout = class_dropout;
  recipe.flip = false;
  return {recipe, toy_data(), regressor_of(recipe, torch::kCPU)};
}

// The rows of a standing bar are all the same.
std::int64_t class_seen_in(const torch::Tensor& picture) {
  return picture[0].equal(picture[0].narrow(0, 0, 1).expand({8, 8})) ? 1 : 0;
}

TEST(Batches, AreFunctionsOfSeedAndStep) {
  Recipe recipe = toy_recipe(1);
  const Regressor regressor = regressor_of(recipe, torch::kCPU);
  Batches walked(recipe, toy_data(), regressor), fresh(recipe, toy_data(), regressor);
  recipe.seed += 1;
  Batches other(recipe, toy_data(), regressor);
  for (int step = 0; step < 5; ++step) walked.of(step);
  const Batch a = walked.of(2), b = fresh.of(2), c = other.of(2), d = fresh.of(3);
  const auto same = [](const Batch& x, const Batch& y) {
    return std::vector{x.clean.equal(y.clean), x.noise.equal(y.noise), x.sigma.equal(y.sigma),
                       x.labels.equal(y.labels)};
  };
  EXPECT_EQ(same(a, b), std::vector(4, true));
  EXPECT_EQ(same(a, c), std::vector(4, false));
  EXPECT_EQ(same(a, d), std::vector(4, false));
}

TEST(Batches, SharesAreTheBatchToTheBit) {
  Recipe recipe = toy_recipe(1);
  recipe.shift = 2;
  Batches batches(recipe, toy_data(), regressor_of(recipe, torch::kCPU));
  for (int step = 0; step < 20; ++step) {
    const Batch whole = batches.of(step);
    std::vector<torch::Tensor> clean, noise, sigma, labels;
    for (int part = 0; part < 3; ++part) {
      const Batch share = batches.of(step, {part, 3});
      clean.push_back(share.clean);
      noise.push_back(share.noise);
      sigma.push_back(share.sigma);
      labels.push_back(share.labels);
    }
    EXPECT_TRUE(torch::cat(clean).equal(whole.clean)) << step;
    EXPECT_TRUE(torch::cat(noise).equal(whole.noise)) << step;
    EXPECT_TRUE(torch::cat(sigma).equal(whole.sigma)) << step;
    EXPECT_TRUE(torch::cat(labels).equal(whole.labels)) << step;
  }
}

// The picture with each pixel taken from (dy, dx) further up and left, those of the edge beyond it.
torch::Tensor moved_by(const torch::Tensor& picture, int dy, int dx) {
  torch::Tensor result = torch::empty_like(picture);
  const auto last = int(picture.size(1)) - 1;
  for (int y = 0; y <= last; ++y)
    for (int x = 0; x <= last; ++x)
      result[0][y][x] = picture[0][std::clamp(y - dy, 0, last)][std::clamp(x - dx, 0, last)];
  return result;
}

TEST(Batches, PicturesAreMovedByUpToSoManyPixelsEachWay) {
  Recipe recipe = toy_recipe(1);
  recipe.flip = false;
  Batches still(recipe, toy_data(), regressor_of(recipe, torch::kCPU));
  recipe.shift = 1;
  Batches moving(recipe, toy_data(), regressor_of(recipe, torch::kCPU));
  const Batch before = still.of(3), after = moving.of(3);
  EXPECT_TRUE(before.noise.equal(after.noise));
  int others = 0;
  for (std::int64_t i = 0; i < before.clean.size(0); ++i) {
    bool found = false;
    for (const int dy : {-1, 0, 1})
      for (const int dx : {-1, 0, 1})
        found |= moved_by(before.clean[i], dy, dx).equal(after.clean[i]);
    EXPECT_TRUE(found) << i;
    others += !before.clean[i].equal(after.clean[i]);
  }
  EXPECT_GT(others, 0);
}

TEST(Batches, DealOutNothingThatIsLeftOutAndAllOthersInEveryEpoch) {
  Dataset data = toy_data();
  correct(data, {.pictures = {{.index = 0, .left_out = true},
                              {.index = 17, .left_out = true},
                              {.index = 31, .left_out = true},
                              {.index = 59, .left_out = true}}});
  Recipe recipe = toy_recipe(1);
  recipe.batch = 14;  // An epoch of the 56 that are left is four steps.
  Batches batches(recipe, data, regressor_of(recipe, torch::kCPU));
  for (int epoch = 0; epoch < 3; ++epoch) {
    std::vector<int> seen;
    for (int step = 4 * epoch; step < 4 * epoch + 4; ++step) {
      const torch::Tensor pictures = batches.place_of(step, {}).pictures;
      for (std::int64_t i = 0; i < pictures.size(0); ++i)
        seen.push_back(int(pictures[i].item<std::int64_t>()));
    }
    std::ranges::sort(seen);
    EXPECT_EQ(seen, learned_from(data)) << epoch;
  }
}

TEST(Batches, TellTheClassesThatWereSetRight) {
  Dataset data = toy_data();
  correct(data,
          {.pictures = {{.index = 4, .label = 1}}});  // It shows a lying bar, as class 0 does.
  Recipe recipe = toy_recipe(1);
  recipe.class_dropout = 0;
  recipe.flip = false;
  Batches batches(recipe, data, regressor_of(recipe, torch::kCPU));
  int met = 0;
  for (int step = 0; step < 8; ++step) {  // Two epochs.
    const BatchPlace place = batches.place_of(step, {});
    const Batch batch = batches.at(place, {});
    for (std::int64_t i = 0; i < batch.clean.size(0); ++i) {
      const std::int64_t seen = class_seen_in(batch.clean[i]),
                         told = batch.labels[i].item<std::int64_t>();
      const bool is_it = place.pictures[i].item<std::int64_t>() == 4;
      EXPECT_EQ(told, is_it ? 1 : seen);
      met += is_it;
    }
  }
  EXPECT_GE(met, 2);
}

TEST(Batches, OfADataSetThatIsCorrectedMeanwhileAreAsIfItHadBeenSoFromTheFirst) {
  const Recipe recipe = toy_recipe(1);
  const Regressor regressor = regressor_of(recipe, torch::kCPU);
  Dataset corrected = toy_data();
  correct(corrected, {.pictures = {{.index = 4, .label = 1}, {.index = 17, .left_out = true}}});
  Batches changed(recipe, toy_data(), regressor), expected(recipe, corrected, regressor),
      never(recipe, toy_data(), regressor);
  changed.of(5);
  const auto same = [](const Batch& a, const Batch& b) {
    return a.clean.equal(b.clean) && a.noise.equal(b.noise) && a.sigma.equal(b.sigma) &&
           a.labels.equal(b.labels);
  };
  changed.learn_from(corrected);
  for (const std::int64_t step : {5, 6, 20})
    EXPECT_TRUE(same(changed.of(step), expected.of(step))) << step;
  EXPECT_FALSE(same(changed.of(6), never.of(6)));
  changed.learn_from(toy_data());
  for (const std::int64_t step : {5, 6, 20})
    EXPECT_TRUE(same(changed.of(step), never.of(step))) << step;
}

TEST(Batches, ToldWrongClassesAreWrongOfTheSamePicturesInEveryEpoch) {
  Recipe recipe = toy_recipe(1);
  recipe.class_dropout = 0;
  recipe.wrong_classes = 0.4;
  Batches batches(recipe, toy_data(), regressor_of(recipe, torch::kCPU));
  std::map<std::int64_t, std::set<std::int64_t>> told;
  int wrong = 0, all = 0;
  for (int step = 0; step < 30; ++step) {  // Eight epochs.
    const BatchPlace place = batches.place_of(step, {});
    const Batch batch = batches.at(place, {});
    for (std::int64_t i = 0; i < batch.clean.size(0); ++i) {
      const std::int64_t label = batch.labels[i].item<std::int64_t>();
      told[place.pictures[i].item<std::int64_t>()].insert(label);
      wrong += label != class_seen_in(batch.clean[i]);
      ++all;
    }
  }
  EXPECT_EQ(told.size(), 60u);
  for (const auto& [picture, labels] : told) EXPECT_EQ(labels.size(), 1u);
  EXPECT_NEAR(double(wrong) / all, 0.4, 0.15);
}

TEST(Batches, PicturesComeWithTheirOwnClass) {
  Batches batches = batches_with(0);
  for (int step = 0; step < 8; ++step) {
    const Batch batch = batches.of(step);
    for (std::int64_t i = 0; i < batch.clean.size(0); ++i)
      ASSERT_EQ(batch.labels[i].item<std::int64_t>(), class_seen_in(batch.clean[i]));
  }
}

TEST(Batches, TheNullClassIsTrainedAsOftenAsTheRecipeSays) {
  Batches batches = batches_with(0.3);
  std::map<std::int64_t, int> count;
  int all = 0;
  for (int step = 0; step < 200; ++step) {
    const Batch batch = batches.of(step);
    for (std::int64_t i = 0; i < batch.labels.size(0); ++i, ++all)
      ++count[batch.labels[i].item<std::int64_t>()];
  }
  EXPECT_NEAR(double(count[kNull]) / all, 0.3, 0.03);
  EXPECT_NEAR(double(count[0]) / all, 0.35, 0.03);
  EXPECT_EQ(count[0] + count[1] + count[kNull], all);
}

TEST(Batches, EveryPictureComesOnceBeforeAnyComesTwice) {
  Batches batches = batches_with(0);
  const std::int64_t pictures = toy_data().train.count, batch = toy_recipe(1).batch;
  std::vector<torch::Tensor> all;
  for (std::int64_t step = 0; step * batch < 2 * pictures; ++step)
    all.push_back(batches.of(step).clean);
  const torch::Tensor dealt = torch::cat(all);
  // The toy data holds some pictures several times, and each epoch as often as the data do.
  const auto sum_of = [&](std::int64_t epoch) {
    return dealt.narrow(0, epoch * pictures, pictures).sum(0);
  };
  EXPECT_TRUE(torch::allclose(sum_of(0), sum_of(1)));
  EXPECT_FALSE(dealt.narrow(0, 0, pictures).equal(dealt.narrow(0, pictures, pictures)));
}

}  // namespace
}  // namespace stepwise
